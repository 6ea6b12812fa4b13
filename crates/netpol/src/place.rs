//! Spans as places that a person can find.

use netpol_syntax::{Finding, Severity, Sources, Span, TextEdit};

use crate::view::{self, Edit, FindingView, FixView, Place};

/// The place of a span.
pub(crate) fn place(sources: &Sources, span: Span) -> Place {
    let source = sources.get(span.file);
    let (start, end) = source.locations(span.start, span.end);
    Place {
        file: source.name().to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: span.start,
        end: span.end,
    }
}

/// A finding with its place.
pub(crate) fn finding(sources: &Sources, finding: &Finding) -> FindingView {
    FindingView {
        code: finding.code.to_owned(),
        severity: match finding.severity {
            Severity::Error => view::Severity::Error,
            Severity::Warning => view::Severity::Warning,
            Severity::Info => view::Severity::Info,
        },
        message: finding.message.clone(),
        help: finding.help.clone(),
        place: place(sources, finding.span),
        fix: finding.fix.as_ref().map(|fix| FixView {
            title: fix.title.clone(),
            edits: fix.edits.iter().map(|change| edit(sources, change)).collect(),
        }),
    }
}

/// A text edit with the name of its text.
pub(crate) fn edit(sources: &Sources, edit: &TextEdit) -> Edit {
    Edit {
        file: sources.get(edit.span.file).name().to_owned(),
        start: edit.span.start,
        end: edit.span.end,
        text: edit.text.clone(),
    }
}
