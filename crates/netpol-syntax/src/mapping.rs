//! Duplicate keys.

use netpol_sort::Sort;

use crate::{Entry, Span};

/// A key that a later one replaces.
#[derive(Debug, PartialEq)]
pub(crate) struct Replaced {
    /// Where the earlier of the two is among the entries as they were.
    pub(crate) index: usize,
    /// The earlier entry.
    pub(crate) entry: Entry,
    /// Where the key stands that wins.
    pub(crate) winner: Span,
    /// Where the one that wins is among the entries as they were.
    pub(crate) winner_index: usize,
}

/// Up to this many entries it is cheaper to compare all of them than to sort.
const FEW: usize = 12;

/// Keeps the last entry of each key and returns the others.
pub(crate) fn keep_last(entries: &mut Vec<Entry>) -> Vec<Replaced> {
    let winners = winners(entries);
    if winners.is_empty() {
        return Vec::new();
    }
    let winner_spans: Vec<Span> =
        winners.iter().map(|(_, winner)| entries[*winner].key_span).collect();
    let mut losers = winners.into_iter().zip(winner_spans).peekable();
    let mut replaced = Vec::new();
    let mut kept = Vec::with_capacity(entries.len());
    for (index, entry) in std::mem::take(entries).into_iter().enumerate() {
        match losers.next_if(|((loser, _), _)| *loser == index) {
            Some(((_, winner_index), winner)) => {
                replaced.push(Replaced { index, entry, winner, winner_index });
            }
            None => kept.push(entry),
        }
    }
    *entries = kept;
    replaced
}

/// Pairs of an entry that loses and the entry that wins, in the order of the losers.
fn winners(entries: &[Entry]) -> Vec<(usize, usize)> {
    if entries.len() <= FEW {
        let later = |index: usize| {
            entries[index + 1..].iter().rposition(|later| later.key == entries[index].key)
        };
        return (0..entries.len()).filter_map(|i| Some((i, later(i)? + i + 1))).collect();
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.arrange_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
    let mut pairs = Vec::new();
    for same in order.chunk_by(|a, b| entries[*a].key == entries[*b].key) {
        if let [losers @ .., winner] = same {
            pairs.extend(losers.iter().map(|loser| (*loser, *winner)));
        }
    }
    pairs.arrange();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileId, Node, Value};

    fn entries(keys: &[&str]) -> Vec<Entry> {
        let entry = |(at, key): (usize, &&str)| {
            let span = Span::new(FileId(0), at, at + 1);
            Entry {
                key: (*key).to_owned(),
                key_span: span,
                value: Node { span, value: Value::Null },
            }
        };
        keys.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn the_last_of_each_key_stays_in_place() {
        let keys = ["b", "a", "b", "c", "a", "b"];
        // The second list is long enough for the way that sorts.
        let many: Vec<String> = (0..100).map(|i| format!("k{i}")).collect();
        for padding in [&[][..], &many] {
            let mut all: Vec<&str> = keys.to_vec();
            all.extend(padding.iter().map(String::as_str));
            let mut entries = entries(&all);
            let replaced = keep_last(&mut entries);
            let found: Vec<_> =
                replaced.iter().map(|r| (r.index, r.entry.key.as_str(), r.winner.start)).collect();
            assert_eq!(found, [(0, "b", 5), (1, "a", 4), (2, "b", 5)]);
            let kept: Vec<_> = entries.iter().map(|entry| entry.key.as_str()).collect();
            assert_eq!(kept[..3], ["c", "a", "b"]);
            assert_eq!(kept.len(), all.len() - 3);
        }
    }

    #[test]
    fn without_duplicates_nothing_changes() {
        let mut few = entries(&["a", "b"]);
        assert_eq!(keep_last(&mut few), []);
        assert_eq!(few, entries(&["a", "b"]));
    }
}
