//! Where everything is: cells for cards, and ways for the lines between them.
//!
//! Most of what drawing costs, and the same after most edits: see [`LastLayout`].

use std::collections::BTreeMap;

use netpol_sort::Gather;

use crate::bundle::Bundles;
use crate::graph::{Graph, Group};
use crate::grid::Grid;
use crate::measures::{self, Measures};
use crate::wire::{self, Wire};
use crate::{Contents, Options, Places, Scene, cards, draw, fit, moved, route};

/// Draws one picture after another. As long as the same cards and pairs are drawn in the same room, their places are
/// those of the picture before and are not searched for again, whatever is written on them.
#[derive(Debug, Default)]
pub struct LastLayout(Option<(Basis, Layout)>);

impl LastLayout {
    /// What [`scene`](crate::scene) gives for the same.
    pub fn scene(&mut self, contents: &Contents<'_>, options: Options) -> Scene {
        draw(contents, |graph, bundles| {
            let basis = Basis::new(graph, bundles, contents.places, options);
            let last = self.0.take().filter(|(last, _)| *last == basis);
            let (_, layout) = self.0.insert(last.unwrap_or_else(|| {
                let layout = Layout::new(graph, &basis);
                (basis, layout)
            }));
            layout
        })
    }
}

/// All that a layout depends on.
#[derive(Debug, PartialEq)]
struct Basis {
    /// The names of groups, and the ids of the items in each. They decide the items' indices, too.
    groups: Vec<(String, Vec<String>)>,
    /// Who has flows to whom, and how much that says.
    pairs: BTreeMap<(usize, usize), usize>,
    /// Between which of them lines are drawn.
    drawn: Vec<(usize, usize)>,
    places: Places,
    options: Options,
}

impl Basis {
    fn new(graph: &Graph<'_>, bundles: &Bundles<'_>, places: &Places, options: Options) -> Self {
        let ids = |group: &Group<'_>| {
            group.items.iter().map(|item| graph.items[*item].id.to_owned()).collect()
        };
        let group = |group: &Group<'_>| (group.name.to_owned(), ids(group));
        Self {
            groups: graph.groups.iter().map(group).collect(),
            pairs: graph.pairs.clone(),
            drawn: bundles.keys().copied().filter(|(from, to)| from != to).collect(),
            places: places.clone(),
            options,
        }
    }
}

/// Where everything is.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) grid: Grid,
    pub(crate) measures: Measures,
    /// One for each pair of different items between which a line is drawn.
    pub(crate) wires: BTreeMap<(usize, usize), Wire>,
}

impl Layout {
    fn new(graph: &Graph<'_>, basis: &Basis) -> Self {
        let options = basis.options.for_cards(graph.items.len());
        // Those of another document say nothing.
        let is_moved = basis.places.keys().any(|id| graph.index(id).is_some());
        let (width, grid) = if is_moved {
            let columns = measures::columns(options.width);
            (options.width.into(), moved::grid(graph, columns, &basis.places))
        } else {
            fit::grid(graph, options)
        };
        let titles = cards::title_widths(graph);
        let rough = Measures::new(&grid, width, &[]);
        let route = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
            route::routes(graph, &grid, &rough, &titles, pairs)
        };
        let all = route(&mut basis.pairs.keys().copied());
        let lanes = wire::lane_use(&grid, &rough, &all);
        let measures = Measures::new(&grid, width, &lanes);

        // Without a filter, lines are drawn between all.
        let routes = if basis.pairs.keys().eq(&basis.drawn) {
            all
        } else {
            route(&mut basis.drawn.iter().copied())
        };
        let pairs = routes.iter().map(|route| (route.from, route.to));
        let wires = pairs.zip(wire::wires(&grid, &measures, &routes)).gather();
        Self { grid, measures, wires }
    }
}
