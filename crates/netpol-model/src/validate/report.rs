//! Findings in the API server's grammar: path, kind of error, value, detail.
//!
//! Source: `k8s.io/apimachinery/pkg/util/validation/field`.

use std::fmt::Display;

use netpol_syntax::Finding;

use super::quote::{list, quoted};
use crate::KubernetesVersion;
use crate::place::Place;

/// The findings about one object.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) version: KubernetesVersion,
    pub(super) findings: Vec<Finding>,
}

/// A finding that was just reported; by default it stands where its path leads.
pub(super) type Reported<'a> = &'a mut Finding;

impl Report {
    pub(super) fn new(version: KubernetesVersion) -> Self {
        Self { version, findings: Vec::new() }
    }

    /// `PATH: Invalid value: VALUE: DETAIL`, for text.
    pub(super) fn invalid_text(
        &mut self,
        code: &'static str,
        place: &Place,
        value: &str,
        detail: &str,
        help: &str,
    ) -> Reported<'_> {
        self.invalid(code, place, quoted(value), detail, help)
    }

    /// `PATH: Invalid value: VALUE: DETAIL`, for what prints as it is.
    pub(super) fn invalid(
        &mut self,
        code: &'static str,
        place: &Place,
        value: impl Display,
        detail: &str,
        help: &str,
    ) -> Reported<'_> {
        self.error(code, place, &format!("Invalid value: {value}: {detail}"), help)
    }

    /// `PATH: Unsupported value: VALUE: supported values: ...`
    pub(super) fn unsupported(
        &mut self,
        code: &'static str,
        place: &Place,
        supported: &[&str],
    ) -> Reported<'_> {
        let value = place.text_or_empty();
        let alike = supported.iter().find(|word| word.eq_ignore_ascii_case(value));
        let help = match alike {
            Some(word) => format!("write `{word}`"),
            None => format!("write one of `{}`", supported.join("`, `")),
        };
        let supported = list(supported.iter().copied());
        let body = format!("Unsupported value: {}: supported values: {supported}", quoted(value));
        self.error(code, place, &body, &help)
    }

    /// `PATH: Required value` with a detail unless it is empty.
    pub(super) fn required(
        &mut self,
        code: &'static str,
        place: &Place,
        detail: &str,
        help: &str,
    ) -> Reported<'_> {
        let separator = if detail.is_empty() { "" } else { ": " };
        self.error(code, place, &format!("Required value{separator}{detail}"), help)
    }

    /// `PATH: Forbidden: DETAIL`
    pub(super) fn forbidden(
        &mut self,
        code: &'static str,
        place: &Place,
        detail: &str,
        help: &str,
    ) -> Reported<'_> {
        self.error(code, place, &format!("Forbidden: {detail}"), help)
    }

    /// `PATH: BODY`
    pub(super) fn error(
        &mut self,
        code: &'static str,
        place: &Place,
        body: &str,
        help: &str,
    ) -> Reported<'_> {
        self.push(Finding::error(code, place.span, format!("{place}: {body}")).with_help(help))
    }

    /// A warning that kubectl would print after `Warning: `.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        place: &Place,
        body: &str,
        help: &str,
    ) -> Reported<'_> {
        self.push(Finding::warning(code, place.span, format!("{place}: {body}")).with_help(help))
    }

    fn push(&mut self, finding: Finding) -> Reported<'_> {
        let index = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[index]
    }
}
