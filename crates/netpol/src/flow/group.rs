//! Lines between cards, and which of them are drawn if there are too many.

use std::collections::{BTreeMap, BTreeSet};

use netpol_sort::Sort;

use crate::view::{Bundle, Fate, Flow, FlowQuery, Flows, Protocol, Verdict};

/// So many ports of a bundle are named.
const PORTS: usize = 8;

/// Sender's card, receiver's card and fate.
pub(super) type Key = (String, String, Fate);

/// How many flows there are.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) undrawn: u64,
    pub(super) changed: BTreeMap<Verdict, u64>,
}

/// What a line stands for.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) count: u64,
    pub(super) ports: BTreeSet<(u16, Protocol)>,
    /// Positions of flows.
    pub(super) flows: BTreeSet<usize>,
}

/// What becomes of a line's flows, and what became of them before the last edit if that is something
/// else.
pub(super) type Turn = (Verdict, Option<Verdict>);

/// Which lines are drawn: all of them, or those that are not denied, or, if somebody asked for
/// just these, the first; and always what an edit has changed. With more nobody could tell one from
/// another.
pub(super) fn drawn(turns: impl Iterator<Item = Turn> + Clone, query: &FlowQuery) -> Vec<bool> {
    let most = query.most.unwrap_or(usize::MAX);
    let passes = |(verdict, _): Turn| verdict != Verdict::Denied;
    let changed = |(_, was): Turn| was.is_some();
    let choose = |is: &dyn Fn(Turn) -> bool| -> Option<Vec<bool>> {
        let count = turns.clone().filter(|turn| is(*turn)).count();
        (count > 0 && count <= most).then(|| turns.clone().map(is).collect())
    };
    choose(&|_| true)
        .or_else(|| choose(&|turn| passes(turn) || changed(turn)))
        .or_else(|| choose(&changed))
        .unwrap_or_else(|| {
            let first = if query.is_unfiltered() { 0 } else { most };
            (0..turns.count()).map(|position| position < first).collect()
        })
}

/// How many flows have another verdict than before, by what they have now.
pub(super) fn changed(lines: impl Iterator<Item = (Turn, u64)>) -> BTreeMap<Verdict, u64> {
    let mut changed = BTreeMap::new();
    for ((verdict, was), count) in lines {
        if was.is_some() {
            *changed.entry(verdict).or_default() += count;
        }
    }
    changed
}

/// The answer; flows are sorted if their order says nothing.
pub(super) fn finish(
    lines: BTreeMap<Key, Line>,
    flows: Vec<Flow>,
    counts: Counts,
    from_expectations: bool,
) -> Flows {
    let mut order: Vec<usize> = (0..flows.len()).collect();
    if !from_expectations {
        let key = |flow: &'_ Flow| {
            (flow.from.clone(), flow.to.clone(), flow.edges.first().map(|edge| edge.port))
        };
        order.arrange_by_cached_key(|index| (key(&flows[*index]), flows[*index].protocol));
    }
    let mut position = vec![0; flows.len()];
    for (at, index) in order.iter().enumerate() {
        position[*index] = at;
    }
    let mut sorted: Vec<(usize, Flow)> = position.iter().copied().zip(flows).collect();
    sorted.arrange_by_key(|(at, _)| *at);
    let bundle = |((from, to, fate), line): (Key, Line)| {
        let mut flows: Vec<usize> = line.flows.iter().map(|index| position[*index]).collect();
        flows.arrange();
        Bundle {
            from,
            to,
            fate,
            count: line.count,
            port_total: line.ports.len(),
            ports: line.ports.into_iter().take(PORTS).collect(),
            flows,
        }
    };
    Flows {
        bundles: lines.into_iter().map(bundle).collect(),
        flows: sorted.into_iter().map(|(_, flow)| flow).collect(),
        total: counts.total,
        undrawn: counts.undrawn,
        changed: counts.changed,
        from_expectations,
        rejects: false,
    }
}
