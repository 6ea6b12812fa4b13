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

#[cfg(test)]
mod tests {
    use super::*;

    fn requirement(operator: Operator, values: &[&str]) -> Requirement {
        Requirement {
            span: Span::default(),
            key: "tier".to_owned(),
            operator,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            match_label: false,
        }
    }

    fn labels(tier: Option<&str>) -> Labels {
        tier.map(|tier| ("tier".to_owned(), tier.to_owned())).into_iter().collect()
    }

    /// The table of the API documentation: a missing label meets `NotIn` and `DoesNotExist`.
    #[test]
    fn operators_ask_for_values_or_for_the_label_itself() {
        let rows = [
            //                                           web    db     empty  none
            (Operator::In, &["web", "api"][..], [true, false, false, false]),
            (Operator::NotIn, &["web", "api"][..], [false, true, true, true]),
            (Operator::In, &[""][..], [false, false, true, false]),
            (Operator::Exists, &[][..], [true, true, true, false]),
            (Operator::DoesNotExist, &[][..], [false, false, false, true]),
        ];
        for (operator, values, expected) in rows {
            let requirement = requirement(operator, values);
            let met = [Some("web"), Some("db"), Some(""), None]
                .map(|tier| requirement.matches(&labels(tier)));
            assert_eq!(met, expected, "{operator:?} {values:?}");
        }
    }

    #[test]
    fn every_requirement_must_be_met_and_the_first_miss_is_named() {
        let selector = |requirements| LabelSelector { span: Span::default(), requirements };
        let nothing = selector(Vec::new());
        assert!(nothing.is_empty());
        assert!(nothing.matches(&labels(None)));
        assert_eq!(nothing.first_miss(&labels(None)), None);

        let two =
            selector(vec![requirement(Operator::Exists, &[]), requirement(Operator::In, &["web"])]);
        assert!(!two.is_empty());
        for (tier, miss) in [(Some("web"), None), (Some("db"), Some(1)), (None, Some(0))] {
            assert_eq!(two.first_miss(&labels(tier)), miss.map(SelectorMiss), "{tier:?}");
            assert_eq!(two.matches(&labels(tier)), miss.is_none(), "{tier:?}");
        }
    }
}
