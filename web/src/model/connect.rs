//! Drawing a connection between two ends, which asks what would allow it.

use netpol::view::{PortView, Protocol, Topology, Verdict};
use netpol_diagram::is_shared;

use super::{Model, Pane, Question, Stage, Wish};
use crate::protocol::WishQuery;

/// The port of a receiver that declares none.
const USUAL_PORT: &str = "80";

/// A connection that is being drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The sender, once it is chosen.
    pub from: Option<String>,
}

/// What happens to a connection that is being drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectMsg {
    /// Draw one, from this end if it is known.
    Begin(Option<String>),
    /// This end is the sender, or the receiver if there is a sender.
    Choose(String),
    /// It goes from one end to another one.
    Drawn(String, String),
    /// Draw none.
    Cancel,
}

/// Takes a message about a connection that is drawn.
pub(super) fn update(model: &mut Model, msg: ConnectMsg) {
    match msg {
        ConnectMsg::Begin(from) => {
            model.graph.drawing = Some(Drawing { from });
            model.view.stage = Stage::Graph;
            model.view.pane = Pane::Picture;
        }
        ConnectMsg::Choose(end) if is_shared(&end) => {}
        ConnectMsg::Choose(end) => match model.graph.drawing.take().and_then(|it| it.from) {
            Some(from) => drawn(model, from, end),
            None => model.graph.drawing = Some(Drawing { from: Some(end) }),
        },
        ConnectMsg::Drawn(from, to) => drawn(model, from, to),
        ConnectMsg::Cancel => model.graph.drawing = None,
    }
}

/// Asks about the connection, and what would allow it.
fn drawn(model: &mut Model, from: String, to: String) {
    model.graph.drawing = None;
    if from == to || is_shared(&from) || is_shared(&to) {
        return;
    }
    let port = ports(&model.answers.overview.topology, &to).first();
    let question = match port {
        Some(PortView { number, protocol, .. }) => {
            Question { from, to, port: number.to_string(), protocol: *protocol }
        }
        None => Question { from, to, port: USUAL_PORT.to_owned(), protocol: Protocol::Tcp },
    };
    model.wish = question.query().map(|connection| Wish {
        revision: model.document.revision,
        query: WishQuery { connection, wanted: Verdict::Allowed, names: true },
    });
    model.question = question;
    model.view.pane = Pane::Picture;
}

/// The ports that an end declares.
fn ports<'a>(topology: &'a Topology, id: &str) -> &'a [PortView] {
    let node = topology.nodes.iter().find(|node| node.id == id).map(|node| &node.ports);
    node.map(Vec::as_slice).unwrap_or_default()
}
