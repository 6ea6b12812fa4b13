//! Who carries a label, so that a selector need not be compared with everyone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use netpol_model::{LabelSelector, Labels, Operator, Requirement};

/// Things by their labels.
#[derive(Debug)]
pub(super) struct LabelIndex<'w, T> {
    /// Sorted.
    all: Vec<T>,
    /// Those of each.
    labels: Vec<&'w Labels>,
    carriers: BTreeMap<&'w str, BTreeMap<&'w str, Vec<T>>>,
}

impl<'w, T: Copy + Ord> LabelIndex<'w, T> {
    /// Sorted things with their labels, of which selectors only ask for some.
    pub(super) fn of(
        things: impl Iterator<Item = (T, &'w Labels)>,
        is_asked_for: impl Fn(&str) -> bool,
    ) -> Self {
        let mut index = Self { all: Vec::new(), labels: Vec::new(), carriers: BTreeMap::new() };
        for (thing, labels) in things {
            index.all.push(thing);
            index.labels.push(labels);
            for (key, value) in labels.iter().filter(|(key, _)| is_asked_for(key)) {
                index.carriers.entry(key).or_default().entry(value).or_default().push(thing);
            }
        }
        index
    }

    /// All within a range, sorted.
    pub(super) fn all(&self, range: &Range<T>) -> &[T] {
        within(&self.all, range)
    }

    /// Those within a range that a selector selects, sorted. Only those are compared with it that meet
    /// one of its requirements, if it has one that names values.
    pub(super) fn selected(&self, selector: &LabelSelector, range: &Range<T>) -> Cow<'_, [T]> {
        let named = |(at, requirement)| Some((at, self.carriers(requirement, range)?));
        let named = selector.requirements.iter().enumerate().filter_map(named);
        let (known, candidates) = match named.min_by_key(|(_, carriers)| carriers.len()) {
            Some((at, carriers)) => (Some(at), carriers),
            None => (None, Cow::Borrowed(self.all(range))),
        };
        let others = || (0..).zip(&selector.requirements).filter(|(at, _)| Some(*at) != known);
        if others().next().is_none() {
            return candidates;
        }
        let is_selected = |thing: &T| {
            let labels = self.all.binary_search(thing).map(|at| self.labels[at]);
            labels.is_ok_and(|labels| others().all(|(_, requirement)| requirement.matches(labels)))
        };
        Cow::Owned(candidates.iter().copied().filter(is_selected).collect())
    }

    /// All within a range that meet a requirement, sorted; `None` if it names no values.
    fn carriers(&self, requirement: &Requirement, range: &Range<T>) -> Option<Cow<'_, [T]>> {
        if requirement.operator != Operator::In {
            return None;
        }
        let values = self.carriers.get(requirement.key.as_str());
        let of = |value: &String| Some(within(values?.get(value.as_str())?, range));
        Some(match requirement.values.as_slice() {
            [value] => Cow::Borrowed(of(value).unwrap_or_default()),
            several => {
                let mut any: Vec<T> = several.iter().filter_map(of).flatten().copied().collect();
                any.sort_unstable();
                any.dedup();
                Cow::Owned(any)
            }
        })
    }
}

fn within<'a, T: Ord>(sorted: &'a [T], range: &Range<T>) -> &'a [T] {
    let start = sorted.partition_point(|thing| *thing < range.start);
    let length = sorted[start..].partition_point(|thing| *thing < range.end);
    &sorted[start..start + length]
}

#[cfg(test)]
mod tests {
    use netpol_model::Operator::{DoesNotExist, Exists, In, NotIn};
    use netpol_syntax::Span;

    use super::*;

    #[test]
    fn it_selects_what_the_selector_does() {
        let labels = |words: &[(&str, &str)]| -> Labels {
            words.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let things = [
            labels(&[("app", "web"), ("tier", "1")]),
            labels(&[("app", "db"), ("tier", "1")]),
            labels(&[("tier", "2")]),
            labels(&[("app", "web"), ("secret", "x")]),
        ];
        let index = LabelIndex::of((0..).zip(&things), |key| key != "secret");
        let requirement = |key: &str, operator, values: &[&str]| Requirement {
            span: Span::default(),
            key: key.to_owned(),
            operator,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            match_label: false,
        };
        let rows = [
            (vec![], vec![0, 1, 2, 3]),
            (vec![requirement("app", In, &["web"])], vec![0, 3]),
            (vec![requirement("app", In, &["web", "db", "web"])], vec![0, 1, 3]),
            (vec![requirement("app", In, &["none"])], vec![]),
            (vec![requirement("none", In, &["web"])], vec![]),
            (vec![requirement("tier", In, &["1"]), requirement("app", In, &["web"])], vec![0]),
            (vec![requirement("app", In, &["web"]), requirement("tier", NotIn, &["1"])], vec![3]),
            (vec![requirement("tier", Exists, &[])], vec![0, 1, 2]),
            (vec![requirement("tier", NotIn, &["1"])], vec![2, 3]),
            (vec![requirement("tier", DoesNotExist, &[])], vec![3]),
        ];
        for (requirements, expected) in rows {
            let selector = LabelSelector { span: Span::default(), requirements };
            assert_eq!(index.selected(&selector, &(0..4)), expected, "{selector:?}");
            let later = expected.iter().filter(|at| **at > 0).copied().collect::<Vec<i32>>();
            assert_eq!(index.selected(&selector, &(1..9)), later, "{selector:?}");
            let all = (0..).zip(&things).filter(|(_, labels)| selector.matches(labels));
            let all: Vec<i32> = all.map(|(at, _)| at).collect();
            assert_eq!(all, expected, "{selector:?}");
        }
    }
}
