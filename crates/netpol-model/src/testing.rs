//! What the tests of this crate share.

use std::fmt::Write;

use netpol_syntax::{Document, FileId, Finding, Severity, Sources, parse};

use crate::{Objects, decode};

/// The documents of a text that must have nothing wrong with its YAML.
#[track_caller]
pub(crate) fn documents(text: &str) -> Vec<Document> {
    let parsed = parse(FileId(0), text);
    assert!(parsed.findings.iter().all(|it| it.severity != Severity::Error), "{parsed:?}");
    parsed.documents
}

/// What a text decodes to.
#[track_caller]
pub(crate) fn read(text: &str) -> (Objects, Vec<Finding>) {
    decode(&documents(text))
}

/// The objects of a text with which nothing is wrong.
#[track_caller]
pub(crate) fn read_clean(text: &str) -> Objects {
    let (objects, findings) = read(text);
    assert!(findings.is_empty(), "{}", render(text, &findings));
    objects
}

/// Findings for a person: place and covered text, then message and advice.
pub(crate) fn render(text: &str, findings: &[Finding]) -> String {
    let sources = Sources::single("test", text);
    let mut out = String::new();
    for finding in findings {
        let at = sources.location(finding.span);
        let covered = sources.text_of(finding.span).lines().next().unwrap_or_default();
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let line = format!("{}:{} {severity} {} `{covered}`", at.line, at.column, finding.code);
        writeln!(out, "{line}\n  {}", finding.message).unwrap();
        if let Some(help) = &finding.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    out
}
