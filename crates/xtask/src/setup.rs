//! Installing what is missing, once: tools go to the per-user cache under their version, npm's
//! packages into the clone.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::repo::{self, Repo};
use crate::{child, lockfile, say, stamp};

/// The newest Trunk that builds with the Rust version of the workspace.
const TRUNK: &str = "0.21.14";

/// The newest driver of Firefox.
const GECKODRIVER: &str = "0.37.1";

/// The newest mdBook.
const MDBOOK: &str = "0.5.4";

/// The newest Docusaurus, and what its own template for new sites has beside it; its search in a version all
/// of whose own packages can be had.
const DOCUSAURUS: &str = "3.10.2";
const BESIDE_DOCUSAURUS: [&str; 4] =
    ["@docsearch/react@4.6.3", "@mdx-js/react@3", "react@19", "react-dom@19"];

/// The newest cargo-mutants.
const MUTANTS: &str = "27.1.0";

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The oldest Node.js that the packages in the lock file accept.
const NODE: u32 = 18;

/// Installs what Trunk builds the page with, itself included, and gives the search path on which it
/// finds that. The npm packages, which bring `wasm-opt`, are there already.
pub(crate) fn page_tools(repo: &Repo) -> Result<OsString> {
    wasm_target()?;
    let trunk = CargoTool { name: "trunk", package: "trunk", version: TRUNK, locked: true };
    let mut folders = vec![trunk.install()?, wasm_bindgen(repo)?];
    // Trunk takes `wasm-opt` from here.
    folders.push(repo.node_modules().join(".bin"));
    on_path(folders)
}

/// The search path, with folders before it.
pub(crate) fn on_path(folders: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(folders.into_iter().chain(env::split_paths(&rest)))?)
}

/// wasm-bindgen, by the folder that it is in: of the version that the programs are built with.
pub(crate) fn wasm_bindgen(repo: &Repo) -> Result<PathBuf> {
    let lock =
        fs::read_to_string(repo.root.join("Cargo.lock")).context("cannot read `Cargo.lock`")?;
    let version = lockfile::version(&lock, "wasm-bindgen")
        .context("`Cargo.lock` does not name `wasm-bindgen`")?;
    // Its published lock file names withdrawn versions.
    CargoTool { name: "wasm-bindgen", package: "wasm-bindgen-cli", version, locked: false }
        .install()
}

/// cargo-mutants, by the folder that it is in.
pub(crate) fn cargo_mutants() -> Result<PathBuf> {
    CargoTool { name: "cargo-mutants", package: "cargo-mutants", version: MUTANTS, locked: true }
        .install()
}

/// mdBook, by the folder that it is in.
pub(crate) fn mdbook() -> Result<PathBuf> {
    CargoTool { name: "mdbook", package: "mdbook", version: MDBOOK, locked: true }.install()
}

/// Docusaurus, by the folder that it is in.
pub(crate) fn docusaurus(repo: &Repo) -> Result<PathBuf> {
    node(repo)?;
    let root = repo::cache()?.join("tools").join(format!("docusaurus-{DOCUSAURUS}"));
    let folder = root.join("node_modules").join(".bin");
    // Outside a site, `--version` is an error. The name of the folder holds the version.
    let works =
        || child::succeeds(Command::new(folder.join("docusaurus")).args(["build", "--help"]));
    if works() {
        say::step("docusaurus", &format!("{DOCUSAURUS} present"));
        return Ok(folder);
    }
    let own = ["core", "preset-classic"].map(|name| format!("@docusaurus/{name}@{DOCUSAURUS}"));
    let mut command = Command::new("npm");
    command.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(&root);
    command.args(own).args(BESIDE_DOCUSAURUS);
    let took = child::run(&mut command).context("cannot install `docusaurus`")?;
    if !works() {
        bail!("`{}` was installed, but does not run", folder.join("docusaurus").display());
    }
    say::step("docusaurus", &format!("{DOCUSAURUS} installed in {}", say::elapsed(took)));
    Ok(folder)
}

/// The standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let question = ["--print", "target-libdir", "--target", WASM_TARGET];
    let library = child::output(Command::new("rustc").args(question));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        say::step("wasm target", "present");
        return Ok(());
    }
    let took = child::run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| {
            format!(
                "the Rust target `{WASM_TARGET}` is missing: install it by \
                 `rustup target add {WASM_TARGET}`"
            )
        })?;
    say::step("wasm target", &format!("installed in {}", say::elapsed(took)));
    Ok(())
}

/// A component of the Rust tool chain that is run as `cargo SUBCOMMAND`.
pub(crate) fn rust_component(subcommand: &str, component: &str) -> Result<()> {
    if child::succeeds(Command::new("cargo").args([subcommand, "--version"])) {
        return Ok(());
    }
    let took = child::run(Command::new("rustup").args(["component", "add", component]))
        .with_context(|| {
            format!(
                "`cargo {subcommand}` is missing: install it by `rustup component add {component}`"
            )
        })?;
    say::step(component, &format!("installed in {}", say::elapsed(took)));
    Ok(())
}

/// A program that cargo builds from crates.io.
struct CargoTool<'a> {
    name: &'a str,
    package: &'a str,
    version: &'a str,
    locked: bool,
}

impl CargoTool<'_> {
    /// Installs the program unless it is there, and gives the folder that it is in.
    fn install(&self) -> Result<PathBuf> {
        let CargoTool { name, package, version, locked } = self;
        let cache = repo::cache()?;
        let root = cache.join("tools").join(format!("{name}-{version}"));
        let folder = root.join("bin");
        if self.works(&folder) {
            say::step(name, &format!("{version} present"));
            return Ok(folder);
        }
        say::step(
            name,
            &format!("installing {version} into {}, which takes some minutes once", root.display()),
        );
        // Kept until the end, so that an interrupted build goes on where it stopped.
        let scratch = cache.join("build").join(format!("{name}-{version}"));
        let mut command = Command::new("cargo");
        command
            .args(["install", package, "--version", &format!("={version}"), "--root"])
            .arg(&root);
        if *locked {
            command.arg("--locked");
        }
        command.arg("--target-dir").arg(&scratch).current_dir(env::temp_dir());
        // Also over one that cargo remembers, but that does not run.
        command.arg("--force");
        // A quick build: the programs wait for other programs most of the time, and work as fast
        // without optimisation.
        command.env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256");
        let took = child::run(&mut command)
            .with_context(|| format!("cannot install `{name}` {version}"))?;
        if !self.works(&folder) {
            bail!("`{}` was installed, but does not run", folder.join(name).display());
        }
        // Only space: a folder that stays does no harm.
        let _ = fs::remove_dir_all(&scratch);
        say::step(name, &format!("{version} installed in {}", say::elapsed(took)));
        Ok(folder)
    }

    /// Whether the program in `folder` runs and is of the right version: one installed halfway does
    /// not.
    fn works(&self, folder: &Path) -> bool {
        let mut command = Command::new(folder.join(self.name));
        // Cargo passes the name of a subcommand on.
        command.args(self.name.strip_prefix("cargo-")).arg("--version");
        let printed = child::output(&mut command);
        let version = printed.as_deref().and_then(|text| text.split_whitespace().nth(1));
        version.is_some_and(|it| it.trim_start_matches('v') == self.version)
    }
}

/// The packages of `web/editor/package-lock.json`, exactly.
pub(crate) fn node_packages(repo: &Repo) -> Result<()> {
    let lock = repo.editor().join("package-lock.json");
    let lock =
        fs::read_to_string(&lock).with_context(|| format!("cannot read `{}`", lock.display()))?;
    let stamp = stamp::of_text(&lock);
    if stamp::matches(&repo.node_modules(), &stamp) {
        say::step("npm packages", "present");
        return Ok(());
    }
    let mut command = npm(repo)?;
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let took =
        child::run(&mut command).context("cannot install the npm packages of `web/editor`")?;
    stamp::write(&repo.node_modules(), &stamp)?;
    say::step("npm packages", &format!("installed in {}", say::elapsed(took)));
    Ok(())
}

/// npm, to be run on the editor's package.
pub(crate) fn npm(repo: &Repo) -> Result<Command> {
    node(repo)?;
    if !child::succeeds(Command::new("npm").arg("--version")) {
        bail!("npm is missing, it installs the editor's packages: {NODE_HOW}");
    }
    let mut command = repo.command("npm");
    command.current_dir(repo.editor());
    Ok(command)
}

/// How somebody gets Node.js, which is for its user to install.
const NODE_HOW: &str = "install it from https://nodejs.org/ or, on Debian and Ubuntu, by \
                        `apt-get install nodejs npm`";

/// Node.js.
pub(crate) fn node(repo: &Repo) -> Result<Command> {
    let Some(version) = child::output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing, the editor is bundled with it: {NODE_HOW}");
    };
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        bail!("Node.js is {version}, and {NODE} or later is needed: {NODE_HOW}");
    }
    Ok(repo.command("node"))
}

/// Chromium's driver, by its path.
pub(crate) fn chromedriver() -> Result<OsString> {
    let driver = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let present = || child::succeeds(Command::new(&driver).arg("--version"));
    if present() {
        say::step("chromium", "present");
        return Ok(driver);
    }
    let how = "the browser tests need Chromium and its driver: install them by \
               `sudo apt-get install chromium chromium-driver`, or set `CHROMEDRIVER` to the driver's path";
    debian_packages("chromium", &["chromium", "chromium-driver"]).context(how)?;
    if !present() {
        bail!("{how}");
    }
    Ok(driver)
}

/// Firefox's driver, by its path, if both can be had. What is missing is named, and nothing is tested in Firefox.
pub(crate) fn geckodriver() -> Option<OsString> {
    firefox()
        .and_then(|()| geckodriver_itself())
        .map_err(|error| say::step("firefox", &format!("missing: not tested in it; {error:#}")))
        .ok()
}

fn geckodriver_itself() -> Result<OsString> {
    if let Some(driver) = env::var_os("GECKODRIVER") {
        return Ok(driver);
    }
    let driver = CargoTool {
        name: "geckodriver",
        package: "geckodriver",
        version: GECKODRIVER,
        locked: true,
    };
    Ok(driver.install()?.join("geckodriver").into())
}

/// Firefox itself, which its driver finds by this name.
fn firefox() -> Result<()> {
    let present = || child::succeeds(Command::new("firefox").arg("--version"));
    if present() {
        say::step("firefox", "present");
        return Ok(());
    }
    let how = "`sudo apt-get install firefox-esr` brings it";
    debian_packages("firefox", &["firefox-esr"]).context(how)?;
    if !present() {
        bail!("{how}");
    }
    Ok(())
}

/// The generators of sites that the browser tests use, if they can be had. What is missing is named, and its
/// site is not tested.
pub(crate) fn site_generators() {
    for (tool, packages) in [
        ("hugo", &["hugo"][..]),
        ("mkdocs", &["mkdocs", "mkdocs-material"]),
        ("jekyll", &["jekyll"]),
    ] {
        let argument = if tool == "hugo" { "version" } else { "--version" };
        let present = || child::succeeds(Command::new(tool).arg(argument));
        if present() {
            say::step(tool, "present");
        } else if debian_packages(tool, packages).is_err() || !present() {
            say::step(
                tool,
                &format!(
                    "missing: its site is not tested; `sudo apt-get install {}` brings it",
                    packages.join(" ")
                ),
            );
        }
    }
}

/// Installs packages of Debian, if this is one and its administrator.
fn debian_packages(name: &str, packages: &[&str]) -> Result<()> {
    let root = child::output(Command::new("id").arg("--user")).is_some_and(|id| id == "0");
    if !root || !child::succeeds(Command::new("apt-get").arg("--version")) {
        bail!("only the administrator of a Debian or Ubuntu can install it from here");
    }
    let apt_get = |args: &[&str]| {
        child::run(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // A new machine has no list of packages yet.
    let install = [&["install", "--yes"][..], packages].concat();
    let took = apt_get(&["update"])? + apt_get(&install)?;
    say::step(name, &format!("installed in {}", say::elapsed(took)));
    Ok(())
}
