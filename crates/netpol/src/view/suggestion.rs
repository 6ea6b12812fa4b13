//! Changes that would flip a verdict.

use serde::{Deserialize, Serialize};

use super::{Edit, Verdict};

/// A change of the manifests that would flip a verdict. It was applied and judged again before it
/// was suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// What it does, such as: let storefront leave for postgres, and let it in.
    pub title: String,
    /// The changes of the texts; they do not overlap.
    pub edits: Vec<Edit>,
    /// The same, policy by policy.
    pub changes: Vec<PolicyChange>,
    /// What becomes of the connection afterwards.
    pub verdict: Verdict,
    /// What else becomes different.
    pub others: OtherChanges,
    /// What else becomes different that cannot be counted, in sentences.
    pub notes: Vec<String>,
}

/// What becomes of one policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyChange {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Whether it is a new one.
    pub created: bool,
    /// What happens to it, such as: one more sender in rule 1.
    pub summary: String,
    /// How many pods and workloads it also applies to. A door may open for them too, even if it
    /// leads nowhere today.
    pub applies_to_others: usize,
    /// The name of the text that it is in.
    pub file: String,
    /// The lines that go and those that come, in the order of the text.
    pub diff: Vec<DiffLine>,
}

/// One line that goes or comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Whether it comes; otherwise it goes.
    pub added: bool,
    /// Its number: of a line that goes in the text before, of one that comes in the text as this
    /// policy's edits leave it.
    pub line: u32,
    /// What it says, without the line break.
    pub text: String,
}

/// Connections other than the one asked about that become possible or impossible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherChanges {
    /// How many pairs of nodes and outside addresses there are.
    pub total: usize,
    /// The first of them, by sender, then receiver.
    pub pairs: Vec<PairChange>,
}

/// What becomes different between two nodes or outside addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairChange {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// The ports that become possible, in some network plugins at least, such as `TCP/80`.
    pub added: Vec<String>,
    /// The ports that become impossible, in some network plugins at least.
    pub removed: Vec<String>,
}
