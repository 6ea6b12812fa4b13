//! What a large dump takes beside its text: little more than what is asked about it.
#![cfg(target_os = "linux")]

use std::fs;

use netpol::view::Severity;
use netpol::{Sources, analyse};

mod dump;

/// The most memory that this process has had so far, in bytes.
#[expect(clippy::disallowed_methods, reason = "the system tells it in a file")]
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? * 1024)
}

#[test]
fn a_dump_takes_less_than_its_text_once_more() {
    let text = dump::dump(16_000_000);
    let length = text.len();
    let before = peak().unwrap();
    let analysis = analyse(Sources::single("dump.yaml", text));
    let taken = peak().unwrap() - before;
    assert!(taken < length + length / 2, "{taken} bytes for a text of {length}");
    let errors = analysis.findings().into_iter().filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.count(), 0);
    assert!(analysis.stats().pods > 4000);
}
