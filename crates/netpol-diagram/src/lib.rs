//! A placed picture of a cluster: who is there, and what becomes of the flows between them.
//!
//! ```text
//! topology, flows ──▶ graph ──layers──▶ grid of cells ──routes──▶ pixels ──▶ scene ──▶ SVG
//! ```
//!
//! [`scene`] gives plain data that a page draws; [`svg()`] writes it as a file. Cards are placed
//! by their names and by who has flows to whom, not by labels or verdicts: editing a policy moves
//! nothing. The same input gives the same picture on every platform.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod block;
mod bundle;
mod cards;
mod edges;
mod graph;
mod grid;
mod labels;
mod layers;
mod measures;
mod path;
mod ports;
mod route;
mod rows;
mod scene;
mod svg;
mod text;
mod tracks;
mod wire;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use scene::{
    Anchor, Badge, BadgeKind, Card, CardKind, Edge, Frame, FrameKind, Gate, GateState, Label,
    Passage, Point, Rect, Scene, Text,
};
pub use svg::svg;

use std::collections::BTreeMap;

use netpol::view::{Flows, Topology};

use crate::graph::Graph;
use crate::measures::Measures;

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The room that there is, in CSS pixels. The picture is laid out for it: namespaces side by
    /// side on a wide screen, one below the other on a phone.
    pub width: u32,
}

/// Places a topology and flows.
///
/// The picture holds every node of the topology, every named outside address, and every other
/// address that flows name. Use [`filtered_scene`] to show some of the flows without moving
/// anything.
///
/// Made for what a person can follow: up to a few hundred cards and flows take a few
/// milliseconds, thousands of cards a second.
pub fn scene(topology: &Topology, flows: &Flows, options: Options) -> Scene {
    filtered_scene(topology, flows, flows, options)
}

/// Like [`scene`], placed by all flows, but showing only those of `shown`.
///
/// Edges refer to `shown`. A flow of `shown` that has an end which is neither in the topology nor
/// in `all` is left out.
pub fn filtered_scene(topology: &Topology, all: &Flows, shown: &Flows, options: Options) -> Scene {
    let graph = Graph::new(topology, all);
    let grid = grid::grid(&graph, measures::columns(options.width));
    let titles = cards::title_widths(&graph);
    let rough = Measures::new(&grid, options.width, &[]);
    let route = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
        route::routes(&graph, &grid, &rough, &titles, pairs)
    };
    let lanes = wire::lane_use(&grid, &rough, &route(&mut graph.pairs.keys().copied()));
    let measures = Measures::new(&grid, options.width, &lanes);

    let bundles = bundle::bundles(&graph, shown);
    let routes = route(&mut bundles.keys().copied().filter(|(from, to)| from != to));
    let wires: BTreeMap<(usize, usize), wire::Wire> = routes
        .iter()
        .map(|route| (route.from, route.to))
        .zip(wire::wires(&grid, &measures, &routes))
        .collect();

    let frames = cards::frames(&graph, &grid, &measures);
    let cards = cards::cards(&graph, &grid, &measures);
    let mut edges =
        edges::edges(&graph, &cards, &bundles, |from, to| wires.get(&(from, to)).cloned());
    labels::place(&mut edges, &cards, &frames, measures.width);
    let edges = edges.into_iter().map(|wired| wired.edge).collect();
    Scene { width: measures.width, height: measures.height, frames, cards, edges }
}
