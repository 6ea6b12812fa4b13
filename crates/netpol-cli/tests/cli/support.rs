//! Running the command.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::Expect;

/// What a run said.
pub(crate) struct Run {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// Runs `netpol` with `arguments`, which are separated by spaces, in a folder.
pub(crate) fn run(folder: &Path, arguments: &str, stdin: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_netpol"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that never reads its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().unwrap(),
    }
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Everything that a run said, as one text.
pub(crate) fn transcript(run: &Run) -> String {
    let stdout = std::str::from_utf8(&run.stdout).unwrap();
    format!("{stdout}--- standard error\n{}--- exit status {}\n", run.stderr, run.status)
}

#[track_caller]
pub(crate) fn check(arguments: &str, expected: &Expect) {
    expected.assert_eq(&transcript(&run(&fixtures(), arguments, "")));
}
