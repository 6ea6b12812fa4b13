//! What a person takes along: the same texts that the command prints.

use std::fmt::{self, Display, Write};

use netpol::view::{QueryError, ReachQuery};
use netpol::{flow_log, report};
use netpol_diagram::{LastLayout, svg};

use super::links::Passed;
use super::{Current, EVENTS, Marked, picture};
use crate::protocol::{ExportQuery, ShareCut};

/// Longer texts are left to the command: a page should not have to hold them.
const LONGEST: usize = 8 << 20;

/// Writes what is asked for.
pub(super) fn export(
    current: &Current,
    marked: Option<&Marked>,
    query: &ExportQuery,
) -> Result<String, QueryError> {
    let Current { analysis, topology, .. } = current;
    let reach = || analysis.connectivity(&ReachQuery::default());
    match query {
        ExportQuery::Svg(query, look) => {
            let picture = picture::draw(current, &mut LastLayout::default(), query);
            Ok(svg(&picture.scene, *look))
        }
        ExportQuery::Mermaid => bounded(report::reach_mermaid(&reach()?)),
        ExportQuery::Dot => bounded(report::reach_dot(&reach()?)),
        ExportQuery::Csv => bounded(report::reach_csv(&reach()?)),
        ExportQuery::Log(query) => {
            let log = flow_log(topology, &picture::flows(current, query), EVENTS);
            if log.events.is_empty() {
                Err(no_line(log.total))
            } else {
                bounded(report::flow_log(&log))
            }
        }
        ExportQuery::Matrix(query) => bounded(report::matrix(&analysis.matrix(query)?)),
        ExportQuery::DiffMarkdown(mark) => {
            bounded(report::diff_markdown(&Marked::diff(marked, *mark, analysis)?))
        }
        ExportQuery::DiffCsv(mark) => {
            bounded(report::diff_csv(&Marked::diff(marked, *mark, analysis)?))
        }
        ExportQuery::Report(query, link) => {
            let passed = Passed::of(analysis, link)?;
            let (about, text) = (passed.question.clone(), passed.text.clone());
            let other = (link.cut != ShareCut::default()).then(|| passed.analysis());
            let analysis = other.as_ref().unwrap_or(analysis);
            let about = analysis.explain(about.as_ref().unwrap_or(query))?;
            // What is too long for a link has the manifests only.
            let link = passed.link(link).ok();
            bounded(report::bug_report(&about, &analysis.assumptions(), &text, link.as_deref()))
        }
    }
}

/// Why a log has no line.
fn no_line(total: u64) -> QueryError {
    let (message, help) = match total {
        0 => ("no flow is drawn".to_owned(), "widen the filters of the graph"),
        _ => (
            format!("{total} flows are too many to list"),
            "filter by a pod, a namespace or a label",
        ),
    };
    QueryError { message, help: Some(help.to_owned()) }
}

/// A text that is not too long.
fn bounded(form: impl Display) -> Result<String, QueryError> {
    let mut text = Bounded(String::new());
    match write!(text, "{form}") {
        Ok(()) => Ok(text.0),
        Err(fmt::Error) => Err(QueryError {
            message: format!("this is longer than {} MB", LONGEST >> 20),
            help: Some("use the command `netpol`, which prints the same".to_owned()),
        }),
    }
}

struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.0.len() + part.len() > LONGEST {
            return Err(fmt::Error);
        }
        self.0.push_str(part);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(bounded("short").unwrap(), "short");
        let error = bounded("x".repeat(LONGEST + 1)).unwrap_err();
        assert_eq!(error.message, "this is longer than 8 MB");
    }
}
