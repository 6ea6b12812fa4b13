//! Which row each card has within its column: near those that it has flows with.

use std::collections::BTreeMap;

use netpol_sort::{Gather, Sort};

use crate::graph::Graph;
use crate::grid::Grid;

/// How often all columns are put in order; more changes next to nothing.
const SWEEPS: usize = 6;

/// Moves cards up and down within their columns so that flows are short and cross little.
pub(crate) fn align(graph: &Graph<'_>, grid: &mut Grid) {
    let mut neighbours = vec![Vec::new(); graph.items.len()];
    for (from, to) in graph.pairs.keys() {
        if grid.cells[*from].column != grid.cells[*to].column {
            neighbours[*from].push(*to);
            neighbours[*to].push(*from);
        }
    }
    for (item, others) in neighbours.iter_mut().enumerate() {
        // Frames stay where they are, so those of the same frame matter more.
        let is_near = |other: &usize| graph.items[*other].group == graph.items[item].group;
        if others.iter().any(is_near) {
            others.retain(is_near);
        }
    }
    let mut columns: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (item, cell) in grid.cells.iter().enumerate() {
        columns.entry((cell.column, graph.items[item].group)).or_default().push(item);
    }
    for sweep in 0..SWEEPS {
        let align = |(key, items): (&(usize, usize), &mut Vec<usize>)| {
            let area = grid.areas[key.1];
            let wishes = wishes(items, &neighbours, grid);
            items.arrange_by_key(|item| {
                (grid.ranks[*item], wishes[item], grid.cells[*item].row, *item)
            });
            let (mut row, mut left) = (area.first.row, items.len());
            for item in items.iter() {
                // As near to the wish as those before and those to come allow.
                let wish = wishes[item] / SCALE;
                let highest = (area.last.row + 1).saturating_sub(left).max(row);
                let at = wish.clamp(row, highest);
                grid.cells[*item].row = at;
                (row, left) = (at + 1, left - 1);
            }
        };
        if sweep % 2 == 0 {
            columns.iter_mut().for_each(align);
        } else {
            columns.iter_mut().rev().for_each(align);
        }
    }
}

/// Wishes are rows, times this.
const SCALE: usize = 64;

/// The mean row of the neighbours, or the present row; plus almost a half, so that it can be cut
/// off.
fn wishes(items: &[usize], neighbours: &[Vec<usize>], grid: &Grid) -> BTreeMap<usize, usize> {
    let wish = |item: &usize| {
        let others = &neighbours[*item];
        let sum: usize = others.iter().map(|other| grid.cells[*other].row * SCALE).sum();
        let mean = sum.checked_div(others.len()).unwrap_or(grid.cells[*item].row * SCALE);
        (*item, mean + SCALE / 2 - 1)
    };
    items.iter().map(wish).gather()
}
