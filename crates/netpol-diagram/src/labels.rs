//! Where the ports of each edge are written: on its line, where little else is.

use crate::edges::Wired;
use crate::path::{distance, point, rounded, toward};
use crate::scene::{Card, Frame, GateState, Point, Rect, Text};
use crate::text::Font;

const HEIGHT: f64 = 13.0;
/// From the middle of a line of text to its base line.
const BASELINE: f64 = 4.0;
/// The half size of gates and crosses.
const MARK: f64 = 5.0;
/// With more edges than this, labels would be a carpet: they are shown for a chosen edge only.
const MOST_EDGES: usize = 240;
/// Labels that cover more lines of other edges than this hide more than they tell.
const MOST_COVERED: usize = 2;

/// A place for a label, and how awkward it is in itself.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    rect: Rect,
    awkward: usize,
}

/// What labels must not cover, and what they should not.
struct Obstacles {
    width: f64,
    hard: Vec<Rect>,
    /// Pieces of edges and whose they are.
    lines: Vec<(usize, Rect)>,
}

/// Places the labels of all edges.
pub(crate) fn place(edges: &mut [Wired], cards: &[Card], frames: &[Frame], width: f64) {
    let many = edges.len() > MOST_EDGES;
    let mut obstacles = Obstacles { width, hard: Vec::new(), lines: Vec::new() };
    if !many {
        obstacles.add(edges, cards, frames);
    }
    for (index, wired) in edges.iter_mut().enumerate() {
        let candidates = candidates(wired).into_iter().enumerate();
        let cost = |(rank, candidate): &(usize, Candidate)| {
            let (hard, covered) = obstacles.under(index, candidate.rect);
            hard * 100 + covered * 12 + candidate.awkward * 8 + rank
        };
        let Some((_, Candidate { rect, .. })) = candidates.min_by_key(cost) else { continue };
        let (hard, covered) = obstacles.under(index, rect);
        wired.edge.label.at = point(rect.x + rect.width / 2.0, rect.y + HEIGHT / 2.0 + BASELINE);
        wired.edge.label.rect = rounded(rect);
        // Beside a cross there is no line of its own below it, so one would seem to be its own.
        let most_covered = if wired.edge.beyond.is_some() { 0 } else { MOST_COVERED };
        wired.edge.label.crowded = many || hard > 0 || covered > most_covered;
        if !wired.edge.label.crowded {
            obstacles.hard.push(rect);
        }
    }
}

/// Nearest to the receiver first, for it is the receiver's port; but what ends at the sender is
/// labelled there.
fn candidates(wired: &Wired) -> Vec<Candidate> {
    let width = Font::Port.width(&wired.edge.label.text) + 4.0;
    let at = |middle: Point| Rect {
        x: middle.x - width / 2.0,
        y: middle.y - HEIGHT / 2.0,
        width,
        height: HEIGHT,
    };
    if let (Some(cross), true) = (wired.edge.cross, wired.edge.beyond.is_some()) {
        // The way beyond may not be shown, so only here.
        let behind = cross.x + MARK + 2.0 + width / 2.0;
        let candidate = |(awkward, down): (usize, &f64)| {
            let rect = at(Point { x: behind, y: cross.y + down });
            Candidate { rect, awkward }
        };
        return [0.0, -HEIGHT / 2.0, HEIGHT / 2.0].iter().enumerate().map(candidate).collect();
    }
    let mut candidates = Vec::new();
    let pieces = wired.corners.windows(2).rev().map(|pair| (pair[0], pair[1]));
    for (from, to) in pieces {
        let length = distance(from, to);
        let level = (from.y - to.y).abs() < 1.0;
        let short = if level { length < width + 8.0 } else { length < HEIGHT + 12.0 };
        let parts: &[f64] = if length > 3.0 * width { &[0.5, 0.25, 0.75] } else { &[0.5, 0.65] };
        for part in parts {
            let rect = at(toward(from, to, length * part));
            candidates
                .push(Candidate { rect, awkward: usize::from(!level) + 3 * usize::from(short) });
        }
    }
    candidates
}

impl Obstacles {
    fn add(&mut self, edges: &[Wired], cards: &[Card], frames: &[Frame]) {
        let hard = &mut self.hard;
        hard.extend(cards.iter().map(|card| card.rect));
        hard.extend(cards.iter().flat_map(|card| &card.badges).map(|badge| badge.rect));
        for frame in frames {
            hard.push(line_rect(&frame.title, Font::Title));
            hard.extend(frame.subtitle.iter().map(|text| line_rect(text, Font::Subtitle)));
        }
        for wired in edges {
            let gates = [wired.edge.egress, wired.edge.ingress];
            let gates = gates.iter().filter(|it| it.gate != GateState::Absent).map(|it| it.at);
            hard.extend(gates.chain(wired.edge.cross).map(|at| Rect {
                x: at.x - MARK,
                y: at.y - MARK,
                width: 2.0 * MARK,
                height: 2.0 * MARK,
            }));
        }
        for (index, wired) in edges.iter().enumerate() {
            if wired.edge.beyond.is_none() {
                let piece = |pair: &[Point]| (index, spanned(pair[0], pair[1]));
                self.lines.extend(wired.corners.windows(2).map(piece));
            }
        }
    }

    /// What is under a label: things that must not be, and lines of other edges.
    fn under(&self, edge: usize, rect: Rect) -> (usize, usize) {
        let hard = self.hard.iter().filter(|it| overlap(**it, rect)).count();
        let outside = rect.x < 0.0 || rect.x + rect.width > self.width;
        let lines = self.lines.iter().filter(|(of, line)| *of != edge && overlap(*line, rect));
        (hard + usize::from(outside), lines.count())
    }
}

/// The area of a line of text.
pub(crate) fn line_rect(text: &Text, font: Font) -> Rect {
    Rect { x: text.at.x, y: text.at.y - 10.0, width: font.width(&text.text), height: HEIGHT }
}

fn spanned(a: Point, b: Point) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, width: a.x.max(b.x) - x, height: a.y.max(b.y) - y }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
