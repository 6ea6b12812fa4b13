//! The rules of the repository that a compiler does not know.

mod dependencies;
mod text;

use std::fs;
use std::process::Command;

use crate::workspace_root;

/// A file of the repository: its path from the root, and what is in it.
struct File {
    path: String,
    text: String,
}

/// The files that are or could be committed, by the endings of their names.
fn files(endings: &[&str]) -> Vec<File> {
    let listed = output(Command::new("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]));
    let wanted = listed.lines().filter(|path| endings.iter().any(|ending| path.ends_with(ending)));
    // A file that was deleted is listed until the deletion is committed.
    wanted
        .filter_map(|path| {
            let text = fs::read_to_string(workspace_root().join(path)).ok()?;
            Some(File { path: path.to_owned(), text })
        })
        .collect()
}

fn output(command: &mut Command) -> String {
    let output = command.current_dir(workspace_root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Fails with one complaint a line.
#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
