//! A placed picture of a cluster: who is there, and what becomes of the flows between them.
//!
//! ```text
//! topology, flows ──▶ graph ──layers──▶ grid of cells ──routes──▶ pixels ──▶ scene ──▶ SVG
//! ```
//!
//! [`Fold`] says who shares a card, [`scene`] gives plain data that a page draws; [`svg()`] writes it as a file. Cards are placed
//! by their names and by who has flows to whom, or where a person has put them ([`Places`]), not by
//! labels or verdicts: editing a policy moves nothing, and [`LastLayout`] need not place anything anew. The same input
//! gives the same picture on every platform.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod block;
mod bundle;
mod cards;
mod edges;
mod fit;
mod fold;
mod graph;
mod grid;
mod labels;
mod layers;
mod layout;
mod measures;
mod moved;
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

pub use fold::{Fold, FoldRule, Folding, is_shared, namespace_card};
pub use layout::LastLayout;
pub use moved::{Places, empty_frame};
pub use scene::{
    Anchor, Badge, BadgeKind, Card, CardKind, Edge, Frame, FrameKind, Gate, GateState, Label,
    Passage, Point, Rect, Scene, Text,
};
pub use svg::{Look, Motion, Palette, svg};

use netpol::view::{Flows, Topology};

use crate::bundle::Bundles;
use crate::graph::Graph;
use crate::layout::Layout;
use crate::measures::Measures;

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The room that there is, in CSS pixels. The picture is laid out for it: namespaces side by
    /// side on a wide screen, one below the other on a phone. A picture of many cards is wider
    /// than a wide screen, to be shown smaller.
    pub width: u32,
    /// The height of that room, where the picture is to be seen in it as a whole: then the room has
    /// more columns if that makes everything larger.
    pub height: Option<u32>,
}

/// More cards than this are laid out for a wider screen, and shown smaller.
const MANY: usize = 40;
/// Narrower screens show one or two columns, whatever there is.
const WIDE: u32 = 560;

impl Options {
    fn for_cards(self, cards: usize) -> Self {
        if self.width < WIDE {
            return Self { height: None, ..self };
        }
        if cards <= MANY {
            return self;
        }
        Self { width: self.width.saturating_add(self.width / 2), height: None }
    }
}

/// What a picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// Who there is.
    pub topology: &'a Topology,
    /// Who shares a card. The bundles of both flows are between these cards.
    pub fold: &'a Fold,
    /// All flows, by which cards are placed.
    pub all: &'a Flows,
    /// The flows that are drawn. One with an end that is neither in the topology nor in `all` is
    /// left out.
    pub shown: &'a Flows,
    /// Where a person has put cards; if they have put none anywhere, all are placed by their flows.
    pub places: &'a Places,
}

/// Places all nodes of a topology, every named outside address, every other address that flows
/// name, and flows.
///
/// Made for what a person can follow: up to a few hundred cards and flows take a few
/// milliseconds, thousands of cards a second.
pub fn scene(contents: &Contents<'_>, options: Options) -> Scene {
    LastLayout::default().scene(contents, options)
}

/// Draws what has been placed.
fn draw<'a>(
    contents: &Contents<'_>,
    place: impl FnOnce(&Graph<'_>, &Bundles<'_>) -> &'a Layout,
) -> Scene {
    let graph = Graph::new(contents.topology, contents.fold, contents.all);
    let bundles = bundle::bundles(&graph, contents.shown);
    let Layout { grid, measures, wires } = place(&graph, &bundles);
    let frames = cards::frames(&graph, grid, measures);
    let cards = cards::cards(&graph, grid, measures);
    let mut edges =
        edges::edges(&graph, &cards, &bundles, |from, to| wires.get(&(from, to)).cloned());
    labels::place(&mut edges, &cards, &frames, measures.width);
    let edges = edges.into_iter().map(|wired| wired.edge).collect();
    let Measures { width, height, columns, rows, .. } = measures.clone();
    Scene { width, height, frames, cards, edges, columns, rows }
}
