//! What other projects' tests expect, and what Kubernetes' own code printed; `tests/conformance`
//! explains both. The result of all is the page `docs/conformance.md`.

mod case;
mod decoding;
mod judge;
mod page;
mod reading;
mod tally;
mod validation;
mod warnings;
mod world;

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::workspace_root;
use tally::Tally;

/// A file of `tests/conformance`, and how it is compared.
struct Suite {
    name: &'static str,
    /// What it is, as the page says it.
    about: &'static str,
    judge: fn(&str) -> Tally,
    /// How many cases and probes there are, so that none gets lost.
    counts: [usize; 2],
    /// Judged once, by the first test that asks.
    tally: OnceLock<Tally>,
}

impl Suite {
    const fn new(
        name: &'static str,
        judge: fn(&str) -> Tally,
        counts: [usize; 2],
        about: &'static str,
    ) -> Self {
        Self { name, about, judge, counts, tally: OnceLock::new() }
    }

    fn tally(&self) -> &Tally {
        self.tally.get_or_init(|| (self.judge)(&read(self.name)))
    }
}

static SUITES: [Suite; 15] = [
    Suite::new(
        "captured-edge-cases.json",
        judge::suite,
        [40, 83],
        "verdicts, side by side, that the evaluator of [kube-network-policies](https://github.com/kubernetes-sigs/kube-network-policies) prints for the forms that surprise people",
    ),
    Suite::new(
        "captured-tutorials.json",
        judge::suite,
        [13, 86],
        "the same for policies that tutorials end with",
    ),
    Suite::new(
        "captured/cidr-warnings.txt",
        warnings::suite,
        [8, 16],
        "warnings and errors about unusual blocks of addresses, printed by [apimachinery](https://github.com/kubernetes/apimachinery) 0.35, text by text, for 1.35 and 1.36",
    ),
    Suite::new(
        "captured/validation.txt",
        decoding::suite,
        [9, 20],
        "policies as they are sent, their errors and what is stored, printed by apimachinery 0.35, text by text and in its order",
    ),
    Suite::new(
        "captured/yaml-to-json.txt",
        reading::suite,
        [79, 79],
        "YAML as JSON, printed by [sigs.k8s.io/yaml](https://github.com/kubernetes-sigs/yaml) 1.6, byte by byte",
    ),
    Suite::new(
        "consensus-random.json",
        judge::suite,
        [48, 22823],
        "random clusters on which three analysers agree: network-config-analyzer, cyclonus, policy-assistant",
    ),
    Suite::new(
        "cyclonus-generated.json",
        judge::suite,
        [128, 55272],
        "the policies that [cyclonus](https://github.com/mattfenwick/cyclonus) generates, over 3 x 3 pods",
    ),
    Suite::new("cyclonus-unit.json", judge::suite, [30, 33], "its unit tests"),
    Suite::new(
        "k8s-e2e-topo.json",
        judge::suite,
        [58, 506],
        "the tables of [Kubernetes' end-to-end tests](https://github.com/kubernetes/kubernetes/tree/master/test/e2e/network/netpol)",
    ),
    Suite::new(
        "k8s-label-selectors.json",
        judge::suite,
        [104, 104],
        "Kubernetes' unit tests of label selectors, as policies",
    ),
    Suite::new(
        "k8s-validation.json",
        validation::suite,
        [42, 42],
        "policies that Kubernetes' unit tests call valid or invalid",
    ),
    Suite::new(
        "kube-network-policies.json",
        judge::suite,
        [31, 30],
        "the unit tests of kube-network-policies, the engine that kind ships",
    ),
    Suite::new(
        "npguard-eval.json",
        judge::suite,
        [31, 140],
        "the tables of [netpol-analyzer](https://github.com/np-guard/netpol-analyzer)'s tests",
    ),
    Suite::new(
        "policy-assistant.json",
        judge::suite,
        [2, 50],
        "the tables of [policy-assistant](https://github.com/kubernetes-sigs/network-policy-api)'s tests",
    ),
    Suite::new(
        "recipes.json",
        judge::suite,
        [20, 50],
        "what the [recipes](https://github.com/ahmetb/kubernetes-network-policy-recipes) say stays blocked or works",
    ),
];

/// How many disagreements are listed before the rest is only counted.
const LISTED: usize = 50;

fn folder() -> PathBuf {
    workspace_root().join("tests/conformance")
}

fn read(file: &str) -> String {
    let path = folder().join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn check(name: &str) {
    let suite = SUITES.iter().find(|suite| suite.name == name).expect("a suite");
    let Tally { cases, probes, disagreements } = suite.tally();
    println!("{name}: {} of {probes} probes in {cases} cases agree", probes - disagreements.len());
    let wrong = disagreements.len();
    let some: Vec<&str> = disagreements.iter().take(LISTED).map(String::as_str).collect();
    assert_eq!(wrong, 0, "{wrong} of {probes} probes disagree:\n  {}", some.join("\n  "));
    assert_eq!([*cases, *probes], suite.counts);
}

#[test]
fn every_suite_is_judged() {
    let mut files: Vec<String> = ["", "captured/"]
        .into_iter()
        .flat_map(|below| {
            let files = fs::read_dir(folder().join(below)).expect("a folder");
            let names = files.map(|entry| entry.expect("an entry").file_name());
            names.map(move |name| format!("{below}{}", name.to_str().expect("a name")))
        })
        .filter(|name| !["README.md", "captured"].contains(&name.as_str()))
        .collect();
    files.sort();
    let known: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
    assert_eq!(files, known);
}

#[test]
fn captured_edge_cases() {
    check("captured-edge-cases.json");
}

#[test]
fn captured_tutorials() {
    check("captured-tutorials.json");
}

#[test]
fn captured_warnings() {
    check("captured/cidr-warnings.txt");
}

#[test]
fn captured_validation() {
    check("captured/validation.txt");
}

#[test]
fn captured_reading() {
    check("captured/yaml-to-json.txt");
}

#[test]
fn consensus_random() {
    check("consensus-random.json");
}

#[test]
fn cyclonus_generated() {
    check("cyclonus-generated.json");
}

#[test]
fn cyclonus_unit() {
    check("cyclonus-unit.json");
}

#[test]
fn k8s_e2e_topo() {
    check("k8s-e2e-topo.json");
}

#[test]
fn k8s_label_selectors() {
    check("k8s-label-selectors.json");
}

#[test]
fn k8s_validation() {
    check("k8s-validation.json");
}

#[test]
fn kube_network_policies() {
    check("kube-network-policies.json");
}

#[test]
fn npguard_eval() {
    check("npguard-eval.json");
}

#[test]
fn policy_assistant() {
    check("policy-assistant.json");
}

#[test]
fn recipes() {
    check("recipes.json");
}
