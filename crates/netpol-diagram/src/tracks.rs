//! Edges that run beside each other: in which order, and how far apart.

use netpol_sort::Sort;

use crate::measures::{PITCH, Room, Span, float};

/// A straight piece of an edge in a channel or a lane.
///
/// The words are those of a channel, where it runs up or down; for a lane, turn the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Where it begins and where it ends, in the direction of travel.
    pub(crate) ends: [RunEnd; 2],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RunEnd {
    pub(crate) at: f64,
    /// Whether the edge goes on to the right of here, or to the left.
    pub(crate) right: bool,
    /// How much `at` may change yet.
    pub(crate) slack: f64,
}

/// What crossing counts, and what lying on top of each other.
const CROSSING: usize = 1;
const ON_TOP: usize = 5;
/// Ends nearer than this look like one line.
const NEAR: f64 = 5.0;
/// Below this distance, edges use all the room that there is.
const TIGHT: f64 = 5.0;
/// Beyond this the order is left as it is: nobody could follow the lines anyway.
const MOST_SORTED: usize = 160;

impl Run {
    fn span(&self) -> Span {
        let [a, b] = self.ends;
        Span {
            from: (a.at - a.slack).min(b.at - b.slack),
            to: (a.at + a.slack).max(b.at + b.slack),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.span(), other.span());
        a.from - NEAR < b.to && b.from - NEAR < a.to
    }

    /// What it costs to have this one to the left of the other.
    fn cost_left_of(&self, other: &Self) -> usize {
        let inside = |end: &RunEnd, run: &Self| {
            let [a, b] = run.ends;
            end.at > a.at.min(b.at) && end.at < a.at.max(b.at)
        };
        let mine = self.ends.iter().filter(|end| end.right && inside(end, other)).count();
        let others = other.ends.iter().filter(|end| !end.right && inside(end, self)).count();
        let is_near = |a: &RunEnd, b: &RunEnd| {
            let exact = a.slack == 0.0 && b.slack == 0.0;
            exact && a.right && !b.right && (a.at - b.at).max(b.at - a.at) < NEAR
        };
        let pairs = self.ends.iter().flat_map(|a| other.ends.iter().map(move |b| (a, b)));
        let on_top = pairs.filter(|(a, b)| is_near(a, b)).count();
        (mine + others) * CROSSING + on_top * ON_TOP
    }
}

/// How many tracks these need beside each other at most.
pub(crate) fn count(runs: &[Run]) -> usize {
    tracks(runs).into_iter().max().map_or(0, |track| track + 1)
}

/// Where a run is, and how far its neighbours are away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) at: f64,
    pub(crate) pitch: f64,
}

/// Where each run is within the room.
pub(crate) fn places(runs: &[Run], room: Room) -> Vec<Place> {
    let tracks = tracks(runs);
    let mut places = vec![Place { at: room.best.middle(), pitch: PITCH }; runs.len()];
    for cluster in clusters(runs) {
        let last = cluster.iter().map(|run| tracks[*run]).max().unwrap_or(0);
        let gaps = float(last);
        let pitch = PITCH.min(room.best.length() / gaps).max(TIGHT.min(room.most.length() / gaps));
        let all = if last == 0 { 0.0 } else { gaps * pitch };
        let first = (room.best.middle() - all / 2.0).min(room.most.to - all).max(room.most.from);
        for run in cluster {
            places[run] = Place { at: first + float(tracks[run]) * pitch, pitch };
        }
    }
    places
}

/// A track for each run, from the left; runs that overlap have different ones.
fn tracks(runs: &[Run]) -> Vec<usize> {
    let order = sorted(runs);
    let mut tracks = vec![0; runs.len()];
    for (place, run) in order.iter().enumerate() {
        let before = order[..place].iter().filter(|other| runs[**other].overlaps(&runs[*run]));
        tracks[*run] = before.map(|other| tracks[*other] + 1).max().unwrap_or(0);
    }
    tracks
}

/// From left to right, with few crossings: each in turn is put where it costs least.
fn sorted(runs: &[Run]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.arrange_by(|a, b| {
        let (a, b) = (runs[*a].span(), runs[*b].span());
        a.length().total_cmp(&b.length()).then(a.from.total_cmp(&b.from))
    });
    if runs.len() > MOST_SORTED {
        return order;
    }
    for _ in 0..2 {
        for run in 0..runs.len() {
            order.retain(|other| *other != run);
            let overlapping = |other: &usize| runs[*other].overlaps(&runs[run]);
            let mut cost: usize = order
                .iter()
                .filter(|other| overlapping(other))
                .map(|other| runs[run].cost_left_of(&runs[*other]))
                .sum();
            let (mut best, mut least) = (0, cost);
            for (place, other) in order.iter().enumerate() {
                if overlapping(other) {
                    cost += runs[*other].cost_left_of(&runs[run]);
                    cost -= runs[run].cost_left_of(&runs[*other]);
                }
                if cost < least {
                    (best, least) = (place + 1, cost);
                }
            }
            order.insert(best, run);
        }
    }
    order
}

/// Runs that overlap, directly or by way of others.
fn clusters(runs: &[Run]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.arrange_by(|a, b| runs[*a].span().from.total_cmp(&runs[*b].span().from));
    let mut clusters: Vec<(f64, Vec<usize>)> = Vec::new();
    for run in order {
        let span = runs[run].span();
        match clusters.last_mut() {
            Some((end, cluster)) if span.from - NEAR < *end => {
                *end = end.max(span.to);
                cluster.push(run);
            }
            _ => clusters.push((span.to, vec![run])),
        }
    }
    clusters.into_iter().map(|(_, cluster)| cluster).collect()
}
