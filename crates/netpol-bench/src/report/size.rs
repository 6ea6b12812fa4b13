//! How large the page is.

use super::table::{self, number};
use crate::measure::size::{File, Size};

/// Its table.
pub(super) fn section(size: &Size) -> String {
    let row = |file: &File| {
        let seen = if file.is_first() { "yes" } else { "" };
        vec![file.name.clone(), number(file.bytes), number(file.brotli), seen.to_owned()]
    };
    let mut rows: Vec<Vec<String>> = size.files.iter().map(row).collect();
    let bytes: usize = size.files.iter().map(|file| file.bytes).sum();
    rows.push(vec!["all".to_owned(), number(bytes), number(size.total()), String::new()]);
    table::section(
        "Size",
        &[
            "The built page. Its build draws the first view into `index.html`, so that it is seen before any program \
             has come; to\nuse it takes all of this, the worker too. Compressed is Brotli at its best.",
            &table::table(&["file", "bytes", "compressed", "to see the first view"], &rows),
        ],
    )
}
