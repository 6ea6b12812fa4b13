//! What is wrong, or worth knowing, at a place in the text.

use crate::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The object is refused, or cannot be read.
    Error,
    /// Very likely a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// Something to tell a person about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name of the rule that found it, in kebab case.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence, without the place: starts in lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do about it, if that is known.
    pub help: Option<String>,
    /// A change of the text that does it, if there is one.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding of severity error.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A finding of severity warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    /// A finding of severity info.
    pub fn info(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Info, span, message)
    }

    fn new(code: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), span, help: None, fix: None }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with a change of the text that mends it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// So many findings of one text are told: more would take far more room than the text, and nobody
/// reads them.
pub const MOST_FINDINGS: usize = 10_000;

/// Adds a finding to those of a text, unless there are too many. Then the last one is an error if
/// any is.
pub fn add_finding(findings: &mut Vec<Finding>, finding: Finding) {
    let is_error = |it: &Finding| it.severity == Severity::Error;
    // One more tells that there are more.
    if findings.len() <= MOST_FINDINGS {
        findings.push(finding);
    } else if is_error(&finding) && !findings.last().is_some_and(is_error) {
        findings.pop();
        findings.push(finding);
    }
}

/// A named change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button would say it.
    pub title: String,
    /// The changes; they do not overlap.
    pub edits: Vec<TextEdit>,
}

/// Replaces a range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The range; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}
