//! The part of `cargo xtask bench` that measures and writes: what the harness of
//! `benches/engine.rs` has found out, what needs processes of its own (memory, instructions, the whole
//! command), what needs a browser, and sizes of files.
//!
//! ```text
//! args ──▶ measure/: native, worker, page, size ──▶ report/: budgets and tables ──▶ docs/benchmarks.md
//! ```
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks on its standard streams"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "it measures: files, clock and processes are its business"
)]

mod args;
mod measure;
mod report;

use std::fs;

use anyhow::{Context, Result};

use args::{Command, Report};
use measure::{Measured, native, page, process, size, worker};

fn main() -> Result<()> {
    match args::parse(lexopt::Parser::from_env())? {
        Command::Stage(stage, file) => process::run_stage(stage, &file),
        Command::Report(report) => run(&report),
    }
}

fn run(report: &Report) -> Result<()> {
    let browser = report.browser.as_ref();
    let measured = Measured {
        native: report.native.as_ref().map(native::measure).transpose()?,
        worker: browser.filter(|_| report.worker).map(worker::measure).transpose()?,
        page: browser.filter(|_| report.page).map(page::measure).transpose()?,
        size: report.dist.as_deref().map(size::measure).transpose()?,
    };
    let text = report::page(&measured);
    let Some(file) = &report.write else {
        print!("{text}");
        return Ok(());
    };
    fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()))
}
