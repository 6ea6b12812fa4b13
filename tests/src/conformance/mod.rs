//! What other projects' tests expect; `tests/conformance/README.md` explains the cases.

mod case;
mod judge;
mod validation;
mod world;

use std::fs;
use std::path::PathBuf;

use crate::workspace_root;

/// The suites with the numbers of their cases and probes, so that none gets lost.
const SUITES: &[(&str, usize, usize)] = &[
    ("consensus-random", 48, 22823),
    ("cyclonus-generated", 128, 55272),
    ("cyclonus-unit", 30, 33),
    ("k8s-e2e-topo", 58, 506),
    ("k8s-label-selectors", 104, 104),
    ("kube-network-policies", 31, 30),
    ("npguard-eval", 31, 140),
    ("policy-assistant", 2, 50),
    ("recipes", 20, 50),
];

/// How many disagreements are listed before the rest is only counted.
const LISTED: usize = 50;

fn folder() -> PathBuf {
    workspace_root().join("tests/conformance")
}

fn read(suite: &str) -> String {
    let path = folder().join(format!("{suite}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Judges all cases of a suite.
#[track_caller]
fn check(suite: &str) {
    let expected = SUITES.iter().find(|(name, ..)| *name == suite).copied();
    let text = read(suite);
    let data: case::Suite = serde_json::from_str(&text).expect("the format of the README");
    assert_eq!(data.name, suite);
    let mut probes = 0;
    let mut disagreements = Vec::new();
    for case in &data.cases {
        let judged = judge::case(&data.worlds[&case.world], case);
        probes += judged.probes;
        disagreements.extend(judged.disagreements);
    }
    let (cases, wrong) = (data.cases.len(), disagreements.len());
    println!("{suite}: {} of {probes} probes in {cases} cases agree", probes - wrong);
    disagreements.truncate(LISTED);
    let list = disagreements.join("\n  ");
    assert_eq!(wrong, 0, "{wrong} of {probes} probes disagree:\n  {list}");
    assert_eq!(Some((suite, cases, probes)), expected);
}

#[test]
fn every_suite_is_judged() {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.filter_map(|name| Some(name.to_str()?.strip_suffix(".json")?.to_owned()));
    let known = SUITES.iter().map(|(suite, ..)| suite).chain([&"k8s-validation"]);
    let mut files: Vec<String> = files.collect();
    files.sort();
    let mut known: Vec<&str> = known.copied().collect();
    known.sort_unstable();
    assert_eq!(files, known);
    let [cases, probes] =
        SUITES.iter().fold([0, 0], |sum, suite| [sum[0] + suite.1, sum[1] + suite.2]);
    println!("conformance: {probes} probes in {cases} cases of {} suites", SUITES.len());
}

#[test]
fn consensus_random() {
    check("consensus-random");
}

#[test]
fn cyclonus_generated() {
    check("cyclonus-generated");
}

#[test]
fn cyclonus_unit() {
    check("cyclonus-unit");
}

#[test]
fn k8s_e2e_topo() {
    check("k8s-e2e-topo");
}

#[test]
fn k8s_label_selectors() {
    check("k8s-label-selectors");
}

#[test]
fn kube_network_policies() {
    check("kube-network-policies");
}

#[test]
fn npguard_eval() {
    check("npguard-eval");
}

#[test]
fn policy_assistant() {
    check("policy-assistant");
}

#[test]
fn recipes() {
    check("recipes");
}
