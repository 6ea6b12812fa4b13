//! Where on the side of a card each edge begins or ends.

use std::cmp::Ordering;

use netpol_sort::Sort;

use crate::grid::Grid;
use crate::measures::{CARD_HEIGHT, PITCH, float};
use crate::route::Route;

/// Where one route begins and ends, from the middle of the card's side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Ports {
    pub(crate) out: f64,
    pub(crate) into: f64,
    /// The room that it has at the tighter of its ends.
    pub(crate) pitch: f64,
    /// Its number on the sender's side, from above.
    pub(crate) number: usize,
}

/// How far from the middle of a side an edge can be.
const REACH: f64 = CARD_HEIGHT / 2.0 - 8.0;

/// Orders the edges on each side so that they do not cross right there.
pub(crate) fn ports(grid: &Grid, routes: &[Route]) -> Vec<Ports> {
    let forward: Vec<Vec<Heading>> = routes.iter().map(|route| headings(grid, route)).collect();
    let backward: Vec<Vec<Heading>> = forward
        .iter()
        .map(|way| way.iter().rev().map(|heading| heading.opposite()).collect())
        .collect();
    let mut out = vec![Vec::new(); grid.cells.len()];
    let mut into = vec![Vec::new(); grid.cells.len()];
    for (index, route) in routes.iter().enumerate() {
        out[route.from].push(index);
        into[route.to].push(index);
    }
    for side in &mut out {
        side.arrange_by(|a, b| left_first(&forward[*a], &forward[*b]));
    }
    for side in &mut into {
        // Seen from the receiver, what comes from the left is below.
        side.arrange_by(|a, b| left_first(&backward[*b], &backward[*a]));
    }
    let mut ports = vec![Ports { pitch: PITCH, ..Ports::default() }; routes.len()];
    let heights = straight_heights(routes, &out, &into);
    for side in &out {
        for (number, (index, offset, pitch)) in spread(side, &heights).into_iter().enumerate() {
            ports[index] = Ports { out: offset, pitch, number, ..ports[index] };
        }
    }
    for side in &into {
        for (index, offset, pitch) in spread(side, &heights) {
            ports[index] =
                Ports { into: offset, pitch: pitch.min(ports[index].pitch), ..ports[index] };
        }
    }
    ports
}

/// The one height that a straight edge has at both ends: the mean of what would be even on
/// either side.
fn straight_heights(routes: &[Route], out: &[Vec<usize>], into: &[Vec<usize>]) -> Vec<Option<f64>> {
    let even = |side: &[usize], index: usize| {
        let last = float(side.len().saturating_sub(1));
        let place = side.iter().position(|it| *it == index).map_or(0.0, float);
        (place - last / 2.0) * PITCH.min(2.0 * REACH / last.max(1.0))
    };
    let height = |(index, route): (usize, &Route)| {
        let is_straight = route.channels.is_empty();
        is_straight
            .then(|| f64::midpoint(even(&out[route.from], index), even(&into[route.to], index)))
    };
    routes.iter().enumerate().map(height).collect()
}

/// Index, offset and pitch of each edge of a side. If one is straight, the others are above and
/// below it; there is never more than one.
fn spread(side: &[usize], heights: &[Option<f64>]) -> Vec<(usize, f64, f64)> {
    let last = float(side.len().saturating_sub(1));
    let straight =
        side.iter().enumerate().find_map(|(place, index)| Some((float(place), heights[*index]?)));
    let (middle, height) = straight.unwrap_or((last / 2.0, 0.0));
    let pitch = |count: f64, room: f64| if count * PITCH > room { room / count } else { PITCH };
    let above = pitch(middle, REACH + height);
    let below = pitch(last - middle, REACH - height);
    let place = |(place, index): (usize, &usize)| {
        let steps = float(place) - middle;
        let offset = height + steps * if steps < 0.0 { above } else { below };
        (*index, offset, above.min(below))
    };
    side.iter().enumerate().map(place).collect()
}

/// The direction of one step on the grid, clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Right,
    Down,
    Left,
    Up,
}

impl Heading {
    fn opposite(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Up => Self::Down,
        }
    }

    /// How far this is to the right of going on as before.
    fn turn_from(self, before: Self) -> i8 {
        match (self as u8 + 4 - before as u8) % 4 {
            1 => 1,
            3 => -1,
            _ => 0,
        }
    }
}

/// Which of two ways that begin alike turns to the left of the other.
fn left_first(a: &[Heading], b: &[Heading]) -> Ordering {
    let mut before = a.first().copied().unwrap_or(Heading::Right);
    for (left, right) in a.iter().zip(b) {
        if left != right {
            return left.turn_from(before).cmp(&right.turn_from(before));
        }
        before = *left;
    }
    a.len().cmp(&b.len())
}

/// A route step by step. Columns and rows are at odd places, channels and lanes at even ones.
fn headings(grid: &Grid, route: &Route) -> Vec<Heading> {
    let (from, to) = (grid.cells[route.from], grid.cells[route.to]);
    let mut at = (2 * from.column + 1, 2 * from.row + 1);
    let goal = (2 * to.column + 1, 2 * to.row + 1);
    let mut way = Vec::new();
    for (number, channel) in route.channels.iter().enumerate() {
        let row = route.lanes.get(number).map_or(goal.1, |lane| 2 * lane);
        for next in [(2 * channel, at.1), (2 * channel, row)] {
            walk(&mut way, &mut at, next);
        }
    }
    walk(&mut way, &mut at, goal);
    way
}

fn walk(way: &mut Vec<Heading>, at: &mut (usize, usize), to: (usize, usize)) {
    let (heading, steps) = if at.0 == to.0 {
        (if to.1 > at.1 { Heading::Down } else { Heading::Up }, at.1.abs_diff(to.1))
    } else {
        (if to.0 > at.0 { Heading::Right } else { Heading::Left }, at.0.abs_diff(to.0))
    };
    way.extend(std::iter::repeat_n(heading, steps));
    *at = to;
}
