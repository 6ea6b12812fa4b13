//! The command line, which `cargo xtask bench` writes.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::measure::process::Stage;

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// Measure what there are means for, and report.
    Report(Report),
    /// Run the stages up to one on a file: how this program starts itself, to be looked at.
    Stage(Stage, PathBuf),
}

/// The means, and where the report goes.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What the native part needs.
    pub(crate) native: Option<Native>,
    /// What the parts in the browser need, if any of them is wanted.
    pub(crate) browser: Option<Browser>,
    /// Whether to measure the worker.
    pub(crate) worker: bool,
    /// Whether to measure the page.
    pub(crate) page: bool,
    /// The built page.
    pub(crate) dist: Option<PathBuf>,
    /// The file to write; without it the report is printed.
    pub(crate) write: Option<PathBuf>,
}

/// What the native part needs.
#[derive(Debug)]
pub(crate) struct Native {
    /// Where the harness has left its results.
    pub(crate) results: PathBuf,
    /// The command `netpol`.
    pub(crate) netpol: PathBuf,
}

/// What the parts in the browser need.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The address at which the built page is served.
    pub(crate) url: String,
    /// Chromium's driver.
    pub(crate) driver: PathBuf,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Command> {
    let (mut results, mut netpol, mut url, mut driver) = (None, None, None, None);
    let mut report = Report::default();
    while let Some(arg) = args.next()? {
        match arg {
            Value(name) if name == "stage" => {
                let stage = args.value()?.string()?;
                let stage =
                    Stage::named(&stage).with_context(|| format!("there is no stage `{stage}`"))?;
                return Ok(Command::Stage(stage, args.value()?.into()));
            }
            Long("results") => results = Some(args.value()?.into()),
            Long("netpol") => netpol = Some(args.value()?.into()),
            Long("url") => url = Some(args.value()?.string()?),
            Long("driver") => driver = Some(args.value()?.into()),
            Long("worker") => report.worker = true,
            Long("page") => report.page = true,
            Long("dist") => report.dist = Some(args.value()?.into()),
            Long("write") => report.write = Some(args.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    report.native = match (results, netpol) {
        (Some(results), Some(netpol)) => Some(Native { results, netpol }),
        (None, None) => None,
        _ => bail!("`--results` and `--netpol` go together"),
    };
    report.browser = match (url, driver) {
        (Some(url), Some(driver)) => Some(Browser { url, driver }),
        (None, None) if !report.worker && !report.page => None,
        _ => bail!("`--worker` and `--page` need `--url` and `--driver`"),
    };
    Ok(Command::Report(report))
}
