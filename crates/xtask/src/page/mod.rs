//! Building the page: the editor's bundle, then everything else by Trunk.

mod finish;
mod semantics;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::repo::{Repo, without_crates_folder};
use crate::{child, say, setup, stamp};

/// Builds the page into `dist/`, unless it was built from what is there now.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    let inputs = inputs(repo)?;
    if stamp::matches(&repo.dist(), &inputs) {
        say::step("page", "up to date");
        return Ok(());
    }
    editor_bundle(repo)?;
    let path = setup::page_tools(repo)?;
    // Trunk then works offline, which keeps it from downloading tools of its own.
    let took = child::run(&mut repo.cargo(&["fetch", "--locked"]))
        .context("cannot download the crates")?;
    say::step("crates", &format!("fetched in {}", say::elapsed(took)));

    say::step("page", "building");
    let mut trunk = repo.command("trunk");
    trunk.args(["build", "--release", "--locked", "--offline"]);
    trunk.args(["--skip-version-check", "--color", "never", "--log", "error"]);
    // Trunk 0.21 fails on the customary `NO_COLOR=1`.
    trunk.env("PATH", path).env_remove("NO_COLOR").env("RUST_BACKTRACE", "0");
    let took = child::run(without_crates_folder(&mut trunk)).context("cannot build the page")?;
    stamp::write(&repo.dist(), &inputs)?;
    say::step("page", &format!("built in {}", say::elapsed(took)));
    Ok(())
}

/// What explanations link to; the page has it beside itself.
const SEMANTICS: &str = "docs/semantics.md";

/// Stands for everything that the page is made from.
pub(crate) fn inputs(repo: &Repo) -> Result<String> {
    let paths =
        |names: &[&str]| names.iter().map(|name| repo.root.join(name)).collect::<Vec<PathBuf>>();
    stamp::of_files(
        &paths(&[
            "Cargo.toml",
            "Cargo.lock",
            "Trunk.toml",
            "index.html",
            "web",
            "crates",
            SEMANTICS,
        ]),
        &paths(&[
            "web/editor/node_modules",
            "web/editor/build",
            "crates/netpol-bench",
            "crates/netpol-cli",
            "crates/netpol-share-js",
            "crates/xtask",
        ]),
    )
}

/// Bundles the editor into one module for the first view and others that it loads later, and the style sheets into one.
pub(crate) fn editor_bundle(repo: &Repo) -> Result<()> {
    setup::node_packages(repo)?;
    let build = repo.editor().join("build");
    let sources = ["package.json", "package-lock.json", "tsconfig.json", "src"]
        .map(|name| repo.editor().join(name));
    let beside = ["web/embed", "web/css"].map(|name| repo.root.join(name));
    let sources = [&sources[..], &beside].concat();
    let inputs = stamp::of_files(&sources, &[])?;
    if stamp::matches(&build, &inputs) {
        say::step("editor", "up to date");
        return Ok(());
    }
    let took = child::run(setup::npm(repo)?.args(["run", "--silent", "build"]))
        .context("cannot bundle the editor")?;
    stamp::write(&build, &inputs)?;
    say::step("editor", &format!("bundled in {}", say::elapsed(took)));
    Ok(())
}

/// What a first visit begins with: the same components, drawn on this machine. What the engine answers about it is
/// written into the folder.
fn first_view(repo: &Repo, folder: &Path) -> Result<String> {
    const PAGE: [&str; 5] = ["--locked", "-p", "netpol-web", "--bin", "page"];
    child::run(repo.cargo(&["build"]).args(PAGE))
        .context("cannot build what draws the first view")?;
    child::output(repo.cargo(&["run", "--quiet"]).args(PAGE).arg("--").arg(folder))
        .context("cannot draw the first view")
}

/// Completes the page that Trunk is about to put into `dist/`. Trunk calls this and names the
/// folder.
pub(crate) fn finish_staged() -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR")
        .context("`finish-page` is for Trunk: run `cargo xtask build`")?;
    let folder = Path::new(&folder);
    let file = folder.join("index.html");
    let html =
        fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let repo = Repo::find()?;
    let html = finish::begin_with(&first_view(&repo, folder)?, &html)?;
    let html = finish::name_worker_by_content(folder, &html)?;
    let html = finish::name_by_content(folder, &html)?;
    let html = finish::preload_chunks(folder, &html)?;
    let html = finish::allow_inline_scripts(&html);
    fs::write(&file, html).with_context(|| format!("cannot write `{}`", file.display()))?;
    finish::allow_inline_scripts_of(&folder.join("load.html"))?;
    let source = repo.root.join(SEMANTICS);
    let markdown = fs::read_to_string(&source)
        .with_context(|| format!("cannot read `{}`", source.display()))?;
    let file = folder.join(semantics::NAME);
    fs::write(&file, semantics::page(&markdown))
        .with_context(|| format!("cannot write `{}`", file.display()))
}
