//! Flows that one edge stands for.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{Direction, Flows, Protocol, Verdict};

use crate::graph::Graph;

/// What tells the edges between two cards apart: the verdict, and where flows stop.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fate {
    pub(crate) verdict: Verdict,
    /// Sorted, so that the first is the one that stops them.
    pub(crate) stops_at: Vec<Direction>,
}

/// Flows between two cards with the same fate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundle {
    pub(crate) flows: BTreeSet<usize>,
    ports: BTreeMap<u16, BTreeSet<Protocol>>,
}

/// The bundles of each pair, sender first.
pub(crate) type Bundles = BTreeMap<(usize, usize), BTreeMap<Fate, Bundle>>;

/// How many ports a label names before it only counts.
const PORTS: usize = 3;

pub(crate) fn bundles(graph: &Graph<'_>, flows: &Flows) -> Bundles {
    let mut bundles = Bundles::new();
    for (index, flow) in flows.flows.iter().enumerate() {
        for edge in &flow.edges {
            let Some(pair) = graph.index(&edge.from).zip(graph.index(&edge.to)) else { continue };
            let stops: BTreeSet<Direction> = edge.stops_at.iter().copied().collect();
            let fate = Fate { verdict: edge.verdict, stops_at: stops.into_iter().collect() };
            let bundle = bundles.entry(pair).or_default().entry(fate).or_default();
            bundle.flows.insert(index);
            bundle.ports.entry(edge.port).or_default().insert(flow.protocol);
        }
    }
    bundles
}

impl Bundle {
    /// Its ports: TCP goes without saying.
    pub(crate) fn label(&self) -> String {
        let port = |(number, protocols): (&u16, &BTreeSet<Protocol>)| {
            if protocols.iter().eq(&[Protocol::Tcp]) {
                return number.to_string();
            }
            let names: Vec<&str> = protocols.iter().map(|it| it.as_str()).collect();
            format!("{number} {}", names.join("+"))
        };
        let mut ports: Vec<String> = self.ports.iter().take(PORTS).map(port).collect();
        if self.ports.len() > PORTS {
            ports.push(format!("+{}", self.ports.len() - PORTS));
        }
        ports.join(", ")
    }
}
