//! The engine in the browser's worker.

use std::time::Duration;

use super::table::{self, mebibytes, megabytes_per_second, time};
use crate::measure::worker::{Round, Row, Worker};

/// What a browser's clock tells apart on a page that is not isolated:
/// <https://www.w3.org/TR/hr-time-3/#clock-resolution>
const CLOCK: Duration = Duration::from_micros(100);

/// Its table.
pub(super) fn section(worker: &Worker) -> String {
    let head = [
        "input",
        "start",
        "read, at first",
        "read",
        "judge, at first",
        "judge",
        "one explanation",
        "memory",
    ];
    let read = |row: &Row, taken| {
        format!("{} ({:.0} MB/s)", time(taken), megabytes_per_second(row.bytes, taken))
    };
    let cells = |row: &Row| {
        let outcome = &row.outcome;
        vec![
            format!("{}, {}", row.shape.name, row.form.name().to_uppercase()),
            time(outcome.start()),
            read(row, outcome.first(Round::read)),
            read(row, outcome.fastest(Round::read)),
            told(outcome.first(Round::judge)),
            told(outcome.fastest(Round::judge)),
            told(outcome.fastest(Round::explain)),
            format!("{:.0} MiB", mebibytes(outcome.memory())),
        ]
    };
    let rows: Vec<Vec<String>> = worker.rows.iter().map(cells).collect();
    table::section(
        "In the browser's worker",
        &[
            "The worker of the built page, as the page talks to it. Start is until its first word. Reading is \
             from sending the\ntext to having its overview: message, reading, resolving, findings, the list \
             of objects, message. Judging is the first\nquestion about all pairs without what the same \
             question takes once more. `At first` is in a new worker, whose program the\nbrowser has not \
             finished optimising; the columns after it are the fastest of five rounds. Memory is that of \
             the\nprogram after the first round, text and answer included.",
            &table::table(&head, &rows),
        ],
    )
}

/// A time, or that it was too short for the clock.
fn told(taken: Duration) -> String {
    if taken < CLOCK { format!("< {}", time(CLOCK)) } else { time(taken) }
}
