//! All findings.

use serde::{Deserialize, Serialize};

use super::{FindingView, Severity};

/// Everything that is wrong with the texts or worth knowing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LintReport {
    /// What was found, in the order of the texts.
    pub findings: Vec<FindingView>,
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are only worth knowing.
    pub infos: usize,
}

impl From<Vec<FindingView>> for LintReport {
    fn from(findings: Vec<FindingView>) -> Self {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let [errors, warnings, infos] =
            [Severity::Error, Severity::Warning, Severity::Info].map(count);
        Self { findings, errors, warnings, infos }
    }
}
