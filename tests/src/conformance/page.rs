//! The page `docs/conformance.md`.

use std::fmt::Write as _;

use expect_test::expect_file;

use super::{SUITES, Suite};
use crate::cases;

const INTRODUCTION: &str = "\
# Conformance

How far the engine and other sources agree, suite by suite. This page is written by

```sh
UPDATE_EXPECT=1 cargo test -p netpol-tests conformance
```

and the tests fail when it is not today's, when a probe disagrees, or when a case gets lost.
The suites are in [`tests/conformance`](../tests/conformance/README.md).

## What other projects' tests expect, and what Kubernetes' own code prints

A probe is one comparison: a verdict, the answers of both sides where the source tells them, or the output about one object.

";

const OWN_CASES: &str = "
## Our own cases

Clusters with what must hold in them, each for a sentence of the Kubernetes documentation, an issue, or a tutorial. An expectation is the verdict about one connection, or that a policy is refused.

";

const PAGES: [(&str, &str); 5] = [
    ("clusters.md", "services, nodes, the host's network, addresses, the life of pods"),
    ("edge-cases.md", "the forms that surprise people"),
    ("reading.md", "YAML as kubectl reads it, and what the API server refuses"),
    ("services.md", "endpoints, aliases, ways in from outside, lookups of names, pings"),
    ("tutorials.md", "policies that tutorials end with, and what becomes of their claims"),
];

const READINGS: &str = "
## How the sources are read

- Where a source is known to contradict Kubernetes itself, its cases are not in the suites.
- Connections that a source leaves out are not asked. Mostly they are those of a pod to itself, where sources differ; Kubernetes says that nothing keeps a pod from itself.
- Sources differ on whether blocks of addresses (`ipBlock`) match pods, which Kubernetes leaves open. Where one matches them, its cases are judged with `ipBlockMatchesPods: true`. Where its pods have no addresses, no block ever matches one: `false`. Everywhere else the option is left open, and the verdict must not hinge on it.
- Policies are judged by the rules of Kubernetes 1.35: the sources are older than 1.36, which refuses blocks with host bits.
- Unit tests that talk to no API server name policies as they like: the names are written in lower case.
- A direction that `policyTypes` names twice is kept twice by a server and shown once by us. What a server says about YAML that is sent to it is not compared: kubectl sends JSON.
- Where kubectl cannot read a text, our message begins like the one of its library and may go on with what it found.
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str(
        "| suite | what it is | cases | probes | agree |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    let mut sum = [0; 3];
    for suite in &SUITES {
        let tally = suite.tally();
        let counts = [tally.cases, tally.probes, tally.probes - tally.disagreements.len()];
        write_row(&mut page, &format!("`{}` | {}", suite.name, suite.about), counts);
        sum = [0, 1, 2].map(|column| sum[column] + counts[column]);
    }
    write_row(&mut page, "all | ", sum);
    write_disagreements(&mut page);
    page.push_str(OWN_CASES);
    page.push_str("| page | what it is about | cases | expectations | hold |\n| --- | --- | ---: | ---: | ---: |\n");
    for (name, about) in PAGES {
        let held = cases::held(name);
        let name = format!("[`{name}`](../tests/cases/{name}) | {about}");
        let holding = held.expectations - held.complaints.len();
        write_row(&mut page, &name, [held.cases, held.expectations, holding]);
    }
    page + READINGS
}

fn write_row(page: &mut String, start: &str, counts: [usize; 3]) {
    let counts = counts.map(|count| count.to_string()).join(" | ");
    writeln!(page, "| {start} | {counts} |").expect("text grows");
}

fn write_disagreements(page: &mut String) {
    page.push_str("\n### Disagreements\n\n");
    let of = |suite: &'static Suite| suite.tally().disagreements.iter().map(move |it| (suite, it));
    let mut all = SUITES.iter().flat_map(of).peekable();
    if all.peek().is_none() {
        page.push_str("None.\n");
    }
    for (suite, disagreement) in all {
        writeln!(page, "- `{}`: {disagreement}", suite.name).expect("text grows");
    }
}

#[test]
fn the_page_is_todays() {
    expect_file!["../../../docs/conformance.md"].assert_eq(&page());
}
