//! Runs the built command in `tests/fixtures` and compares all that it says.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes its snapshots so")]
#![expect(clippy::unwrap_used, reason = "in a helper of tests it fails the test, as it should")]
#![expect(clippy::disallowed_methods, reason = "tests write the files that the command reads")]

mod arguments;
mod diff;
mod docs;
mod expectations;
mod files;
mod findings;
mod graph;
mod lint;
mod output;
mod share;
mod suggestions;
mod support;
mod validate;
mod verdicts;
