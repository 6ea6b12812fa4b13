use yew::prelude::*;

use crate::js::page;

/// About so many rows are in sight.
const FIRST: usize = 8;

/// So many more are drawn at a time.
const SLICE: usize = 16;

/// How many rows of a long list are drawn by now: those in sight at once, the others when the browser has
/// drawn those.
#[hook]
pub(crate) fn use_slices(rows: usize) -> usize {
    let drawn = use_state_eq(|| FIRST);
    let (now, set) = (*drawn, drawn.setter());
    use_effect_with((now, rows), move |(now, rows)| {
        let (now, rows) = (*now, *rows);
        if now < rows {
            page::when_drawn(move || set.set(now + SLICE));
        } else if now > rows + SLICE {
            set.set(rows.max(FIRST));
        }
    });
    now.min(rows)
}
