//! Edges: wires with what becomes of the flows on them.

use netpol::view::{Direction, Verdict};

use crate::bundle::{Bundle, Bundles, Fate};
use crate::graph::Graph;
use crate::measures::float;
use crate::path::{Drawn, beside, distance, draw, point, simplified, toward};
use crate::scene::{Anchor, Card, Edge, GateState, Label, Passage, Point, Rect};
use crate::wire::Wire;

/// How far behind the sender's gate a cross is. Where there is little room between edges, every
/// other cross is a step further out.
const CROSS_BEHIND: f64 = 12.0;
const CROSS_STEP: f64 = 8.0;
const LITTLE_ROOM: f64 = 8.5;
/// How far before the receiver's gate a cross is.
const CROSS_BEFORE: f64 = 10.0;
/// Between edges of the same pair.
const APART: f64 = 5.0;

/// An edge and the corners of its whole way, for placing its label.
#[derive(Clone, Debug)]
pub(crate) struct Wired {
    pub(crate) edge: Edge,
    pub(crate) corners: Vec<Point>,
}

/// All edges; `wire` gives the way of a pair of different items.
pub(crate) fn edges(
    graph: &Graph<'_>,
    cards: &[Card],
    bundles: &Bundles,
    wire: impl Fn(usize, usize) -> Option<Wire>,
) -> Vec<Wired> {
    let mut wired = Vec::new();
    for (&(from, to), fates) in bundles {
        let wire = if from == to { Some(own_loop(&cards[from])) } else { wire(from, to) };
        let Some(wire) = wire else { continue };
        let whole = simplified(&wire.corners);
        let count = float(fates.len());
        let apart = APART.min(wire.pitch / count);
        let step = wire.number % 2 == 1 && wire.port_pitch < LITTLE_ROOM;
        let behind = CROSS_BEHIND + if step { CROSS_STEP } else { 0.0 };
        let mut aside = -apart * (count - 1.0) / 2.0;
        for (fate, bundle) in fates {
            let corners = beside(&whole, aside);
            let gates = [
                gate(graph.items[from].egress(), fate, Direction::Egress),
                gate(graph.items[to].ingress(), fate, Direction::Ingress),
            ];
            let ids = [graph.items[from].id, graph.items[to].id];
            wired.extend(edge(ids, fate, bundle, &corners, (gates, behind)));
            aside += apart;
        }
    }
    wired
}

fn gate(
    isolation: Option<&netpol::view::Isolation>,
    fate: &Fate,
    direction: Direction,
) -> GateState {
    if fate.stops_at.contains(&direction) {
        GateState::Shut
    } else if isolation.is_some_and(|it| it.isolated) {
        GateState::Open
    } else {
        GateState::Absent
    }
}

fn edge(
    [from, to]: [&str; 2],
    fate: &Fate,
    bundle: &Bundle,
    corners: &[Point],
    ([egress, ingress], behind): ([GateState; 2], f64),
) -> Option<Wired> {
    let (first, last) = corners.first().zip(corners.last())?;
    let stops = fate.stops_at.iter().map(|it| it.as_str());
    let id: Vec<&str> = [fate.verdict.as_str()].into_iter().chain(stops).collect();
    let Way { travelled, beyond, cross } = way(corners, fate, behind);
    let label = Label {
        text: bundle.label(),
        at: *first,
        anchor: Anchor::Middle,
        rect: Rect::default(),
        crowded: true,
    };
    let edge = Edge {
        id: format!("{from}>{to} {}", id.join(" ")),
        from: from.to_owned(),
        to: to.to_owned(),
        verdict: fate.verdict,
        stops_at: fate.stops_at.clone(),
        path: travelled.data,
        length: travelled.length,
        beyond: beyond.map(|drawn| drawn.data),
        egress: Passage { at: point(first.x, first.y), gate: egress },
        ingress: Passage { at: point(last.x, last.y), gate: ingress },
        cross,
        label,
        flows: bundle.flows.iter().copied().collect(),
    };
    Some(Wired { edge, corners: corners.to_vec() })
}

/// A way in two parts: before the place where the flows stop, and behind it.
struct Way {
    travelled: Drawn,
    beyond: Option<Drawn>,
    cross: Option<Point>,
}

fn way(corners: &[Point], fate: &Fate, behind: f64) -> Way {
    let whole = || Way { travelled: draw(corners), beyond: None, cross: None };
    if fate.verdict != Verdict::Denied {
        return whole();
    }
    match (fate.stops_at.first(), corners) {
        (Some(Direction::Egress), [first, second, rest @ ..]) => {
            let stub = distance(*first, *second);
            let stop = toward(*first, *second, behind.min(stub * 0.9));
            let beyond: Vec<Point> =
                [stop, *second].into_iter().chain(rest.iter().copied()).collect();
            Way {
                travelled: draw(&[*first, stop]),
                beyond: Some(draw(&beyond)),
                cross: Some(point(stop.x, stop.y)),
            }
        }
        (Some(Direction::Ingress), [rest @ .., before, last]) => {
            let stub = distance(*before, *last);
            let stop = toward(*last, *before, CROSS_BEFORE.min(stub * 0.5));
            let travelled: Vec<Point> = rest.iter().copied().chain([*before, stop]).collect();
            Way { travelled: draw(&travelled), beyond: None, cross: Some(point(stop.x, stop.y)) }
        }
        _ => whole(),
    }
}

/// Around the upper right corner of a card.
fn own_loop(card: &Card) -> Wire {
    const OUT: f64 = 9.0;
    let (right, top) = (card.rect.x + card.rect.width, card.rect.y);
    let inside = right - 20.0;
    let corners = vec![
        Point { x: right, y: top + OUT },
        Point { x: right + OUT, y: top + OUT },
        Point { x: right + OUT, y: top - OUT },
        Point { x: inside, y: top - OUT },
        Point { x: inside, y: top },
    ];
    Wire { corners, pitch: OUT, port_pitch: OUT, number: 0 }
}
