//! The npm package `netpol-share`: links for other tools.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::repo::{Repo, without_crates_folder};
use crate::{child, say, setup};

const CRATE: &str = "crates/netpol-share-js";
/// What the compiler calls the program.
const PROGRAM: &str = "netpol_share_js.wasm";

/// The forms of the package: a folder, and what wasm-bindgen calls it.
const FORMS: [(&str, &str); 2] = [("node", "nodejs"), ("web", "web")];

/// Makes the package, ready to be published, and gives its folder.
pub(crate) fn build(repo: &Repo) -> Result<PathBuf> {
    setup::wasm_target()?;
    let wasm_bindgen = setup::wasm_bindgen(repo)?.join("wasm-bindgen");
    let package = ["build", "--locked", "--package", "netpol-share-js"];
    let form = ["--target", setup::WASM_TARGET, "--profile", "wasm-release"];
    let took = child::run(without_crates_folder(&mut repo.cargo(&[&package[..], &form].concat())))
        .context("cannot build `netpol-share-js`")?;
    let program = repo.target().join(setup::WASM_TARGET).join("wasm-release").join(PROGRAM);

    let folder = repo.root.join("artifacts/netpol-share");
    // Left from an earlier run, or not there.
    let _ = fs::remove_dir_all(&folder);
    for (name, form) in FORMS {
        let mut command = repo.command(&wasm_bindgen.to_string_lossy());
        command.args(["--target", form, "--out-name", "netpol_share", "--out-dir"]);
        child::run(command.arg(folder.join(name)).arg(&program))
            .with_context(|| format!("cannot make the package for `{name}`"))?;
    }
    let template = repo.root.join(CRATE).join("npm");
    let manifest = read(&template.join("package.json"))?;
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    write(&folder.join("package.json"), &manifest.replace("\"version\": \"0.0.0\"", &version))?;
    // Without it, Node.js would take the modules for scripts.
    write(&folder.join("web/package.json"), "{ \"type\": \"module\" }\n")?;
    for (from, name) in [
        (template.join("README.md"), "README.md"),
        (repo.root.join("LICENSE-APACHE"), "LICENSE-APACHE"),
        (repo.root.join("LICENSE-MIT"), "LICENSE-MIT"),
    ] {
        write(&folder.join(name), &read(&from)?)?;
    }
    say::step("npm package", &format!("built in {}", say::elapsed(took)));
    Ok(folder)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// A run of the package's tests in Node.js, which compare it with the command `netpol`.
pub(crate) fn tests(repo: &Repo) -> Result<Command> {
    let folder = build(repo)?;
    child::run(&mut repo.cargo(&["build", "--package", "netpol-cli"]))
        .context("cannot build the command")?;
    let scenarios = repo.root.join("crates/netpol-lessons/scenarios");
    let manifests = ["np-demo.yaml", "bookstore.yaml"].map(|name| scenarios.join(name));
    let mut node = setup::node(repo)?;
    node.arg("--test").arg(repo.root.join(CRATE).join("npm/test.mjs"));
    node.env("PACKAGE", folder).env("MANIFESTS", env::join_paths(manifests)?);
    node.env("NETPOL", repo.target().join("debug/netpol"));
    Ok(node)
}
