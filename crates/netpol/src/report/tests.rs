//! The results of expectations.

use std::fmt::{self, Display, Formatter};

use crate::view::{ExpectationResult, TestReport};

/// One line for each expected connection, with the reason where it failed, and the counts.
pub fn tests(report: &TestReport) -> impl Display {
    fmt::from_fn(move |f| {
        report.results.iter().try_for_each(|view| result(f, view))?;
        writeln!(f, "{} passed, {} failed", report.passed, report.failed)
    })
}

fn result(f: &mut Formatter<'_>, view: &ExpectationResult) -> fmt::Result {
    let ExpectationResult { name, from, to, port, protocol, expected, .. } = view;
    let connection = format_args!("{name}: {from} -> {to} {port}/{protocol}");
    if view.ok {
        return writeln!(f, "ok      {connection} {expected}");
    }
    match view.actual {
        Some(actual) => writeln!(f, "FAILED  {connection}: expected {expected}, is {actual}")?,
        None => writeln!(f, "FAILED  {connection}: expected {expected}, cannot be judged")?,
    }
    writeln!(f, "        {}:{}: {}", view.place.file, view.place.line, view.reason)
}
