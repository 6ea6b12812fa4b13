//! What was measured, as a page for people.

mod budgets;
mod machine;
mod native;
mod page;
mod size;
mod table;
mod worker;

use crate::measure::Measured;

/// The whole page. What was not measured has no section.
pub(crate) fn page(measured: &Measured) -> String {
    let worker = measured.worker.as_ref().map(|worker| worker.browser.as_str());
    let browser = worker.or(measured.page.as_ref().map(|page| page.browser.as_str()));
    let sections = [
        Some(introduction()),
        Some(machine::section(browser)),
        Some(budgets::section(measured)),
        measured.native.as_ref().map(native::sections),
        measured.worker.as_ref().map(worker::section),
        measured.page.as_ref().map(page::section),
        measured.size.as_ref().map(size::section),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn introduction() -> String {
    "\
# Benchmarks

Written by `cargo xtask bench`, which anyone can run; nobody edits this page. `--native`, `--wasm`,
`--page` and `--size` print a part of it. Where nothing else is said, a time is the fastest of at least
five runs: what the work costs when the machine does nothing else. Inputs are made by formula (`crates/netpol-bench/src/shape`), the same on
every machine. MB are 1,000,000 bytes, KB 1,000.
"
    .to_owned()
}

#[cfg(test)]
mod tests;
