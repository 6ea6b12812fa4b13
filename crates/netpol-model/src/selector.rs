//! Label selectors.

use netpol_syntax::Span;

use crate::Labels;

/// What a requirement asks of one label. `matchLabels` entries are `In` with one value.
///
/// Source: `k8s.io/apimachinery/pkg/labels`, `Requirement.Matches`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// The label is there and its value is one of these.
    In,
    /// The label is missing, or its value is none of these.
    NotIn,
    /// The label is there, whatever its value.
    Exists,
    /// The label is missing.
    DoesNotExist,
}

/// One condition of a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Where it stands.
    pub span: Span,
    /// The label's key.
    pub key: String,
    /// What is asked of it.
    pub operator: Operator,
    /// The values, in the order of the text; none for `Exists` and `DoesNotExist`.
    pub values: Vec<String>,
    /// Whether it was written in `matchLabels`.
    pub match_label: bool,
}

impl Requirement {
    /// Whether labels meet it.
    pub fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        let listed = || value.is_some_and(|value| self.values.contains(value));
        match self.operator {
            Operator::In => listed(),
            Operator::NotIn => !listed(),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

/// Conditions that must all hold. Without any it selects everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSelector {
    /// Where it stands; for one that is not written, the empty range of the object's start.
    pub span: Span,
    /// The conditions, `matchLabels` first, each in the order of the text.
    pub requirements: Vec<Requirement>,
}

/// The first requirement that labels do not meet: its index in [`LabelSelector::requirements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelectorMiss(pub usize);

impl LabelSelector {
    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether labels meet every requirement.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.requirements.iter().all(|requirement| requirement.matches(labels))
    }

    /// The first requirement that labels do not meet, if any.
    pub fn first_miss(&self, labels: &Labels) -> Option<SelectorMiss> {
        self.requirements.iter().position(|r| !r.matches(labels)).map(SelectorMiss)
    }
}
