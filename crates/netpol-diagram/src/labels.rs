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
    hard: Strips<()>,
    /// Pieces of edges and whose they are.
    lines: Strips<usize>,
}

/// Areas by the strips of the picture that they are in, so that few are looked at for a label.
struct Strips<T>(Vec<Vec<(Rect, T)>>);

/// How high a strip is: about two lines of text.
const STRIP: u32 = 32;
/// So many strips; whatever is below them is in the last one.
const MOST_STRIPS: u32 = 256;

/// Places the labels of all edges.
pub(crate) fn place(edges: &mut [Wired], cards: &[Card], frames: &[Frame], width: f64) {
    let many = edges.len() > MOST_EDGES;
    let mut obstacles = Obstacles { width, hard: Strips::new(), lines: Strips::new() };
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
            obstacles.hard.add(rect, ());
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
        let mut hard = |rect| self.hard.add(rect, ());
        cards.iter().map(|card| card.rect).for_each(&mut hard);
        cards.iter().flat_map(|card| &card.badges).map(|badge| badge.rect).for_each(&mut hard);
        for frame in frames {
            hard(line_rect(&frame.title, Font::Title));
            frame.subtitle.iter().map(|text| line_rect(text, Font::Subtitle)).for_each(&mut hard);
        }
        for wired in edges {
            let gates = [wired.edge.egress, wired.edge.ingress];
            let gates = gates.iter().filter(|it| it.gate != GateState::Absent).map(|it| it.at);
            let mark = |at: Point| Rect {
                x: at.x - MARK,
                y: at.y - MARK,
                width: 2.0 * MARK,
                height: 2.0 * MARK,
            };
            gates.chain(wired.edge.cross).map(mark).for_each(&mut hard);
        }
        for (index, wired) in edges.iter().enumerate() {
            if wired.edge.beyond.is_none() {
                for pair in wired.corners.windows(2) {
                    self.lines.add(spanned(pair[0], pair[1]), index);
                }
            }
        }
    }

    /// What is under a label: things that must not be, and lines of other edges.
    fn under(&self, edge: usize, rect: Rect) -> (usize, usize) {
        let hard = self.hard.under(rect).count();
        let outside = rect.x < 0.0 || rect.x + rect.width > self.width;
        let lines = self.lines.under(rect).filter(|of| **of != edge);
        (hard + usize::from(outside), lines.count())
    }
}

impl<T: Copy> Strips<T> {
    fn new() -> Self {
        Self((0..MOST_STRIPS).map(|_| Vec::new()).collect())
    }

    /// The first and the last strip of an area.
    fn of(rect: Rect) -> [usize; 2] {
        [rect.y, rect.y + rect.height].map(strip)
    }

    fn add(&mut self, rect: Rect, what: T) {
        let [first, last] = Self::of(rect);
        for strip in &mut self.0[first..=last] {
            strip.push((rect, what));
        }
    }

    /// Everything below an area, once.
    fn under(&self, rect: Rect) -> impl Iterator<Item = &T> {
        let [first, last] = Self::of(rect);
        (first..=last).flat_map(move |strip| {
            // What is in several strips counts in the first that both are in.
            let counts = move |it: Rect| Self::of(it)[0].max(first) == strip;
            let here =
                self.0[strip].iter().filter(move |(it, _)| overlap(*it, rect) && counts(*it));
            here.map(|(_, what)| what)
        })
    }
}

/// The area of a line of text.
pub(crate) fn line_rect(text: &Text, font: Font) -> Rect {
    Rect { x: text.at.x, y: text.at.y - 10.0, width: font.width(&text.text), height: HEIGHT }
}

/// The strip in which this height is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the strips that there are"
)]
fn strip(y: f64) -> usize {
    (y / f64::from(STRIP)).clamp(0.0, f64::from(MOST_STRIPS - 1)) as usize
}

fn spanned(a: Point, b: Point) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, width: a.x.max(b.x) - x, height: a.y.max(b.y) - y }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
