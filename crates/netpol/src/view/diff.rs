//! What two inputs allow differently.

use serde::{Deserialize, Serialize};

/// The pairs whose allowed ports differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diff {
    /// One for each pair: first those that are changed, then added, then removed, each sorted by
    /// sender, then receiver.
    pub connections: Vec<DiffEntry>,
    /// The workloads and named outside addresses that are only in the second input.
    pub added_peers: Vec<String>,
    /// Those that are only in the first.
    pub removed_peers: Vec<String>,
    /// How many pairs of the first input connect in some implementations only; they count as not
    /// connected.
    pub undecided_before: usize,
    /// The same of the second input.
    pub undecided_after: usize,
}

/// How a pair differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiffKind {
    /// Both inputs allow some ports.
    Changed,
    /// Only the second does.
    Added,
    /// Only the first does.
    Removed,
}

impl DiffKind {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A pair whose allowed ports differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DiffEntry {
    /// How.
    pub change: DiffKind,
    /// The sender, named as in [`Peer`](super::Peer).
    pub from: String,
    /// The receiver.
    pub to: String,
    /// The ports that the first input allows, such as `TCP/80`, `UDP/*`.
    pub before: Vec<String>,
    /// The ports that the second input allows.
    pub after: Vec<String>,
}
