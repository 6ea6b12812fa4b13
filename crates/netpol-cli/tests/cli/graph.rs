//! The picture as a file.

use std::fs;
use std::path::Path;

use expect_test::{expect, expect_file};

use crate::support::{check, fixtures, run};

#[test]
fn the_documentation_shows_todays_picture() {
    let scenarios = fixtures().join("../../../netpol-lessons/scenarios");
    let run = run(&scenarios, "graph np-demo.yaml", "");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    expect_file!["../../../../docs/np-demo.svg"].assert_eq(&String::from_utf8(run.stdout).unwrap());
}

#[test]
fn a_picture_is_written_where_it_is_wanted() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("graph.svg");
    let arguments = format!("graph - --theme dark --motion off --output {}", path.display());
    // Manifests cannot put markup into it.
    let manifests =
        "{kind: Pod, apiVersion: v1, metadata: {name: web, labels: {app: '<script>&'}}}";
    let run = run(&fixtures(), &arguments, manifests);
    assert_eq!((run.status, run.stdout.as_slice()), (1, [].as_slice()), "the label is refused");
    let picture = fs::read_to_string(path).unwrap();
    assert!(picture.contains(">app=&lt;script&gt;&amp;<"), "{picture}");
    assert!(!picture.contains("<script") && !picture.contains("@media"), "{picture}");
}

#[test]
fn a_large_cluster_is_drawn_namespace_by_namespace() {
    let pod = |number: usize| {
        format!(
            "kind: Pod
apiVersion: v1
metadata: {{name: p{number}, namespace: n{}, labels: {{app: a{number}}}}}
spec: {{containers: [{{name: c, image: c, ports: [{{containerPort: 80}}]}}]}}
",
            number / 6
        )
    };
    let pods: Vec<String> = (0..60).map(pod).collect();
    let pods = pods.join("---\n");
    let cards = |arguments: &str| {
        let run = run(&fixtures(), arguments, &pods);
        let picture = String::from_utf8(run.stdout).unwrap();
        let count = |what: &str| picture.matches(what).count();
        (count("class=\"card\""), count("<title>namespace "), run.status)
    };
    assert_eq!(cards("graph -"), (10, 10, 0));
    assert_eq!(cards("graph - --namespace n3"), (9 + 6, 9, 0));
    assert_eq!(cards("graph - --namespace n3 --namespace n4"), (8 + 12, 8, 0));
}

#[test]
fn policies_without_pods_are_drawn_with_examples() {
    let policy = "
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: doors}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: shop}}}]}]}
";
    let run = run(&fixtures(), "graph -", policy);
    let picture = String::from_utf8(run.stdout).unwrap();
    for part in [">app=web<", ">app=shop<", "marks allowed", "marks denied"] {
        assert!(picture.contains(part), "{part} is missing in {picture}");
    }
    let said = "netpol: there are policies and no pods: a pod for each selector is drawn, and some that no rule means\n";
    assert!(run.stderr.starts_with(said), "{}", run.stderr);
}

#[test]
fn what_cannot_be_drawn_or_written_is_said() {
    check(
        "graph shop --namespace shup",
        &expect![[r#"
            --- standard error
            netpol: there is no namespace `shup`
            --- exit status 2
        "#]],
    );
    check(
        "graph shop --output nowhere/shop.svg",
        &expect![[r#"
            --- standard error
            netpol: nowhere/shop.svg: cannot be written: No such file or directory (os error 2)
            --- exit status 2
        "#]],
    );
}
