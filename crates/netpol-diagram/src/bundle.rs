//! Lines between two cards, by their fate.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{Bundle, Fate, Flows, Protocol};

use crate::graph::Graph;

/// The bundles of each pair, sender first.
pub(crate) type Bundles<'a> = BTreeMap<(usize, usize), BTreeMap<&'a Fate, &'a Bundle>>;

/// How many ports a label names before it only counts.
const PORTS: usize = 3;

pub(crate) fn bundles<'a>(graph: &Graph<'_>, flows: &'a Flows) -> Bundles<'a> {
    let mut bundles = Bundles::new();
    for bundle in &flows.bundles {
        let Some(pair) = graph.index(&bundle.from).zip(graph.index(&bundle.to)) else { continue };
        bundles.entry(pair).or_default().insert(&bundle.fate, bundle);
    }
    bundles
}

/// The ports of a bundle: TCP goes without saying. Between cards that stand for many, also how
/// many flows there are.
pub(crate) fn label(bundle: &Bundle, folded: bool) -> String {
    let mut ports: BTreeMap<u16, BTreeSet<Protocol>> = BTreeMap::new();
    for (number, protocol) in &bundle.ports {
        ports.entry(*number).or_default().insert(*protocol);
    }
    let port = |(number, protocols): (&u16, &BTreeSet<Protocol>)| {
        if protocols.iter().eq(&[Protocol::Tcp]) {
            return number.to_string();
        }
        let names: Vec<&str> = protocols.iter().map(|it| it.as_str()).collect();
        format!("{number} {}", names.join("+"))
    };
    let unnamed = bundle.port_total.saturating_sub(bundle.ports.len());
    let more = ports.len().saturating_sub(PORTS) + unnamed;
    let mut words: Vec<String> = ports.iter().take(PORTS).map(port).collect();
    if more > 0 {
        words.push(format!("+{more}"));
    }
    let ports = words.join(", ");
    if folded && bundle.count > 1 { format!("{ports} ×{}", bundle.count) } else { ports }
}
