//! The page as people use it.

use std::time::Duration;

use super::table::{self, time};
use crate::measure::page::{Page, Row, Visit, Waited};

/// Its table.
pub(super) fn section(page: &Page) -> String {
    let head = [
        "document",
        "opened",
        "longest task",
        "key, half of them",
        "key, 95 of 100",
        "longest task",
        "moving",
        "frames a second",
        "moving when reduced",
    ];
    let cells = |row: &Row| {
        vec![
            row.name.to_owned(),
            time(row.open.time()),
            task(row.open.longest_task()),
            time(row.key_percentile(50)),
            time(row.key_percentile(95)),
            task(row.longest_task_of_keys()),
            row.frames.moving.to_string(),
            format!("{:.0}", row.frames.rate),
            row.moving_when_reduced.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = page.rows.iter().map(cells).collect();
    let visits = |until: fn(&Visit) -> Duration| {
        page.visits.iter().map(until).map(time).collect::<Vec<_>>().join(", ")
    };
    table::section(
        "On the page",
        &[
            "The built page in a window of its own, driven by key presses. A document is opened by dropping its \
             file; the\ntime is until its picture is drawn. Keys change the label of a pod at the document's \
             end, letter by letter; the time\nis from pressing a key until the picture of the changed text is \
             drawn. Longest tasks are those on the page's\nthread that took more than 50 ms, while opening and \
             while pressing keys. Moving are the animations that run,\nalso when the system asks for less \
             motion.",
            &table::table(&head, &rows),
            &format!(
                "First visits, with an empty cache and the page's thread slowed to a quarter (the worker's is \
                 not), until the\nfirst view is seen: {}; until it can be used: {}.",
                visits(Visit::seen),
                visits(Visit::usable)
            ),
        ],
    )
}

fn task(longest: Option<Duration>) -> String {
    longest.map_or("-".to_owned(), time)
}

/// The longest task of all, opening and typing.
pub(super) fn longest_task(page: &Page) -> Option<Duration> {
    let opening = page.rows.iter().filter_map(|row| Waited::longest_task(&row.open));
    opening.chain(page.rows.iter().filter_map(Row::longest_task_of_keys)).max()
}
