//! The benchmarks: builds what is measured, and lets `netpol-bench` measure it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::repo::Repo;
use crate::serve::{self, Served};
use crate::{child, page, say, setup};

/// A part of the benchmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The engine on this machine.
    Native,
    /// The worker in a real Chromium.
    Wasm,
    /// The page in a real Chromium, used as people use it.
    Page,
    /// How large the page is.
    Size,
}

impl Part {
    pub(crate) const ALL: [Part; 4] = [Part::Native, Part::Wasm, Part::Page, Part::Size];

    /// The option that asks for it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Part::Native => "native",
            Part::Wasm => "wasm",
            Part::Page => "page",
            Part::Size => "size",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// Measures the parts and prints the report; all, if none is named, and writes
/// `docs/benchmarks.md`.
pub(crate) fn run(repo: &Repo, parts: &[Part]) -> Result<()> {
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut measure =
        repo.cargo(&["run", "--quiet", "--release", "--package", "netpol-bench", "--"]);
    let in_browser = wanted(Part::Wasm) || wanted(Part::Page);
    if in_browser || wanted(Part::Size) {
        page::build(repo)?;
    }
    if wanted(Part::Size) {
        measure.arg("--dist").arg(repo.dist());
    }
    // Lives as long as it is measured.
    let mut served = None;
    if in_browser {
        let driver = setup::chromedriver()?;
        let page = served.insert(Served::start(serve::listen(0)?, repo.dist())?);
        measure.arg("--url").arg(page.url()).arg("--driver").arg(driver);
        measure.args(wanted(Part::Wasm).then_some("--worker"));
        measure.args(wanted(Part::Page).then_some("--page"));
    }
    if wanted(Part::Native) {
        let target = target()?;
        let results = target.join("benchmarks");
        build(repo)?;
        harness(repo, &results)?;
        measure.arg("--results").arg(results);
        measure
            .arg("--netpol")
            .arg(target.join("release/netpol").with_extension(env::consts::EXE_EXTENSION));
    }
    if parts.is_empty() {
        measure.arg("--write").arg(repo.root.join("docs/benchmarks.md"));
    }
    let status = measure.status().context("cannot start the benchmarks")?;
    drop(served);
    if !status.success() {
        bail!("the benchmarks failed ({status})");
    }
    Ok(())
}

fn build(repo: &Repo) -> Result<()> {
    let took = child::run(&mut repo.cargo(&["build", "--release", "--package", "netpol-cli"]))?;
    say::step("netpol", &format!("built in {}", say::elapsed(took)));
    Ok(())
}

/// Lets Criterion measure, and leave its results in a folder.
fn harness(repo: &Repo, results: &Path) -> Result<()> {
    let mut command = repo.cargo(&["bench", "--package", "netpol-bench", "--bench", "engine"]);
    let took = child::run(command.env("CRITERION_HOME", results))?;
    say::step("native", &format!("measured in {}", say::elapsed(took)));
    Ok(())
}

/// The folder that this program was built into.
fn target() -> Result<PathBuf> {
    let program = env::current_exe().context("this program does not know where it is")?;
    let target = program.ancestors().nth(2).context("this program is in no target folder")?;
    Ok(target.to_owned())
}
