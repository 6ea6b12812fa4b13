//! Where answers go.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netpol"));
    command.args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped());
    command
}

const NAMESPACE: &[u8] = b"{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n";

#[test]
fn a_reader_who_has_read_enough_is_no_failure() {
    for format in ["text", "json"] {
        let mut child =
            command(&["matrix", "-", "--format", format]).stdout(Stdio::piped()).spawn().unwrap();
        // The command waits for its input, so the pipe is closed before it writes.
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(NAMESPACE).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut child = command(&["matrix", "-"]).stdout(full).spawn().unwrap();
    child.stdin.take().unwrap().write_all(NAMESPACE).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let said = "netpol: cannot write the answer: No space left on device (os error 28)\n";
    assert_eq!(stderr, said);
    assert_eq!(output.status.code(), Some(2));
}
