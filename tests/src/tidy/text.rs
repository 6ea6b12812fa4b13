//! What the text of the files must and must not be.

use std::fs;

use super::{File, assert_none, files};
use crate::workspace_root;

const SOURCES: &[&str] = &[".rs", ".ts", ".js", ".css"];
const TEXTS: &[&str] =
    &[".rs", ".ts", ".js", ".css", ".html", ".md", ".toml", ".yaml", ".yml", ".sh", ".ci/run"];

/// A file that needs more is two files.
const LONGEST: usize = 600;

/// Marks of unfinished work, split so that this file does not contain them.
const UNFINISHED: [&str; 4] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
];

/// The lines of `files` for which `wrong` holds, each with its place.
fn lines(files: &[File], wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let numbered = |file| File::lines(file).map(move |(number, line)| (&file.path, number, line));
    files
        .iter()
        .flat_map(numbered)
        .filter(|(_, _, line)| wrong(line))
        .map(|(path, number, line)| format!("{path}:{number}: {}", line.trim()))
        .collect()
}

impl File {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        // Not `lines`, which takes the carriage return away that a file must not have.
        (1..).zip(self.text.split('\n'))
    }
}

#[test]
fn no_file_is_too_long() {
    let files = files(SOURCES);
    assert!(!files.is_empty());
    let long = files
        .iter()
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, length)| *length > LONGEST);
    assert_none(
        &long
            .map(|(path, length)| format!("{path}: {length} lines, {LONGEST} allowed"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_line_ends_in_white_space() {
    assert_none(&lines(&files(TEXTS), |line| line.ends_with([' ', '\t', '\r'])));
}

#[test]
fn every_file_ends_with_its_last_line() {
    let files = files(TEXTS);
    let wrong = files.iter().filter(|file| {
        !file.text.is_empty() && (!file.text.ends_with('\n') || file.text.ends_with("\n\n"))
    });
    assert_none(
        &wrong
            .map(|file| format!("{}: must end with one line break", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_unfinished() {
    assert_none(&lines(&files(TEXTS), |line| UNFINISHED.iter().any(|mark| line.contains(mark))));
}

#[test]
fn lines_are_found_with_their_place() {
    let file = File { path: "a.rs".to_owned(), text: "fn a() {\n    b(); \n}\n".to_owned() };
    assert_eq!(lines(&[file], |line| line.ends_with(' ')), ["a.rs:2: b();"]);
}

/// A lock file is for everyone: it names the public registry or, as npm's does, none.
#[test]
fn lock_files_name_no_other_registry() {
    let lock = |path: &str| File {
        path: path.to_owned(),
        text: fs::read_to_string(workspace_root().join(path)).unwrap(),
    };
    let crates_io = r#"source = "registry+https://github.com/rust-lang/crates.io-index""#;
    assert_none(&lines(&[lock("Cargo.lock")], |line| {
        line.starts_with("source = ") && line != crates_io
    }));
    assert_none(&lines(&[lock("web/editor/package-lock.json")], |line| {
        line.contains(r#""resolved":"#)
    }));
}
