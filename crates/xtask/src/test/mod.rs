//! The tests, in parts that can each be run alone.

mod count;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use count::Count;

use crate::repo::Repo;
use crate::serve::{self, Served};
use crate::{child, dist, package, page, say, setup};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Fmt,
    Clippy,
    Docs,
    Editor,
    Unit,
    Conformance,
    Package,
    Browser,
    Mdbook,
    Docusaurus,
}

impl Part {
    /// Quick ones first.
    pub(crate) const ALL: [Part; 10] = [
        Part::Fmt,
        Part::Clippy,
        Part::Docs,
        Part::Editor,
        Part::Unit,
        Part::Conformance,
        Part::Package,
        Part::Browser,
        Part::Mdbook,
        Part::Docusaurus,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Part::Fmt => "fmt",
            Part::Clippy => "clippy",
            Part::Docs => "docs",
            Part::Editor => "editor",
            Part::Unit => "unit",
            Part::Conformance => "conformance",
            Part::Package => "package",
            Part::Browser => "browser",
            Part::Mdbook => "mdbook",
            Part::Docusaurus => "docusaurus",
        }
    }

    /// Whether it is run without being named: what another one takes minutes to install for is not.
    fn is_usual(self) -> bool {
        !matches!(self, Part::Mdbook | Part::Docusaurus)
    }

    fn run(self, repo: &Repo) -> Result<Count> {
        match self {
            Part::Fmt => fmt(repo),
            Part::Clippy => clippy(repo),
            Part::Docs => docs(repo),
            Part::Editor => editor(repo),
            Part::Unit => unit(repo),
            Part::Conformance => {
                counted(&mut repo.cargo(&["test", "--no-fail-fast", "--package", "netpol-tests"]))
            }
            Part::Package => checked(&mut package::tests(repo)?),
            Part::Browser => browser(repo),
            Part::Mdbook => site(repo, self, setup::mdbook()?),
            Part::Docusaurus => site(repo, self, setup::docusaurus(repo)?),
        }
    }
}

/// Runs the parts, the usual ones if none is named; a part that fails does not keep the others from running.
pub(crate) fn run(repo: &Repo, parts: &[Part]) -> ExitCode {
    let mut summary = Vec::new();
    let mut total = Count::default();
    let wanted = |part: &Part| {
        if parts.is_empty() { part.is_usual() } else { parts.contains(part) }
    };
    for part in Part::ALL.into_iter().filter(wanted) {
        println!("\n== {} ==", part.name());
        let start = Instant::now();
        let count = part.run(repo).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Count::FAILED
        });
        summary.push(format!("{:<16}{count} ({})", part.name(), say::elapsed(start.elapsed())));
        total += count;
    }
    println!("\n== summary ==\n{}\n{total}", summary.join("\n"));
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fmt(repo: &Repo) -> Result<Count> {
    setup::rust_component("fmt", "rustfmt")?;
    checked(&mut repo.cargo(&["fmt", "--all", "--check"]))
}

fn clippy(repo: &Repo) -> Result<Count> {
    setup::rust_component("clippy", "clippy")?;
    setup::wasm_target()?;
    page::editor_bundle(repo)?;
    let deny = ["--", "--deny", "warnings"];
    let host = ["clippy", "--workspace", "--all-targets", "--features", "netpol-tests/browser"];
    let wasm = ["clippy", "--package", "netpol-web", "--target", setup::WASM_TARGET];
    let mut count = checked(&mut repo.cargo(&[&host[..], &deny].concat()))?;
    count += checked(&mut repo.cargo(&[&wasm[..], &deny].concat()))?;
    Ok(count)
}

fn docs(repo: &Repo) -> Result<Count> {
    page::editor_bundle(repo)?;
    checked(repo.cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))
}

fn editor(repo: &Repo) -> Result<Count> {
    setup::node_packages(repo)?;
    checked(setup::npm(repo)?.args(["run", "--silent", "check"]))
}

fn unit(repo: &Repo) -> Result<Count> {
    page::editor_bundle(repo)?;
    counted(&mut repo.cargo(&[
        "test",
        "--no-fail-fast",
        "--workspace",
        "--exclude",
        "netpol-tests",
    ]))
}

fn browser(repo: &Repo) -> Result<Count> {
    let geckodriver = setup::geckodriver();
    setup::site_generators();
    in_browser(repo, |command| match geckodriver {
        Some(driver) => command.env("GECKODRIVER", driver),
        None => command.args(["--", "--skip", "firefox::"]),
    })
}

/// Runs the tests of one generator of sites, which is in a folder of its own. One after the other:
/// while a site is built, a browser beside it would wait for long.
fn site(repo: &Repo, part: Part, generator: PathBuf) -> Result<Count> {
    let path = setup::on_path([generator])?;
    in_browser(repo, |command| {
        command.env("PATH", path).args(["--", "--test-threads", "1", part.name()])
    })
}

/// Runs tests on the built page, with what `more` says.
fn in_browser(repo: &Repo, more: impl FnOnce(&mut Command) -> &mut Command) -> Result<Count> {
    let chromedriver = setup::chromedriver()?;
    page::build(repo)?;
    let site = repo.root.join("site");
    dist::make(repo, &site)?;
    let served = Served::start(serve::listen(0)?, repo.dist())?;
    let mut command = repo.cargo(&[
        "test",
        "--package",
        "netpol-tests",
        "--features",
        "browser",
        "--test",
        "browser",
    ]);
    command.env("NETPOL_PLAYGROUND_URL", served.url()).env("NETPOL_SITE", site);
    command.env("CHROMEDRIVER", chromedriver);
    counted(more(&mut command))
}

/// Runs a check that counts as one test.
fn checked(command: &mut Command) -> Result<Count> {
    let status =
        command.status().with_context(|| format!("cannot start `{}`", child::shown(command)))?;
    Ok(if status.success() { Count::PASSED } else { Count::FAILED })
}

/// Runs tests, shows what they print, and counts what they report.
fn counted(command: &mut Command) -> Result<Count> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", child::shown(command)))?;
    let mut count = Count::default();
    let mut out = std::io::stdout();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            out.write_all(&line)?;
            out.write_all(b"\n")?;
            count += Count::reported(&String::from_utf8_lossy(&line));
        }
    }
    let status = child.wait()?;
    // What did not compile or broke off reports nothing.
    if !status.success() && count.failed == 0 {
        count += Count::FAILED;
    }
    Ok(count)
}
