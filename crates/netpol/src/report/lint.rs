//! How many findings there are.

use std::fmt::{self, Display};

use crate::view::LintReport;

/// One line with the counts of all severities.
pub fn finding_counts(report: &LintReport) -> impl Display {
    let of = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let errors = of(report.errors, "error", "errors");
    let warnings = of(report.warnings, "warning", "warnings");
    let infos = of(report.infos, "info", "infos");
    fmt::from_fn(move |f| writeln!(f, "{errors}, {warnings}, {infos}"))
}
