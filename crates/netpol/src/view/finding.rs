//! Places in the texts, and what is found there.

use serde::{Deserialize, Serialize};

/// A range of one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The text's name.
    pub file: String,
    /// The first line, from 1.
    pub line: u32,
    /// The first column in characters, from 1.
    pub column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The object is refused, or cannot be read.
    Error,
    /// Very likely a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// Something to tell about a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingView {
    /// A stable name of the rule that found it, in kebab case.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// A change that mends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixView>,
}

/// A named change of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FixView {
    /// What it does, as a button says it.
    pub title: String,
    /// The changes; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Replaces a range of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The text's name.
    pub file: String,
    /// The first byte that is replaced.
    pub start: u32,
    /// The byte behind the last; equal to `start` to insert.
    pub end: u32,
    /// What stands there afterwards.
    pub text: String,
}
