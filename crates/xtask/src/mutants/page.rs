//! The page `docs/mutation.md`.

use std::collections::BTreeMap;
use std::fmt;

use super::MODULES;
use super::outcome::{Mutant, Outcome};
use super::survivors::Survivors;

const INTRODUCTION: &str = "\
# Mutation testing

Would the tests notice a small error in the modules that decide verdicts? [cargo-mutants](https://mutants.rs)
plants one at a time, such as `<=` for `<`, or a function that always returns `true`, and runs the tests:
first those of the module's own crate, then, for what survives them, the cases, the [conformance](conformance.md)
suites and the laws on random clusters. This page is written by

```sh
cargo xtask mutants            # all modules, which takes an hour or two
cargo xtask mutants peer port  # the modules whose paths hold one of these words
```

which fails when a mutant survives without an explanation in `crates/xtask/src/mutants/survivors.txt`.
It is no part of the test run. Each row is of the last time that its module was tried. Mutants that do not
compile are mostly default values of types that have none.
";

const TABLE: &str = "\
| module | mutants | killed by its own crate's tests | by tests across crates | endless | do not compile | survive |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
";

const COUNTS: usize = 6;

/// What is known of each module.
#[derive(Debug, Default)]
pub(crate) struct Page {
    modules: BTreeMap<String, Module>,
}

#[derive(Debug, Default)]
struct Module {
    counts: [usize; COUNTS],
    /// A line of Markdown for each mutant that survives.
    survivors: Vec<String>,
}

impl Page {
    /// Reads an earlier page; what is no table or list is left out.
    pub(crate) fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut heading = None;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("### ") {
                heading = Some(title.trim_matches('`').to_owned());
            } else if let Some(module) = heading.as_ref().and_then(|it| page.modules.get_mut(it))
                && line.starts_with("- ")
            {
                module.survivors.push(line.to_owned());
            } else if let Some((module, counts)) = row(line) {
                page.modules.insert(module, Module { counts, survivors: Vec::new() });
            }
        }
        page
    }

    /// Puts the result of a module into the page. Returns what is wrong with the list of survivors.
    pub(crate) fn update(
        &mut self,
        module: &str,
        own: &Outcome,
        last: &Outcome,
        survivors: &Survivors,
    ) -> Vec<String> {
        let of = |mutants: &[Mutant]| mutants.iter().filter(|it| it.module == module).count();
        let missed: Vec<&Mutant> = last.missed.iter().filter(|it| it.module == module).collect();
        let [killed, killed_across] = [&own.caught, &last.caught].map(|it| of(it));
        let endless = of(&last.endless);
        let unviable = of(&own.unviable) + of(&last.unviable);
        let total = killed + killed_across + endless + unviable + missed.len();
        let counts = [total, killed, killed_across, endless, unviable, missed.len()];
        let mut complaints = Vec::new();
        let mut lines = Vec::new();
        for mutant in &missed {
            let reason = survivors.reason(mutant);
            if reason.is_none() {
                complaints.push(format!("{module}: {} (survives)", mutant.name));
            }
            let reason = reason.unwrap_or("not explained");
            lines.push(format!("- `{}`: {reason}", mutant.name));
        }
        // What is endless on a slow machine may survive on a quick one.
        let is_caught = |it: &Mutant| own.caught.contains(it) || last.caught.contains(it);
        let dead = survivors.of(module).filter(|it| !missed.contains(it) && is_caught(it));
        complaints.extend(dead.map(|it| format!("{module}: {} (is killed by now)", it.name)));
        self.modules.insert(module.to_owned(), Module { counts, survivors: lines });
        complaints
    }
}

/// Reads a row of the table.
fn row(line: &str) -> Option<(String, [usize; COUNTS])> {
    let mut cells = line.strip_prefix("| `")?.strip_suffix(" |")?.split(" | ");
    let module = cells.next()?.strip_suffix('`')?.to_owned();
    let counts: Option<Vec<usize>> = cells.map(|cell| cell.parse().ok()).collect();
    Some((module, counts?.try_into().ok()?))
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{INTRODUCTION}\n{TABLE}")?;
        let mut sum = [0; COUNTS];
        for (module, Module { counts, .. }) in &self.modules {
            write_row(f, &format!("`{module}`"), *counts)?;
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        write_row(f, "all", sum)?;
        let untried = MODULES.iter().filter(|module| !self.modules.contains_key(**module));
        let untried: Vec<String> = untried.map(|module| format!("`{module}`")).collect();
        if !untried.is_empty() {
            writeln!(f, "\nNot tried yet: {}.", untried.join(", "))?;
        }
        let mut with_survivors = self.modules.iter().filter(|(_, it)| !it.survivors.is_empty());
        let mut next = with_survivors.next();
        if next.is_some() {
            writeln!(f, "\n## What survives, and why")?;
        }
        while let Some((module, Module { survivors, .. })) = next {
            writeln!(f, "\n### `{module}`\n\n{}", survivors.join("\n"))?;
            next = with_survivors.next();
        }
        Ok(())
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, counts: [usize; COUNTS]) -> fmt::Result {
    writeln!(f, "| {name} | {} |", counts.map(|count| count.to_string()).join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutants(names: &[&str]) -> Vec<Mutant> {
        let mutant = |name: &&str| Mutant { module: "a.rs".to_owned(), name: (*name).to_owned() };
        names.iter().map(mutant).collect()
    }

    #[test]
    fn a_page_is_updated_module_by_module() {
        let own = Outcome {
            caught: mutants(&["one", "two"]),
            unviable: mutants(&["three"]),
            ..Outcome::default()
        };
        let last = Outcome {
            caught: mutants(&["four"]),
            endless: mutants(&["five"]),
            missed: mutants(&["six"]),
            ..Outcome::default()
        };
        let mut page = Page::default();
        let complaints = page.update("a.rs", &own, &last, &Survivors::default());
        assert_eq!(complaints, ["a.rs: six (survives)"]);
        page.update("b.rs", &own, &last, &Survivors::default());
        let text = page.to_string();
        assert!(text.contains("\n| `a.rs` | 6 | 2 | 1 | 1 | 1 | 1 |\n"), "{text}");
        assert!(text.contains("\n### `a.rs`\n\n- `six`: not explained\n"), "{text}");
        assert!(text.contains("\nNot tried yet: `netpol-model/src/cidr.rs`, "), "{text}");
        assert_eq!(Page::read(&text).to_string(), text);
    }
}
