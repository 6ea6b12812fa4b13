//! Mutants that no test can or need kill, with the reasons.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::outcome::Mutant;

/// What `survivors.txt` says: lines `MODULE: MUTANT` at the margin, then their common reason,
/// indented. Lines with `#` are comments.
#[derive(Debug, Default)]
pub(crate) struct Survivors {
    entries: Vec<(Mutant, String)>,
}

impl Survivors {
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let mut entries: Vec<(Mutant, String)> = Vec::new();
        // How many of the entries share the next reason.
        let mut open = 0;
        let mut in_reason = false;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if line.starts_with(' ') {
                if open == 0 {
                    bail!("a reason without a mutant: `{}`", line.trim());
                }
                let first = entries.len() - open;
                for (_, reason) in &mut entries[first..] {
                    reason.push_str(if reason.is_empty() { "" } else { " " });
                    reason.push_str(line.trim());
                }
                in_reason = true;
                continue;
            }
            if in_reason {
                (open, in_reason) = (0, false);
            }
            let Some((module, name)) = line.split_once(": ") else {
                bail!("no `MODULE: MUTANT`: `{line}`");
            };
            let mutant = Mutant { module: module.to_owned(), name: name.to_owned() };
            entries.push((mutant, String::new()));
            open += 1;
        }
        match entries.iter().find(|(_, reason)| reason.is_empty()) {
            Some((mutant, _)) => bail!("no reason for `{}: {}`", mutant.module, mutant.name),
            None => Ok(Self { entries }),
        }
    }

    /// Why a mutant survives.
    pub(crate) fn reason(&self, mutant: &Mutant) -> Option<&str> {
        let entry = self.entries.iter().find(|(known, _)| known == mutant);
        entry.map(|(_, reason)| reason.as_str())
    }

    /// The mutants of a module that are said to survive.
    pub(crate) fn of<'a>(&'a self, module: &'a str) -> impl Iterator<Item = &'a Mutant> {
        self.entries.iter().map(|(mutant, _)| mutant).filter(move |it| it.module == module)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mutants_share_a_reason() {
        let text = "# Why\n\na.rs: one\na.rs: two\n    because\n    of that\nb.rs: one\n    no\n";
        let survivors = Survivors::parse(text).unwrap();
        let reason = |module: &str, name: &str| {
            survivors.reason(&Mutant { module: module.to_owned(), name: name.to_owned() })
        };
        assert_eq!(reason("a.rs", "one"), Some("because of that"));
        assert_eq!(reason("a.rs", "two"), Some("because of that"));
        assert_eq!(reason("b.rs", "one"), Some("no"));
        assert_eq!(reason("b.rs", "two"), None);
        assert_eq!(survivors.of("a.rs").count(), 2);
    }

    #[test]
    fn what_is_incomplete_is_refused() {
        for text in ["    why\n", "a.rs: one\n", "a.rs\n    why\n"] {
            assert!(Survivors::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_list_of_this_project_can_be_read() {
        Survivors::parse(include_str!("survivors.txt")).unwrap();
    }
}
