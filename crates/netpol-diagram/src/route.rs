//! The way of each edge through the grid: channels between columns, lanes between rows.
//!
//! An edge leaves its sender on the right and enters its receiver on the left. In between it
//! runs through channels and lanes only, or straight through cells without a card, so that it
//! can never cross one; and never through a title.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use netpol_sort::Sort;

use crate::graph::Graph;
use crate::grid::{Cell, Grid};
use crate::measures::Measures;

/// A way from card to card. It runs up or down in `channels[0]`, along `lanes[0]` to
/// `channels[1]`, and so on; one lane fewer than channels. Without channels it is straight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) channels: Vec<usize>,
    pub(crate) lanes: Vec<usize>,
}

/// What a turn costs, in pixels of detour.
const TURN: u32 = 60;
/// What each edge costs that runs there already.
const COMPANY: u32 = 8;
/// What it costs to run through a frame that an edge has nothing to do with.
const FOREIGN: u32 = 50;
/// What it costs to run through a cell where an edge of another card runs straight.
const CORRIDOR_TAKEN: u32 = 400;

/// Whether an edge runs up and down or to and fro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Axis {
    Down,
    Across,
}

/// Where a channel and a lane meet, and on which of them an edge runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crossing {
    channel: usize,
    lane: usize,
    axis: Axis,
}

/// A place where an edge can turn into or out of its card's row.
#[derive(Clone, Copy, Debug)]
struct Exit {
    channel: usize,
    cost: u32,
}

struct Router<'a> {
    grid: &'a Grid,
    /// The group of each cell, if it belongs to one.
    groups: Vec<Option<usize>>,
    occupied: Vec<bool>,
    /// Whether a title is in the way, for each channel and the gap above each row.
    titles: Vec<bool>,
    column_step: u32,
    row_step: u32,
    lane_use: Vec<u32>,
    channel_use: Vec<u32>,
    /// The card to whose height an edge runs straight through a cell.
    corridors: Vec<Option<usize>>,
}

/// Finds a way for each pair of different items, short ones first.
///
/// `title_widths` are those of each group's title.
pub(crate) fn routes(
    graph: &Graph<'_>,
    grid: &Grid,
    measures: &Measures,
    title_widths: &[f64],
    pairs: impl Iterator<Item = (usize, usize)>,
) -> Vec<Route> {
    let mut router = Router::new(graph, grid, measures, title_widths);
    let distance = |(from, to): &(usize, usize)| {
        let (from, to) = (grid.cells[*from], grid.cells[*to]);
        from.column.abs_diff(to.column) + from.row.abs_diff(to.row)
    };
    let mut pairs: Vec<(usize, usize)> = pairs.collect();
    pairs.arrange_by_key(|pair| (distance(pair), *pair));
    let mut found: Vec<Route> =
        pairs.into_iter().map(|(from, to)| router.route(graph, from, to)).collect();
    found.arrange_by_key(|route| (route.from, route.to));
    found
}

impl<'a> Router<'a> {
    fn new(graph: &Graph<'_>, grid: &'a Grid, measures: &Measures, title_widths: &[f64]) -> Self {
        let cells = grid.columns * grid.rows;
        let crossings = (grid.columns + 1) * (grid.rows + 1);
        let mut router = Self {
            grid,
            groups: vec![None; cells],
            occupied: vec![false; cells],
            titles: vec![false; crossings],
            column_step: step(&measures.columns),
            row_step: step(&measures.rows),
            lane_use: vec![0; crossings],
            channel_use: vec![0; crossings],
            corridors: vec![None; cells],
        };
        for (group, area) in grid.areas.iter().enumerate() {
            for column in area.first.column..=area.last.column {
                for row in area.first.row..=area.last.row {
                    let at = router.cell(column, row);
                    router.groups[at] = Some(group);
                }
            }
            let right = measures.columns[area.first.column] + title_widths[group];
            for channel in area.first.column + 1..=area.last.column {
                let before = measures.columns[channel - 1] + measures.card_width;
                let at = router.crossing(channel, area.first.row);
                router.titles[at] = right > before;
            }
        }
        for cell in grid.cells.iter().take(graph.items.len()) {
            let at = router.cell(cell.column, cell.row);
            router.occupied[at] = true;
        }
        router
    }

    fn cell(&self, column: usize, row: usize) -> usize {
        column * self.grid.rows + row
    }

    fn crossing(&self, channel: usize, lane: usize) -> usize {
        channel * (self.grid.rows + 1) + lane
    }

    fn is_free(&self, column: usize, row: usize) -> bool {
        !self.occupied[self.cell(column, row)]
    }

    fn route(&mut self, graph: &Graph<'_>, from: usize, to: usize) -> Route {
        let (start, goal) = (self.grid.cells[from], self.grid.cells[to]);
        let between = start.column + 1..goal.column;
        let mut route = Route { from, to, channels: Vec::new(), lanes: Vec::new() };
        if start.row == goal.row
            && start.column < goal.column
            && between.clone().all(|column| self.is_free(column, start.row))
        {
            for column in between {
                let at = self.cell(column, start.row);
                self.corridors[at].get_or_insert(from);
            }
            return route;
        }
        let exits = self.exits(from, start, true);
        let entries = self.exits(to, goal, false);
        let groups = [graph.items[from].group, graph.items[to].group];
        let way = self.search(start, &exits, goal, &entries, groups);
        self.take(&mut route, &way);
        route
    }

    /// The channels that can be reached from a card without a turn.
    fn exits(&self, item: usize, cell: Cell, forward: bool) -> Vec<Exit> {
        let mut channel = if forward { cell.column + 1 } else { cell.column };
        let mut exits = vec![Exit { channel, cost: 0 }];
        let mut cost = 0;
        loop {
            let next = if forward { Some(channel) } else { channel.checked_sub(1) };
            let Some(column) = next.filter(|column| *column < self.grid.columns) else { break };
            if !self.is_free(column, cell.row) {
                break;
            }
            cost += self.column_step;
            cost += match self.corridors[self.cell(column, cell.row)] {
                Some(other) if other != item => CORRIDOR_TAKEN,
                _ => 0,
            };
            channel = if forward { channel + 1 } else { column };
            exits.push(Exit { channel, cost });
        }
        exits
    }

    /// The cheapest way (Dijkstra), from the first crossing to the last.
    fn search(
        &self,
        start: Cell,
        exits: &[Exit],
        goal: Cell,
        entries: &[Exit],
        groups: [usize; 2],
    ) -> Vec<Crossing> {
        let size = (self.grid.columns + 1) * (self.grid.rows + 1) * 2;
        let mut best: Vec<Option<(u32, Option<Crossing>)>> = vec![None; size];
        let mut queue = BinaryHeap::new();
        for exit in exits {
            for lane in [start.row, start.row + 1] {
                if let Some(cost) = self.step_to_lane(exit.channel, start.row, lane) {
                    let at = Crossing { channel: exit.channel, lane, axis: Axis::Down };
                    queue.push(Reverse((exit.cost + cost, at, None)));
                }
            }
        }
        let mut end: Option<(u32, Crossing)> = None;
        while let Some(Reverse((cost, at, previous))) = queue.pop() {
            if end.is_some_and(|(least, _)| least <= cost) {
                break;
            }
            let index = self.index(at);
            if best[index].is_some() {
                continue;
            }
            best[index] = Some((cost, previous));
            let total = entries
                .iter()
                .filter(|entry| entry.channel == at.channel)
                .filter_map(|entry| {
                    let turn = if at.axis == Axis::Across { TURN } else { 0 };
                    let last = self.step_to_lane(at.channel, goal.row, at.lane)?;
                    Some(cost + turn + entry.cost + last)
                })
                .min();
            if let Some(total) = total
                && end.is_none_or(|(least, _)| total < least)
            {
                end = Some((total, at));
            }
            self.push_neighbours(at, cost, groups, &mut queue);
        }
        let mut way = Vec::new();
        let mut at = end.map(|(_, at)| at);
        while let Some(crossing) = at {
            way.push(crossing);
            at = best[self.index(crossing)].and_then(|(_, previous)| previous);
        }
        way.reverse();
        way
    }

    /// What it costs to get from a row into a lane beside it, if nothing is in the way.
    fn step_to_lane(&self, channel: usize, row: usize, lane: usize) -> Option<u32> {
        let passes_title = lane == row + 1 && self.titles[self.crossing(channel, lane)];
        let is_beside = lane == row || lane == row + 1;
        (is_beside && !passes_title).then_some(self.row_step / 2 + TURN)
    }

    fn push_neighbours(
        &self,
        at: Crossing,
        cost: u32,
        groups: [usize; 2],
        queue: &mut BinaryHeap<Reverse<(u32, Crossing, Option<Crossing>)>>,
    ) {
        let Crossing { channel, lane, axis } = at;
        let mut push = |next: Crossing, price: u32| {
            queue.push(Reverse((cost + price, next, Some(at))));
        };
        let turned = if axis == Axis::Down { Axis::Across } else { Axis::Down };
        push(Crossing { axis: turned, ..at }, TURN);
        match axis {
            Axis::Across => {
                if channel > 0 {
                    push(
                        Crossing { channel: channel - 1, ..at },
                        self.along(channel - 1, lane, groups),
                    );
                }
                if channel < self.grid.columns {
                    push(
                        Crossing { channel: channel + 1, ..at },
                        self.along(channel, lane, groups),
                    );
                }
            }
            Axis::Down => {
                if lane > 0 && !self.titles[self.crossing(channel, lane)] {
                    push(Crossing { lane: lane - 1, ..at }, self.beside(channel, lane - 1, groups));
                }
                if lane < self.grid.rows && !self.titles[self.crossing(channel, lane + 1)] {
                    push(Crossing { lane: lane + 1, ..at }, self.beside(channel, lane, groups));
                }
            }
        }
    }

    /// What it costs to run in a lane above or below a column.
    fn along(&self, column: usize, lane: usize, groups: [usize; 2]) -> u32 {
        let inside =
            (lane < self.grid.rows).then(|| self.groups[self.cell(column, lane)]).flatten();
        let foreign = inside.is_some_and(|group| !groups.contains(&group));
        let company = self.lane_use[self.crossing(column, lane)] * COMPANY;
        self.column_step + company + if foreign { FOREIGN } else { 0 }
    }

    /// What it costs to run in a channel beside a row.
    fn beside(&self, channel: usize, row: usize, groups: [usize; 2]) -> u32 {
        let right = (channel < self.grid.columns).then(|| self.groups[self.cell(channel, row)]);
        let left = channel.checked_sub(1).map(|column| self.groups[self.cell(column, row)]);
        let inside = left.flatten().filter(|group| right.flatten() == Some(*group));
        let foreign = inside.is_some_and(|group| !groups.contains(&group));
        let company = self.channel_use[self.crossing(channel, row)] * COMPANY;
        self.row_step + company + if foreign { FOREIGN } else { 0 }
    }

    /// Writes a way down, and that it is in use.
    fn take(&mut self, route: &mut Route, way: &[Crossing]) {
        let (Some(first), Some(last)) = (way.first(), way.last()) else { return };
        route.channels.push(first.channel);
        for (here, next) in way.iter().zip(way.iter().skip(1)) {
            if here.channel != next.channel {
                let at = self.crossing(here.channel.min(next.channel), here.lane);
                self.lane_use[at] += 1;
                if here.axis == Axis::Across && route.lanes.len() < route.channels.len() {
                    route.lanes.push(here.lane);
                }
            } else if here.lane != next.lane {
                let at = self.crossing(here.channel, here.lane.min(next.lane));
                self.channel_use[at] += 1;
            } else if here.axis == Axis::Across {
                route.channels.push(here.channel);
            }
        }
        if last.axis == Axis::Across {
            route.channels.push(last.channel);
        }
        let (start, goal) = (self.grid.cells[route.from], self.grid.cells[route.to]);
        for column in start.column + 1..first.channel {
            let at = self.cell(column, start.row);
            self.corridors[at].get_or_insert(route.from);
        }
        for column in last.channel..goal.column {
            let at = self.cell(column, goal.row);
            self.corridors[at].get_or_insert(route.to);
        }
    }

    fn index(&self, at: Crossing) -> usize {
        self.crossing(at.channel, at.lane) * 2 + usize::from(at.axis == Axis::Across)
    }
}

/// About how far it is from one line to the next, for comparing ways.
fn step(lines: &[f64]) -> u32 {
    const TYPICAL: u32 = 120;
    match lines {
        [first, .., last] => {
            let mean = (last - first) / crate::measures::float(lines.len() - 1);
            (1..2000).find(|step| f64::from(*step) >= mean).unwrap_or(TYPICAL)
        }
        _ => TYPICAL,
    }
}
