//! The `netpol` command: the engine for a person with a terminal and for scripts.
//!
//! ```text
//! arguments ──args──▶ a verb of command/ ──session──▶ input, analysis, findings ──output──▶ answer
//! ```
#![expect(clippy::disallowed_methods, reason = "a command reads files and knows the time")]

mod args;
mod command;
mod exit;
mod findings;
mod input;
mod junit;
mod output;
mod progress;
mod session;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::args::Cli;
use crate::exit::Failure;

/// Reading makes many small values: with the C library's allocator a run takes a third longer.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let exit = match Cli::try_parse() {
        Ok(cli) => cli.command.run().unwrap_or_else(Failure::report),
        Err(refusal) => args::answer(&refusal),
    };
    exit.into()
}
