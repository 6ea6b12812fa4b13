//! Views as text for people, the same for the command's standard output and the page.
//!
//! Each form is a [`Display`](std::fmt::Display), so that large answers can be written without
//! being held in memory a second time. Each ends with a line break.

mod bug;
mod cells;
mod diff;
mod explanation;
mod flow_log;
mod graph;
mod lint;
mod matrix;
mod reach;
mod sarif;
mod stats;
mod suggestions;
mod tests;
mod validation;

pub use bug::bug_report;
pub use cells::markdown_text;
pub use diff::{diff, diff_csv, diff_markdown};
pub use explanation::explanation;
pub use flow_log::flow_log;
pub use graph::{reach_dot, reach_mermaid};
pub use lint::finding_counts;
pub use matrix::matrix;
pub use reach::{reach, reach_csv, reach_markdown};
pub use sarif::{Sarif, sarif};
pub use stats::stats;
pub use suggestions::suggestions;
pub use tests::tests;
pub use validation::validation;
