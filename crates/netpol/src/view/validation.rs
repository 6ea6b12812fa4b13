//! What the API server would say.

use serde::{Deserialize, Serialize};

use super::{FindingView, Place};

/// What becomes of fields that a kind does not have, as kubectl's `--validate` chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldValidation {
    /// The object is refused.
    #[default]
    Strict,
    /// They are dropped with a warning.
    Warn,
    /// They are dropped.
    Ignore,
}

/// What kubectl and the API server would say about the manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Validation {
    /// The version whose rules are applied, such as `1.36`.
    pub kubernetes_version: String,
    /// What becomes of unknown fields.
    pub mode: FieldValidation,
    /// How many objects are accepted.
    pub accepted: usize,
    /// How many objects and unreadable documents are not.
    pub refused: usize,
    /// How many objects are of kinds that are not known here.
    pub unchecked: usize,
    /// One for each object that is refused or warned of, in the order of the text.
    pub results: Vec<ObjectReview>,
}

/// What is said about one object, or about a document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ObjectReview {
    /// `apiVersion` as written; empty if it is missing.
    pub api_version: String,
    /// `kind` as written; empty if it is missing.
    pub kind: String,
    /// Its namespace; empty for kinds without.
    pub namespace: String,
    /// Its name; empty if it is missing.
    pub name: String,
    /// Whether it would be stored.
    pub accepted: bool,
    /// What `kubectl apply` prints about it on standard error, line by line.
    pub output: Vec<String>,
    /// The causes of the refusal and the warnings, in the server's order.
    pub findings: Vec<FindingView>,
    /// A short piece of its text.
    pub place: Place,
}
