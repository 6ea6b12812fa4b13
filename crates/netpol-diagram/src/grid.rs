//! Which cell of a grid each card gets, and which cells each frame is around.

use netpol_sort::Sort;

use crate::block::{Block, Layered};
use crate::graph::Graph;
use crate::layers::{Weights, layers};
use crate::rows;

/// Cells of cards and frames. Frames are rectangles of cells and do not share any.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    /// One for each item of the graph.
    pub(crate) cells: Vec<Cell>,
    /// One for each group of the graph.
    pub(crate) areas: Vec<Area>,
    /// The layer of each item within its group: in one column, the lower one is above.
    pub(crate) ranks: Vec<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) column: usize,
    pub(crate) row: usize,
}

/// Before it is placed.
const NOWHERE: Cell = Cell { column: 0, row: usize::MAX };

/// From the first cell to the last, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: Cell,
    pub(crate) last: Cell,
}

/// Groups on top of each other, beside other stacks.
#[derive(Debug, Default)]
struct Stack {
    layer: usize,
    groups: Vec<usize>,
    rows: usize,
    width: usize,
}

/// A way to place all groups: rows of stacks.
#[derive(Debug)]
struct Packing {
    blocks: Vec<Block>,
    shelves: Vec<Vec<Stack>>,
}

/// Places everything in at most so many columns.
pub(crate) fn grid(graph: &Graph<'_>, columns: usize) -> Grid {
    let layered: Vec<Layered> =
        graph.groups.iter().map(|group| Layered::new(graph, group)).collect();
    let layers = group_layers(graph);
    let tallest = graph.groups.iter().map(|group| group.items.len()).max().unwrap_or(1);
    let best = heights(tallest)
        .flat_map(|rows| (1..=columns).map(move |width| (width, rows)))
        .map(|(width, rows)| Packing::new(&layered, &layers, columns, width, rows))
        .min_by_key(Packing::cost);
    let mut grid = Grid {
        columns: 0,
        rows: 0,
        cells: vec![NOWHERE; graph.items.len()],
        areas: vec![Area::default(); graph.groups.len()],
        ranks: vec![0; graph.items.len()],
    };
    for (item, rank) in layered.iter().flat_map(Layered::ranks) {
        grid.ranks[item] = rank;
    }
    if let Some(mut packing) = best {
        packing.fill(graph, &mut grid);
    }
    rows::align(graph, &mut grid);
    grid
}

/// Heights worth trying: all small ones, and of the large ones some.
fn heights(tallest: usize) -> impl Iterator<Item = usize> {
    let next = |rows: &usize| Some(rows + 1 + rows / 6);
    std::iter::successors(Some(1), next).take_while(move |rows| *rows < tallest + 2)
}

/// Groups in layers, senders first. Groups without flows to others come last.
fn group_layers(graph: &Graph<'_>) -> Vec<Vec<usize>> {
    let mut weights = Weights::new();
    for ((from, to), weight) in &graph.pairs {
        let pair = (graph.items[*from].group, graph.items[*to].group);
        if pair.0 != pair.1 {
            *weights.entry(pair).or_default() += weight;
        }
    }
    let found = layers(graph.groups.len(), &weights);
    let last = found.iter().flatten().max().map_or(0, |layer| layer + 1);
    let mut result = vec![Vec::new(); last + 1];
    for (group, layer) in found.into_iter().enumerate() {
        result[layer.unwrap_or(last)].push(group);
    }
    for layer in &mut result {
        layer.arrange_by_key(|group| graph.groups[*group].name.is_empty());
    }
    result
}

impl Packing {
    fn new(
        layered: &[Layered],
        layers: &[Vec<usize>],
        columns: usize,
        width: usize,
        rows: usize,
    ) -> Self {
        let blocks: Vec<Block> = layered.iter().map(|it| it.block(width, rows)).collect();
        let mut shelves: Vec<Vec<Stack>> = Vec::new();
        let mut free = 0;
        for stack in layers.iter().enumerate().flat_map(|layer| stacks(layer, &blocks, rows)) {
            match shelves.last_mut() {
                Some(shelf) if stack.width <= free => {
                    free -= stack.width;
                    shelf.push(stack);
                }
                _ => {
                    free = columns.saturating_sub(stack.width);
                    shelves.push(vec![stack]);
                }
            }
        }
        Self { blocks, shelves }
    }

    /// How far it is from a picture that fits on a screen and shows each layer as a column.
    fn cost(&self) -> usize {
        const ROW: usize = 10;
        const ROW_OFF_SCREEN: usize = 12;
        const ROWS_ON_SCREEN: usize = 4;
        const SHELF: usize = 12;
        const STACKED: usize = 2;
        const JOIN: usize = 4;
        const CUT: usize = 12;
        let shelf_cost = |shelf: &Vec<Stack>| {
            let rows = shelf.iter().map(|stack| stack.rows).max().unwrap_or(0);
            let groups = shelf.iter().map(|stack| stack.groups.len()).max().unwrap_or(0);
            SHELF
                + rows * ROW
                + rows.saturating_sub(ROWS_ON_SCREEN) * ROW_OFF_SCREEN
                + groups * STACKED
        };
        let block_cost = |block: &Block| block.joins * JOIN + block.cuts * CUT;
        self.shelves.iter().map(shelf_cost).sum::<usize>()
            + self.blocks.iter().map(block_cost).sum::<usize>()
    }

    fn fill(&mut self, graph: &Graph<'_>, grid: &mut Grid) {
        for shelf in &mut self.shelves {
            let rows = shelf.iter().map(|stack| stack.rows).max().unwrap_or(0);
            shelf.arrange_by_cached_key(|stack| (stack.layer, stack.wish(graph, grid)));
            let mut column = 0;
            for stack in shelf {
                let spread = Spread { rows, taken: stack.rows, parts: stack.groups.len() };
                let mut row = grid.rows;
                for (number, group) in stack.groups.iter().enumerate() {
                    let block = &self.blocks[*group];
                    let first = Cell { column, row: row + spread.before(number) };
                    grid.put(*group, block, first);
                    row += block.rows();
                }
                column += stack.width;
            }
            grid.columns = grid.columns.max(column);
            grid.rows += rows;
        }
    }
}

impl Stack {
    /// The mean column, times a hundred, of what it has flows with above: it should be there too.
    fn wish(&self, graph: &Graph<'_>, grid: &Grid) -> usize {
        let is_mine = |item: usize| self.groups.contains(&graph.items[item].group);
        let is_above = |item: usize| grid.cells[item].row < grid.rows;
        let (count, sum) = graph
            .pairs
            .keys()
            .flat_map(|(from, to)| [(*from, *to), (*to, *from)])
            .filter(|(item, other)| is_mine(*item) && !is_mine(*other) && is_above(*other))
            .fold((0, 0), |(count, sum), (_, other)| (count + 1, sum + grid.cells[other].column));
        (sum * 100).checked_div(count).unwrap_or(0)
    }
}

/// Puts groups on top of each other up to a height.
fn stacks((layer, groups): (usize, &Vec<usize>), blocks: &[Block], rows: usize) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for group in groups {
        let block = &blocks[*group];
        if stacks.last().is_none_or(|stack| stack.rows + block.rows() > rows) {
            stacks.push(Stack { layer, ..Stack::default() });
        }
        if let Some(stack) = stacks.last_mut() {
            stack.groups.push(*group);
            stack.rows += block.rows();
            stack.width = stack.width.max(block.width());
        }
    }
    stacks
}

/// Spreads parts over more rows than they take, with the free rows evenly around them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) rows: usize,
    pub(crate) taken: usize,
    pub(crate) parts: usize,
}

impl Spread {
    /// How many of the free rows are before this part.
    pub(crate) fn before(self, part: usize) -> usize {
        let free = self.rows.saturating_sub(self.taken);
        let halves = 2 * self.parts.max(1);
        // Rounded to the nearest, and a half to what is above.
        (2 * free * (2 * part + 1) + halves - 1) / (2 * halves)
    }
}

impl Grid {
    fn put(&mut self, group: usize, block: &Block, first: Cell) {
        let rows = block.rows();
        self.areas[group] = Area {
            first,
            last: Cell { column: first.column + block.width() - 1, row: first.row + rows - 1 },
        };
        for (number, items) in block.columns.iter().enumerate() {
            let taken = if block.reads { rows } else { items.len() };
            let spread = Spread { rows, taken, parts: items.len() };
            for (place, item) in items.iter().enumerate() {
                let row = first.row + place + spread.before(place);
                self.cells[*item] = Cell { column: first.column + number, row };
            }
        }
    }
}
