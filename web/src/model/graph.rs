//! How the picture is seen: what is folded, which line's flows are listed, and since when changes
//! are shown.

use netpol_diagram::{FoldRule, Folding, Places};
use serde::{Deserialize, Serialize};

use super::connect::{self, ConnectMsg, Drawing};
use super::places::{self, Moved, Way};
use super::{Chip, Model};

/// How the picture is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GraphView {
    /// What is folded.
    pub folding: Folding,
    /// Where somebody has put cards; empty: nobody has.
    pub places: Places,
    /// The id of the line whose flows are listed.
    #[serde(skip)]
    pub listed: Option<String>,
    /// The connection that is being drawn.
    #[serde(skip)]
    pub drawing: Option<Drawing>,
    /// Since when changes are shown.
    #[serde(skip)]
    pub changes: Changes,
}

/// Since when changes are shown: a burst of edits counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The revision before the last edits; `None`: no changes are shown.
    pub since: Option<u64>,
    /// Whether the text has stood still since then, so that the next edit is another one.
    rested: bool,
}

/// What happened to the picture.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphMsg {
    /// Open this namespace, or these identical pods.
    Open(String),
    /// Fold this namespace, or these identical pods.
    Fold(String),
    /// This card was chosen: an end of the connection that is drawn, or whose flows are shown, or no longer.
    Card(String),
    /// Fold or open everything.
    FoldAll(FoldRule),
    /// This was dragged so many pixels.
    Drag(Moved, [f64; 2]),
    /// Move this a step.
    Step(Moved, Way),
    /// Put all cards back where they are without anybody's help.
    PutBack,
    /// List the flows of this line, or of none.
    List(Option<String>),
    /// Something happened to a connection that is drawn.
    Connect(ConnectMsg),
    /// Nobody has changed the text for a while.
    Rested,
    /// Draw only what has changed.
    OnlyChanges,
    /// Show the changes no more.
    DismissChanges,
}

/// Takes a message about the picture.
pub(super) fn update(model: &mut Model, msg: GraphMsg) {
    let msg = match msg {
        GraphMsg::Connect(msg) => return connect::update(model, msg),
        GraphMsg::Card(id) if model.graph.drawing.is_some() => {
            return connect::update(model, ConnectMsg::Choose(id));
        }
        other => other,
    };
    let Model { graph, filters, answers, .. } = model;
    let scene = answers.picture.as_ref().map(|shown| &shown.answer.scene);
    match msg {
        GraphMsg::Open(id) => {
            graph.folding.folded.remove(&id);
            graph.folding.open.insert(id);
        }
        GraphMsg::Fold(id) => {
            graph.folding.open.remove(&id);
            graph.folding.folded.insert(id);
        }
        GraphMsg::Card(id) => {
            let is_shown = filters.endpoint() == Some(&id);
            filters.look_at((!is_shown).then_some(id));
        }
        GraphMsg::FoldAll(rule) => graph.folding = Folding { rule, ..Folding::default() },
        GraphMsg::Drag(what, by) => {
            if let Some(places) = scene.and_then(|scene| places::dragged(scene, &what, by)) {
                graph.places = places;
            }
        }
        GraphMsg::Step(what, way) => {
            if let Some(places) = scene.and_then(|scene| places::stepped(scene, &what, way)) {
                graph.places = places;
            }
        }
        GraphMsg::PutBack => graph.places.clear(),
        GraphMsg::List(line) => graph.listed = line,
        GraphMsg::Connect(_) => {}
        GraphMsg::Rested => graph.changes.rested = true,
        GraphMsg::OnlyChanges => filters.add(Chip::Changed),
        GraphMsg::DismissChanges => {
            graph.changes = Changes { since: None, rested: true };
            filters.chips.retain(|chip| *chip != Chip::Changed);
        }
    }
}

impl GraphView {
    /// Without what is only of this moment.
    pub(super) fn kept(&self) -> Self {
        Self { folding: self.folding.clone(), places: self.places.clone(), ..Self::default() }
    }

    /// The text was changed; before, it had this revision.
    pub(super) fn edited(&mut self, before: u64) {
        if std::mem::take(&mut self.changes.rested) {
            self.changes.since = Some(before);
        }
    }
}
