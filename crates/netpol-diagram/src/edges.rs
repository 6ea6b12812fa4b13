//! Edges: wires with what becomes of the flows on them.

use netpol::view::{Bundle, Direction, Fate, Verdict};

use crate::bundle::{Bundles, label};
use crate::graph::{Graph, Item};
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
    bundles: &Bundles<'_>,
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
        for bundle in fates.values() {
            let corners = beside(&whole, aside);
            let ends = [&graph.items[from], &graph.items[to]];
            wired.extend(edge(ends, bundle, &corners, behind));
            aside += apart;
        }
    }
    wired
}

fn gate(item: &Item<'_>, fate: &Fate, direction: Direction) -> GateState {
    if fate.stops_at.contains(&direction) {
        GateState::Shut
    } else if item.is_isolated(direction) {
        GateState::Open
    } else {
        GateState::Absent
    }
}

fn edge(
    [from, to]: [&Item<'_>; 2],
    bundle: &Bundle,
    corners: &[Point],
    behind: f64,
) -> Option<Wired> {
    let fate = &bundle.fate;
    let (first, last) = corners.first().zip(corners.last())?;
    let Way { travelled, beyond, cross } = way(corners, fate, behind);
    let label = Label {
        text: label(bundle, from.is_folded() || to.is_folded()),
        at: *first,
        anchor: Anchor::Middle,
        rect: Rect::default(),
        crowded: true,
    };
    let egress = gate(from, fate, Direction::Egress);
    let ingress = gate(to, fate, Direction::Ingress);
    let edge = Edge {
        id: id(bundle),
        from: from.id.to_owned(),
        to: to.id.to_owned(),
        verdict: fate.verdict,
        stops_at: fate.stops_at.clone(),
        was: fate.was,
        count: bundle.count,
        path: travelled.data,
        length: travelled.length,
        beyond: beyond.map(|drawn| drawn.data),
        egress: Passage { at: point(first.x, first.y), gate: egress },
        ingress: Passage { at: point(last.x, last.y), gate: ingress },
        cross,
        label,
        flows: bundle.flows.clone(),
    };
    Some(Wired { edge, corners: corners.to_vec() })
}

/// The ends and the fate.
fn id(bundle: &Bundle) -> String {
    let Bundle { from, to, fate, .. } = bundle;
    let mut id = format!("{from}>{to} {}", fate.verdict);
    for side in &fate.stops_at {
        id = id + " " + side.as_str();
    }
    if let Some(was) = fate.was {
        id = id + " was " + was.as_str();
    }
    id
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
