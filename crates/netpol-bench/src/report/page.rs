//! The page as people use it.

use std::time::Duration;

use super::table::{self, time};
use crate::measure::page::{Document, Opened, Page, Visit};

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
    let cells = |document: &Document| {
        let [open, half, most] = [
            document.best(|round| round.open.time()),
            document.best(|round| round.key_percentile(50)),
            document.best(|round| round.key_percentile(95)),
        ]
        .map(Option::unwrap_or_default);
        let moving = document.worst(|round| round.frames.moving).unwrap_or_default();
        vec![
            document.name.to_owned(),
            time(open),
            task(document.best(|round| round.open.longest_task()).flatten()),
            time(half),
            time(most),
            task(document.best(Opened::longest_task_of_keys).flatten()),
            moving.to_string(),
            format!("{:.0}", rate(document)),
            document.worst(|round| round.moving_when_reduced).unwrap_or_default().to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = page.documents.iter().map(cells).collect();
    let visits = |until: fn(&Visit) -> Duration| listed(page.visits.iter().map(until));
    table::section(
        "On the page",
        &[
            "The built page in a window of its own, driven by key presses. A document is opened by dropping its \
             file; the\ntime is until its picture is drawn. Keys change the label of a pod at the document's \
             end, letter by letter; the time\nis from pressing a key until the picture of the changed text is \
             drawn. Longest tasks are those on the page's\nthread that took more than 50 ms, while opening and \
             while pressing keys. Moving are the animations that run,\nalso when the system asks for less \
             motion. Each document has three rounds, each in a new browser; a column says the\nbest of them.",
            &table::table(&head, &rows),
            &format!(
                "First visits, with an empty cache and the page's thread slowed to a quarter (the worker's is \
                 not), until the\nfirst view is seen: {}; until it can be used: {}.\n\nWhat of that is work, in \
                 processor time of the page's thread at full speed: {}.",
                visits(Visit::seen),
                visits(Visit::usable),
                listed(page.works.iter().copied())
            ),
        ],
    )
}

fn listed(times: impl Iterator<Item = Duration>) -> String {
    times.map(time).collect::<Vec<_>>().join(", ")
}

fn task(longest: Option<Duration>) -> String {
    longest.map_or("-".to_owned(), time)
}

/// The most frames a second in one of the rounds.
pub(super) fn rate(document: &Document) -> f64 {
    document.rounds.iter().map(|round| round.frames.rate).fold(0.0, f64::max)
}
