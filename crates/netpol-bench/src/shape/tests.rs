use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use super::*;
use crate::stage;

fn check(objects: &[Value], expected: &Expect) {
    let mut counts = BTreeMap::<&str, usize>::new();
    for object in objects {
        *counts.entry(object["kind"].as_str().unwrap()).or_default() += 1;
    }
    let analysis = stage::analyse(&Form::Yaml.write(objects));
    let findings: Vec<String> = analysis
        .findings()
        .into_iter()
        .map(|finding| finding.code)
        .filter(|code| code != "policy-selects-no-pod")
        .collect();
    let stats = analysis.stats();
    let text = format!(
        "{counts:?} {findings:?} {} identities, {} of {} pairs\n",
        stats.identities, stats.pairs.allowed, stats.pairs.total
    );
    expected.assert_eq(&text);
}

#[test]
fn inputs_are_the_same_on_every_machine() {
    check(
        &SHAPES[0].objects(),
        &expect![[r#"
        {"Namespace": 10, "NetworkPolicy": 60, "Pod": 50} [] 10 identities, 235 of 2450 pairs
    "#]],
    );
    check(
        &Dense { deployments: 30, replicas: 2 }.objects(),
        &expect![[r#"
        {"Deployment": 30, "Namespace": 1, "NetworkPolicy": 100} [] 30 identities, 3484 of 3540 pairs
    "#]],
    );
    check(
        &Blocks { per_rule: 60 }.objects(),
        &expect![[r#"
        {"Namespace": 10, "NetworkPolicy": 10, "Pod": 200} [] 15 identities, 0 of 39800 pairs
    "#]],
    );
}

#[test]
fn both_forms_say_the_same() {
    let stats = |form| stage::analyse(&SHAPES[1].text(form)).stats();
    assert_eq!(stats(Form::Yaml), stats(Form::Json));
}

#[test]
fn copies_of_pods_are_of_the_same_identities() {
    let identities = |copies| {
        let cluster = Cluster { namespaces: 5, pods: 40, policies: 30, copies };
        stage::analyse(&Form::Json.write(&cluster.objects())).stats().identities
    };
    assert_eq!(identities(1), identities(3));
}

#[test]
fn names_find_their_inputs() {
    for shape in SHAPES {
        assert_eq!(Shape::named(shape.name).map(|found| found.name), Some(shape.name));
    }
    assert!(Shape::named("huge").is_none());
}
