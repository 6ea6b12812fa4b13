//! Serving the page on this machine.

mod http;

use std::thread;
use std::time::Duration;

use anyhow::Result;

pub(crate) use http::{Served, listen};

use crate::page;
use crate::repo::Repo;
use crate::say;

/// How often `--watch` looks at the sources.
const LOOK: Duration = Duration::from_millis(500);

/// Builds the page and serves it until the process is ended.
pub(crate) fn run(repo: &Repo, port: u16, watch: bool) -> Result<()> {
    // A port that is taken is better said before the build than after it.
    let listener = listen(port)?;
    page::build(repo)?;
    let served = Served::start(listener, repo.dist())?;
    say::step("serving", served.url());
    if watch {
        say::step("watching", "the page is built again when a source file changes");
        watch_sources(repo)
    } else {
        loop {
            thread::park();
        }
    }
}

/// Builds again after every change; a build that fails leaves the last page in place.
fn watch_sources(repo: &Repo) -> Result<()> {
    let mut built = page::inputs(repo)?;
    loop {
        thread::sleep(LOOK);
        let seen = page::inputs(repo)?;
        if seen == built {
            continue;
        }
        built = settled(repo, seen)?;
        match page::build(repo) {
            Ok(()) => say::step("watching", "reload the page to see the change"),
            Err(error) => {
                say::step("watching", &format!("the page stays as it was: {error:#}"));
            }
        }
    }
}

/// Waits until the sources stand still: a change of branch touches many files.
fn settled(repo: &Repo, mut seen: String) -> Result<String> {
    loop {
        thread::sleep(LOOK);
        let now = page::inputs(repo)?;
        if now == seen {
            return Ok(now);
        }
        seen = now;
    }
}
