use netpol::lookup::Lookup;
use netpol_diagram::{Card, Edge, Scene};

use super::graph_edge::EdgeTone;

/// What of a picture is looked at: what stands out, and what steps back.
pub(super) struct Focus<'a> {
    pub(super) scene: &'a Scene,
    /// The number of the flow that is explained.
    pub(super) chosen: Option<usize>,
    /// The line whose flows are listed.
    pub(super) listed: Option<&'a str>,
    /// What the editor's cursor is about.
    pub(super) found: Option<&'a Lookup>,
    /// Whether a connection is gone through step by step.
    pub(super) films: bool,
    /// The pod or card that the picture is filtered by.
    pub(super) endpoint: Option<&'a str>,
    /// The card under the pointer.
    pub(super) hovered: Option<&'a str>,
}

impl<'a> Focus<'a> {
    pub(super) fn is_chosen(&self, edge: &Edge) -> bool {
        self.listed == Some(&edge.id)
            || self.chosen.is_some_and(|chosen| edge.flows.contains(&chosen))
    }

    /// The index of the first line that is chosen.
    pub(super) fn chosen_edge(&self) -> Option<usize> {
        self.scene.edges.iter().position(|edge| self.is_chosen(edge))
    }

    /// How each line is drawn, in their order.
    pub(super) fn tones(&self) -> Vec<EdgeTone> {
        let chosen_or = |edge: &Edge, otherwise| {
            if self.is_chosen(edge) { EdgeTone::Chosen } else { otherwise }
        };
        let others = match self.chosen_edge() {
            Some(_) if self.endpoint.is_none() => EdgeTone::Dim,
            _ => EdgeTone::Plain,
        };
        let found = self.found.filter(|found| !found.flows.is_empty());
        let tone = |edge: &Edge| match (self.hovered, found) {
            _ if self.films => chosen_or(edge, EdgeTone::Dim),
            (Some(card), _) if touches(edge, card) => EdgeTone::Plain,
            (None, Some(found)) if edge.flows.iter().any(|it| found.flows.contains(it)) => {
                EdgeTone::Chosen
            }
            (None, None) => chosen_or(edge, others),
            _ => EdgeTone::Dim,
        };
        self.scene.edges.iter().map(tone).collect()
    }

    /// Whether the cursor's selector selects the card, or one of those that it stands for.
    pub(super) fn is_selected(&self, card: &Card) -> bool {
        let is_it = |id: &String| *id == card.id || card.members.contains(id);
        self.found.is_some_and(|found| found.nodes.iter().any(|node| is_it(&node.id)))
    }

    pub(super) fn is_looked_at(&self, card: &Card) -> bool {
        self.endpoint == Some(&card.id)
    }

    /// Whether the picture is about another pod, with which the card has nothing to do.
    pub(super) fn is_aside(&self, card: &Card) -> bool {
        self.endpoint.is_some()
            && !self.is_looked_at(card)
            && !self.scene.edges.iter().any(|edge| touches(edge, &card.id))
    }

    /// The line of the connection that is chosen.
    pub(super) fn asked(&self) -> Option<&'a Edge> {
        self.scene.edges.get(self.chosen_edge()?)
    }
}

pub(super) fn touches(edge: &Edge, card: &str) -> bool {
    edge.from == card || edge.to == card
}
