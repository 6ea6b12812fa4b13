//! How many columns a picture gets, so that it is large in its room.

use crate::Options;
use crate::graph::Graph;
use crate::grid::{self, Grid};
use crate::measures::{self, Measures};

/// More columns are worth their longer ways if they make the picture so much larger.
const WORTH: f64 = 1.1;

/// The grid, and the width that it is laid out for.
///
/// Where the height of the room is known, more columns than fit at full size are tried, too: they make the
/// picture lower. What counts is how large it can be shown; of equals it is the one with the fewest columns.
pub(crate) fn grid(graph: &Graph<'_>, options: Options) -> (f64, Grid) {
    let room = f64::from(options.width);
    let least = measures::columns(options.width);
    let usual = (room, grid::grid(graph, least));
    let Some(height) = options.height else { return usual };
    let scale = |(width, grid): &(f64, Grid)| {
        // Before it is known where edges run: as many in each lane, and some run straight.
        let lanes = vec![graph.pairs.len() * 2 / 3 / (grid.rows + 1); grid.rows + 1];
        let tall = Measures::new(grid, *width, &lanes).height;
        (room / width).min(f64::from(height) / tall)
    };
    let (mut largest, mut best) = (scale(&usual), usual);
    for columns in least + 1..=2 * least {
        let width = measures::width_of(columns).max(room);
        if room / width <= largest {
            break;
        }
        let next = (width, grid::grid(graph, columns));
        let shown = scale(&next);
        if shown > largest * WORTH {
            (largest, best) = (shown, next);
        }
    }
    best
}
