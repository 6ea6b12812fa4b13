//! How large the page is.

use super::table::{self, number};
use crate::measure::size::{File, Size};

/// Its table.
pub(super) fn section(size: &Size) -> String {
    let row = |file: &File| vec![file.name.clone(), number(file.bytes), number(file.brotli)];
    let mut rows: Vec<Vec<String>> = size.files.iter().map(row).collect();
    let bytes: usize = size.files.iter().map(|file| file.bytes).sum();
    rows.push(vec!["all".to_owned(), number(bytes), number(size.total())]);
    table::section(
        "Size",
        &[
            "The built page. The first view needs all of it, the worker too: it shows verdicts. Compressed is \
             Brotli at its best.",
            &table::table(&["file", "bytes", "compressed"], &rows),
        ],
    )
}
