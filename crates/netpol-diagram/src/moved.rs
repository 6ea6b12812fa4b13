//! The grid of a picture in which a person has put cards where they want them.
//!
//! What has a place keeps it, so that nothing else moves while a document is edited. What has none
//! is put where there is room in its frame, and a new frame below all others. Frames that a person
//! makes overlap make way downward.

use std::collections::{BTreeMap, BTreeSet};

use netpol_sort::{Gather, Sort};

use crate::block::Layered;
use crate::graph::{Graph, Group};
use crate::grid::{Area, Cell, Grid};

/// Where cards are to be: a column and a row for the id of each card, and for [`empty_frame`] of
/// each frame without any. They count from anywhere: only what is left of what, and above what,
/// matters.
pub type Places = BTreeMap<String, [i32; 2]>;

/// The name in [`Places`] of a frame without cards.
pub fn empty_frame(id: &str) -> String {
    format!("frame:{id}")
}

/// Rows and columns without anything: between two others at most so many are kept.
const GAP: i32 = 1;
/// A new frame has so many rows before it gets another column.
const ROWS: usize = 4;

/// The cells that a frame is around: the first and the last, as column and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    first: [i32; 2],
    last: [i32; 2],
}

impl Bounds {
    fn around(cells: impl Iterator<Item = [i32; 2]>) -> Option<Self> {
        cells.map(|cell| Self { first: cell, last: cell }).reduce(|a, b| Self {
            first: [0, 1].map(|axis| a.first[axis].min(b.first[axis])),
            last: [0, 1].map(|axis| a.last[axis].max(b.last[axis])),
        })
    }

    fn overlaps(&self, other: &Self) -> bool {
        [0, 1].iter().all(|axis| {
            self.first[*axis] <= other.last[*axis] && other.first[*axis] <= self.last[*axis]
        })
    }
}

/// Places everything: what has a place there, the rest in at most so many columns.
pub(crate) fn grid(graph: &Graph<'_>, columns: usize, places: &Places) -> Grid {
    let mut moved = Moved::new(graph, places);
    moved.fill_frames(graph);
    moved.make_way();
    moved.add_frames(graph, columns);
    moved.grid(graph)
}

/// The cells of all items, and the bounds of all groups, as far as they are known.
struct Moved {
    cells: Vec<Option<[i32; 2]>>,
    bounds: Vec<Option<Bounds>>,
}

impl Moved {
    /// What has a place; of two in one cell of a frame only the first.
    fn new(graph: &Graph<'_>, places: &Places) -> Self {
        let mut cells: Vec<Option<[i32; 2]>> =
            graph.items.iter().map(|item| places.get(item.id).copied()).collect();
        let mut empty: Vec<Option<[i32; 2]>> = graph
            .groups
            .iter()
            .map(|group| places.get(&empty_frame(group.name)).copied())
            .zip(&graph.groups)
            .map(|(place, group)| place.filter(|_| group.items.is_empty()))
            .collect();
        for axis in [0, 1] {
            let known = || cells.iter().chain(&empty).flatten().map(|cell| cell[axis]);
            let closed = close_gaps(known().gather());
            for cell in cells.iter_mut().chain(&mut empty).flatten() {
                cell[axis] = closed.get(&cell[axis]).copied().unwrap_or_default();
            }
        }
        let mut taken = BTreeSet::new();
        for (item, cell) in graph.items.iter().zip(&mut cells) {
            cell.take_if(|cell| !taken.insert((item.group, *cell)));
        }
        let of_group = |(group, empty): (&Group<'_>, Option<[i32; 2]>)| {
            let own = group.items.iter().filter_map(|item| cells[*item]);
            Bounds::around(own.chain(empty))
        };
        let bounds = graph.groups.iter().zip(empty).map(of_group).collect();
        Self { cells, bounds }
    }

    /// Puts new items of known frames into free cells, from left to right and row by row.
    fn fill_frames(&mut self, graph: &Graph<'_>) {
        for (group, bounds) in graph.groups.iter().zip(&mut self.bounds) {
            let Some(bounds) = bounds else { continue };
            let taken: BTreeSet<[i32; 2]> =
                group.items.iter().filter_map(|item| self.cells[*item]).gather();
            let Bounds { first: [left, top], last: [right, _] } = *bounds;
            let mut free = (top..)
                .flat_map(|row| (left..=right).map(move |column| [column, row]))
                .filter(|cell| !taken.contains(cell));
            for item in &group.items {
                if self.cells[*item].is_none()
                    && let Some(cell) = free.next()
                {
                    self.cells[*item] = Some(cell);
                    bounds.last[1] = bounds.last[1].max(cell[1]);
                }
            }
        }
    }

    /// Moves frames down that would lie on others.
    fn make_way(&mut self) {
        let mut order: Vec<usize> = (0..self.bounds.len()).collect();
        order.arrange_by_key(|group| self.bounds[*group].map(|it| (it.first[1], it.first[0])));
        let mut settled: Vec<Bounds> = Vec::new();
        for group in order {
            let Some(bounds) = &mut self.bounds[group] else { continue };
            while let Some(other) = settled.iter().find(|other| other.overlaps(bounds)) {
                let down = other.last[1] + 1 - bounds.first[1];
                bounds.first[1] += down;
                bounds.last[1] += down;
            }
            settled.push(*bounds);
        }
    }

    /// Puts new frames below all others.
    fn add_frames(&mut self, graph: &Graph<'_>, columns: usize) {
        let known = || self.bounds.iter().flatten();
        let left = known().map(|it| it.first[0]).min().unwrap_or(0);
        let mut top = known().map(|it| it.last[1] + 1).max().unwrap_or(0);
        for (number, group) in graph.groups.iter().enumerate() {
            if self.bounds[number].is_some() {
                continue;
            }
            let block = Layered::new(graph, group).block(columns, ROWS);
            let last = [left + count(block.width()) - 1, top + count(block.rows()) - 1];
            self.bounds[number] = Some(Bounds { first: [left, top], last });
            for (column, items) in block.columns.iter().enumerate() {
                for (row, item) in items.iter().enumerate() {
                    self.cells[*item] = Some([left + count(column), top + count(row)]);
                }
            }
            top = last[1] + 1;
        }
    }

    /// Counted from the first column and row.
    fn grid(&self, graph: &Graph<'_>) -> Grid {
        let all = self.bounds.iter().flatten().flat_map(|it| [it.first, it.last]);
        let all = Bounds::around(all).unwrap_or(Bounds { first: [0, 0], last: [-1, -1] });
        let cell = |cell: [i32; 2]| Cell {
            column: index(cell[0] - all.first[0]),
            row: index(cell[1] - all.first[1]),
        };
        let area = |bounds: &Option<Bounds>| {
            bounds.map_or_else(Area::default, |it| Area {
                first: cell(it.first),
                last: cell(it.last),
            })
        };
        // What makes way takes its cards along.
        let down = |item: usize, at: [i32; 2]| {
            let group = &graph.groups[graph.items[item].group];
            let own = group.items.iter().filter_map(|item| self.cells[*item]);
            let bounds = self.bounds[graph.items[item].group];
            let moved =
                Bounds::around(own).zip(bounds).map_or(0, |(own, it)| it.first[1] - own.first[1]);
            [at[0], at[1] + moved]
        };
        let cells = self.cells.iter().enumerate();
        Grid {
            columns: index(all.last[0] - all.first[0] + 1),
            rows: index(all.last[1] - all.first[1] + 1),
            cells: cells
                .map(|(item, at)| at.map(|at| cell(down(item, at))).unwrap_or_default())
                .collect(),
            areas: self.bounds.iter().map(area).collect(),
            ranks: vec![0; graph.items.len()],
        }
    }
}

/// New numbers for these, with at most [`GAP`] unused ones between two.
fn close_gaps(used: BTreeSet<i32>) -> BTreeMap<i32, i32> {
    let mut closed = BTreeMap::new();
    let mut last: Option<(i32, i32)> = None;
    for value in used {
        let new = last.map_or(0, |(before, new)| new + value.saturating_sub(before).min(GAP + 1));
        closed.insert(value, new);
        last = Some((value, new));
    }
    closed
}

fn count(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX / 4)
}

fn index(value: i32) -> usize {
    usize::try_from(value).unwrap_or_default()
}
