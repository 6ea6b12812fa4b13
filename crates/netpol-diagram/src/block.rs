//! The cards of one group in columns.

use netpol_sort::Gather;

use crate::graph::{Graph, Group};
use crate::layers::{Weights, layers};

/// The items of a group, before it is known how much room there is.
#[derive(Debug)]
pub(crate) struct Layered {
    /// Senders before receivers.
    layers: Vec<Vec<usize>>,
    /// Those of which flows do not say where they belong.
    loose: Vec<usize>,
}

/// Columns of items, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) columns: Vec<Vec<usize>>,
    /// How often two layers had to be joined.
    pub(crate) joins: usize,
    /// How often one had to be cut.
    pub(crate) cuts: usize,
    /// Whether its items are in reading order, so that only the last row has gaps.
    pub(crate) reads: bool,
}

impl Layered {
    pub(crate) fn new(graph: &Graph<'_>, group: &Group<'_>) -> Self {
        let position = |item: &usize| group.items.binary_search(item).ok();
        let weights: Weights = graph
            .pairs
            .iter()
            .filter_map(|((from, to), weight)| Some(((position(from)?, position(to)?), *weight)))
            .gather();
        let mut layered = Self { layers: Vec::new(), loose: Vec::new() };
        for (item, layer) in group.items.iter().zip(layers(group.items.len(), &weights)) {
            let Some(layer) = layer else {
                layered.loose.push(*item);
                continue;
            };
            if layered.layers.len() <= layer {
                layered.layers.resize(layer + 1, Vec::new());
            }
            layered.layers[layer].push(*item);
        }
        layered
    }

    /// Its items with their layers; those that are loose come last.
    pub(crate) fn ranks(&self) -> impl Iterator<Item = (usize, usize)> {
        let rank = |(rank, items): (usize, &'_ Vec<usize>)| -> Vec<(usize, usize)> {
            items.iter().map(|item| (*item, rank)).collect()
        };
        self.layers.iter().chain([&self.loose]).enumerate().flat_map(rank)
    }

    /// Fills at most so many columns, and makes them longer than `rows` only if it must.
    pub(crate) fn block(&self, columns: usize, rows: usize) -> Block {
        let mut block = Block { columns: self.layers.clone(), joins: 0, cuts: 0, reads: false };
        if self.layers.is_empty() {
            block.fill(&self.loose, columns, rows);
            return block;
        }
        while block.columns.len() > columns {
            block.join();
        }
        block.add(&self.loose, columns, rows);
        while block.columns.len() < columns && block.rows() > rows {
            block.cut();
        }
        block
    }
}

impl Block {
    /// How many rows it needs; an empty one still has room for one card.
    pub(crate) fn rows(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0).max(1)
    }

    /// How many columns it needs.
    pub(crate) fn width(&self) -> usize {
        self.columns.len().max(1)
    }

    /// Joins the two neighbours that are shortest together.
    fn join(&mut self) {
        let sum = |at: &usize| self.columns[*at].len() + self.columns[at + 1].len();
        if let Some(at) = (0..self.columns.len().saturating_sub(1)).min_by_key(sum) {
            let mut next = self.columns.remove(at + 1);
            self.columns[at].append(&mut next);
            self.joins += 1;
        }
    }

    /// Cuts the longest column in two.
    fn cut(&mut self) {
        let longest = (0..self.columns.len()).rev().max_by_key(|at| self.columns[*at].len());
        if let Some(at) = longest {
            let half = self.columns[at].len().div_ceil(2);
            let rest = self.columns[at].split_off(half);
            self.columns.insert(at + 1, rest);
            self.cuts += 1;
        }
    }

    /// Puts items of which none comes before another in reading order: row by row.
    fn fill(&mut self, items: &[usize], columns: usize, rows: usize) {
        let width = items.len().div_ceil(rows.max(1)).clamp(1, columns.max(1)).min(items.len());
        self.columns = vec![Vec::new(); width];
        self.reads = true;
        for (place, item) in items.iter().enumerate() {
            self.columns[place % width].push(*item);
        }
    }

    /// Puts items where there is room, behind what has an order.
    fn add(&mut self, loose: &[usize], columns: usize, rows: usize) {
        for item in loose {
            let shortest = (0..self.columns.len()).rev().min_by_key(|at| self.columns[*at].len());
            match shortest {
                Some(at) if self.columns[at].len() < rows || self.columns.len() >= columns => {
                    self.columns[at].push(*item);
                }
                _ => self.columns.push(vec![*item]),
            }
        }
    }
}
