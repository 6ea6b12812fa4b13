//! `cargo xtask mutants`: would the tests notice a small error in the evaluation?
//!
//! cargo-mutants plants one error at a time, a mutant, and runs tests: first those of the mutant's
//! own crate, which take seconds, and for what survives them the cases, conformance suites and laws
//! of `tests`. What survives both needs an explanation in `survivors.txt`. The result is
//! `docs/mutation.md`; modules that are not tried keep what is there.

mod outcome;
mod page;
mod survivors;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::repo::Repo;
use crate::{child, say, setup};

use outcome::Outcome;
use page::Page;
use survivors::Survivors;

/// The files that decide verdicts: which rules match whom, for one connection and for all pairs.
const MODULES: &[&str] = &[
    "netpol-model/src/cidr.rs",
    "netpol-model/src/selector.rs",
    "netpol-model/src/decode/policy.rs",
    "netpol-model/src/decode/selector.rs",
    "netpol-eval/src/address.rs",
    "netpol-eval/src/answer.rs",
    "netpol-eval/src/dns.rs",
    "netpol-eval/src/peer.rs",
    "netpol-eval/src/plugin.rs",
    "netpol-eval/src/port.rs",
    "netpol-eval/src/reading.rs",
    "netpol-eval/src/service.rs",
    "netpol-eval/src/trace.rs",
    "netpol-eval/src/world.rs",
    "netpol-eval/src/world/build.rs",
    "netpol-eval/src/world/group.rs",
    "netpol-eval/src/reach.rs",
    "netpol-eval/src/reach/blocks.rs",
    "netpol-eval/src/reach/identity.rs",
    "netpol-eval/src/reach/intervals.rs",
    "netpol-eval/src/reach/labels.rs",
    "netpol-eval/src/reach/relate.rs",
    "netpol-eval/src/reach/relation.rs",
    "netpol-eval/src/reach/row.rs",
    "netpol-eval/src/reach/unions.rs",
];

/// Tests that seem to run for ever are ended after so many seconds.
const PATIENCE: &str = "120";

/// Tries the mutants of the modules whose paths hold one of `names`; of all without a name.
pub(crate) fn run(repo: &Repo, names: &[String]) -> Result<()> {
    let modules = chosen(names)?;
    let tool = setup::cargo_mutants()?;
    let folder = repo.root.join("target/mutants");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let runs = Runs { repo, tool, folder, modules: &modules };
    say::step("mutants", "against the tests of their own crates");
    let own = runs.stage(&["--", "--lib"], &[])?;
    let last = if own.missed.is_empty() && own.endless.is_empty() {
        Outcome::default()
    } else {
        runs.across()?
    };

    let survivors = Survivors::read(&repo.root.join("crates/xtask/src/mutants/survivors.txt"))?;
    let path = repo.root.join("docs/mutation.md");
    let mut page = Page::read(&fs::read_to_string(&path).unwrap_or_default());
    let mut complaints = Vec::new();
    for module in modules {
        complaints.extend(page.update(module, &own, &last, &survivors));
    }
    fs::write(&path, page.to_string())
        .with_context(|| format!("cannot write {}", path.display()))?;
    say::step("mutants", "written to `docs/mutation.md`");
    if complaints.is_empty() {
        return Ok(());
    }
    bail!(
        "kill these mutants by a test, or mend `crates/xtask/src/mutants/survivors.txt`:\n  {}",
        complaints.join("\n  ")
    )
}

fn chosen(names: &[String]) -> Result<Vec<&'static str>> {
    if let Some(name) = names.iter().find(|name| !MODULES.iter().any(|it| it.contains(*name))) {
        bail!("there is no module `{name}`: the modules are {}", MODULES.join(", "));
    }
    let is_chosen = |module: &&&str| {
        names.is_empty() || names.iter().any(|name| module.contains(name.as_str()))
    };
    Ok(MODULES.iter().filter(is_chosen).copied().collect())
}

/// What the two stages have in common.
struct Runs<'a> {
    repo: &'a Repo,
    tool: PathBuf,
    folder: PathBuf,
    modules: &'a [&'static str],
}

impl Runs<'_> {
    /// Tries what survived the tests of its own crate.
    fn across(&self) -> Result<Outcome> {
        say::step("mutants", "what survived against cases, conformance suites and laws");
        let across = ["--iterate", "--test-package", "netpol-tests"];
        let some_tests = ["--", "--lib", "--", "cases::", "conformance::", "laws::"];
        // The largest suite is much of the same.
        let without = ["--skip", "cyclonus_generated", "--skip", "the_page_is_todays"];
        // Most of the time would go into running tests, not into building them.
        let quick = [("CARGO_PROFILE_TEST_OPT_LEVEL", "1"), ("CARGO_PROFILE_DEV_OPT_LEVEL", "1")];
        self.stage(&[&across[..], &some_tests, &without].concat(), &quick)
    }

    fn stage(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Outcome> {
        let Self { repo, tool, folder, modules } = self;
        let mut command = Command::new(tool.join("cargo-mutants"));
        command.current_dir(&repo.root).args(["mutants", "--minimum-test-timeout", PATIENCE]);
        command.arg("--output").arg(folder).args(["--colors", "never", "--no-times"]);
        for module in *modules {
            command.args(["--file", &format!("crates/{module}")]);
        }
        // The copies of the workspace have a target folder of their own.
        command.args(arguments).env_remove("CARGO_TARGET_DIR");
        // The same clusters for every mutant, and the first failure is enough.
        command.env("PROPTEST_RNG_SEED", "1").env("PROPTEST_MAX_SHRINK_ITERS", "0");
        command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
        command.envs(environment.iter().copied());
        let status = command
            .status()
            .with_context(|| format!("cannot start `{}`", child::shown(&command)))?;
        // All caught, some missed, some endless.
        if !matches!(status.code(), Some(0 | 2 | 3)) {
            bail!("`{}` failed ({status})", child::shown(&command));
        }
        Outcome::read(&folder.join("mutants.out"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_chosen_by_parts_of_their_paths() {
        let chosen = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            chosen(&names).map_err(|error| error.to_string())
        };
        assert_eq!(chosen(&[]).unwrap().len(), MODULES.len());
        assert_eq!(
            chosen(&["identity", "peer"]),
            Ok(vec!["netpol-eval/src/peer.rs", "netpol-eval/src/reach/identity.rs"])
        );
        assert!(chosen(&["pear"]).unwrap_err().starts_with("there is no module `pear`"));
    }

    #[test]
    fn every_module_is_a_file() {
        let repo = Repo::find().unwrap();
        for module in MODULES {
            assert!(repo.root.join("crates").join(module).is_file(), "{module}");
        }
    }
}
