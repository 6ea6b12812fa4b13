//! The corners of every edge.

use crate::grid::Grid;
use crate::measures::{CARD_HEIGHT, Measures};
use crate::ports::{Ports, ports};
use crate::route::Route;
use crate::scene::Point;
use crate::tracks::{self, Run, RunEnd};

/// An edge from corner to corner; it leaves and enters to the right.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) corners: Vec<Point>,
    /// How near its nearest neighbour is.
    pub(crate) pitch: f64,
    /// The same where it begins and ends.
    pub(crate) port_pitch: f64,
    /// Its number among those that leave its sender, from above.
    pub(crate) number: usize,
}

/// The runs of all routes in one channel or lane, and whose they are.
#[derive(Clone, Debug, Default)]
struct Bundle {
    runs: Vec<Run>,
    /// The route, and which of its channels or lanes it is.
    owners: Vec<(usize, usize)>,
}

/// Places routes in pixels.
struct Wiring<'a> {
    grid: &'a Grid,
    measures: &'a Measures,
    routes: &'a [Route],
    ports: Vec<Ports>,
    /// For each route, where it runs in each of its channels.
    xs: Vec<Vec<f64>>,
    /// The same for its lanes.
    ys: Vec<Vec<f64>>,
    /// For each route, how near its nearest neighbour is.
    pitches: Vec<f64>,
}

/// How many edges run beside each other in each lane.
pub(crate) fn lane_use(grid: &Grid, measures: &Measures, routes: &[Route]) -> Vec<usize> {
    let mut wiring = Wiring::new(grid, measures, routes);
    wiring.place_channels();
    wiring.lanes().iter().map(|lane| tracks::count(&lane.runs)).collect()
}

/// The corners of each route.
pub(crate) fn wires(grid: &Grid, measures: &Measures, routes: &[Route]) -> Vec<Wire> {
    let mut wiring = Wiring::new(grid, measures, routes);
    wiring.place_channels();
    for (lane, bundle) in wiring.lanes().iter().enumerate() {
        let places = tracks::places(&bundle.runs, measures.lanes[lane]);
        for ((route, number), place) in bundle.owners.iter().zip(places) {
            wiring.ys[*route][*number] = place.at;
            wiring.pitches[*route] = wiring.pitches[*route].min(place.pitch);
        }
    }
    (0..routes.len()).map(|route| wiring.wire(route)).collect()
}

impl<'a> Wiring<'a> {
    fn new(grid: &'a Grid, measures: &'a Measures, routes: &'a [Route]) -> Self {
        let middle = |lane: &usize| measures.lanes[*lane].best.middle();
        let ports = ports(grid, routes);
        Self {
            grid,
            measures,
            routes,
            pitches: ports.iter().map(|it| it.pitch).collect(),
            ports,
            xs: routes.iter().map(|route| vec![0.0; route.channels.len()]).collect(),
            ys: routes.iter().map(|route| route.lanes.iter().map(middle).collect()).collect(),
        }
    }

    fn start(&self, route: usize) -> Point {
        let cell = self.grid.cells[self.routes[route].from];
        Point {
            x: self.measures.columns[cell.column] + self.measures.card_width,
            y: self.measures.rows[cell.row] + CARD_HEIGHT / 2.0 + self.ports[route].out,
        }
    }

    fn goal(&self, route: usize) -> Point {
        let cell = self.grid.cells[self.routes[route].to];
        Point {
            x: self.measures.columns[cell.column],
            y: self.measures.rows[cell.row] + CARD_HEIGHT / 2.0 + self.ports[route].into,
        }
    }

    /// Decides where edges run up and down; lanes are taken at their middles.
    fn place_channels(&mut self) {
        for (channel, bundle) in self.channels().iter().enumerate() {
            let places = tracks::places(&bundle.runs, self.measures.channels[channel]);
            for ((route, number), place) in bundle.owners.iter().zip(places) {
                self.xs[*route][*number] = place.at;
                self.pitches[*route] = self.pitches[*route].min(place.pitch);
            }
        }
    }

    fn channels(&self) -> Vec<Bundle> {
        let mut bundles = vec![Bundle::default(); self.measures.channels.len()];
        for (index, route) in self.routes.iter().enumerate() {
            for (number, channel) in route.channels.iter().enumerate() {
                let lane_end = |lane: usize, other: usize| RunEnd {
                    at: self.ys[index][lane],
                    right: route.channels[other] > *channel,
                    slack: self.measures.lanes[route.lanes[lane]].best.length() / 2.0,
                };
                let port = |at: f64, right: bool| RunEnd { at, right, slack: 0.0 };
                let first = match number.checked_sub(1) {
                    Some(before) => lane_end(before, before),
                    None => port(self.start(index).y, false),
                };
                let last = if number < route.lanes.len() {
                    lane_end(number, number + 1)
                } else {
                    port(self.goal(index).y, true)
                };
                bundles[*channel].runs.push(Run { ends: [first, last] });
                bundles[*channel].owners.push((index, number));
            }
        }
        bundles
    }

    /// Here "right" is down.
    fn lanes(&self) -> Vec<Bundle> {
        let mut bundles = vec![Bundle::default(); self.measures.lanes.len()];
        for (index, route) in self.routes.iter().enumerate() {
            for (number, lane) in route.lanes.iter().enumerate() {
                let here = self.ys[index][number];
                let before = match number.checked_sub(1) {
                    Some(before) => self.ys[index][before],
                    None => self.start(index).y,
                };
                let after = self.ys[index].get(number + 1).copied().unwrap_or(self.goal(index).y);
                let end = |channel: usize, other: f64| RunEnd {
                    at: self.xs[index][channel],
                    right: other > here,
                    slack: 0.0,
                };
                bundles[*lane]
                    .runs
                    .push(Run { ends: [end(number, before), end(number + 1, after)] });
                bundles[*lane].owners.push((index, number));
            }
        }
        bundles
    }

    fn wire(&self, index: usize) -> Wire {
        let goal = self.goal(index);
        let mut corners = vec![self.start(index)];
        for (number, x) in self.xs[index].iter().enumerate() {
            let from = corners.last().map_or(goal.y, |corner| corner.y);
            let to = self.ys[index].get(number).copied().unwrap_or(goal.y);
            corners.push(Point { x: *x, y: from });
            corners.push(Point { x: *x, y: to });
        }
        corners.push(goal);
        let Ports { pitch: port_pitch, number, .. } = self.ports[index];
        Wire { corners, pitch: self.pitches[index], port_pitch, number }
    }
}
