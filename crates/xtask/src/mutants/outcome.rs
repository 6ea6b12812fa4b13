//! What became of the mutants of one run.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The names of the mutants by what became of them.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) caught: Vec<Mutant>,
    /// With them the tests do not come to an end.
    pub(crate) endless: Vec<Mutant>,
    /// They do not compile.
    pub(crate) unviable: Vec<Mutant>,
    pub(crate) missed: Vec<Mutant>,
}

/// One error that was planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mutant {
    /// The path below `crates`.
    pub(crate) module: String,
    /// What it does, without its place: that moves with every edit.
    pub(crate) name: String,
}

impl Outcome {
    /// Reads the lists that cargo-mutants leaves.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let list = |name: &str| {
            let path = folder.join(name);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            text.lines().map(mutant).collect::<Result<Vec<_>>>()
        };
        Ok(Self {
            caught: list("caught.txt")?,
            endless: list("timeout.txt")?,
            unviable: list("unviable.txt")?,
            missed: list("missed.txt")?,
        })
    }
}

/// Reads `crates/PATH:LINE:COLUMN: NAME`.
fn mutant(line: &str) -> Result<Mutant> {
    let mut parts = line.splitn(4, ':');
    let module = parts.next().and_then(|path| path.strip_prefix("crates/"));
    let name = parts.nth(2);
    let (module, name) =
        module.zip(name).with_context(|| format!("cargo-mutants says `{line}`"))?;
    Ok(Mutant { module: module.to_owned(), name: name.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_cargo_mutants() {
        let line = "crates/netpol-eval/src/peer.rs:12:5: replace Peer::is -> bool with true";
        let Mutant { module, name } = mutant(line).unwrap();
        assert_eq!(module, "netpol-eval/src/peer.rs");
        assert_eq!(name, "replace Peer::is -> bool with true");
        assert!(mutant("peer.rs: 12").is_err());
    }
}
