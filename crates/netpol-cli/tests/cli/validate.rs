//! `netpol validate`.

use expect_test::{expect, expect_file};

use crate::support::{check, fixtures, run};

#[test]
fn refusals_are_told_as_kubectl_tells_them() {
    let run = run(&fixtures(), "validate refused.yaml", "");
    expect_file!["../golden/validate.txt"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}

#[test]
fn unknown_fields_may_be_warned_of() {
    let run = run(&fixtures(), "validate refused.yaml --mode warn", "");
    let stdout = String::from_utf8(run.stdout).unwrap();
    let first = stdout.split("\n\n").next().unwrap();
    expect![[r#"
        Warning: unknown field "spec.egress[0].to[0].matchLabels"
        Warning: unknown field "spec.ingresss"
        The NetworkPolicy "fields" is invalid: spec.egress[0].to[0]: Required value: must specify a peer
          --> refused.yaml:8:11: indent `matchLabels` one level more: it belongs under `namespaceSelector` or `podSelector`
          --> refused.yaml:6:3: did you mean `ingress`?
          --> refused.yaml:8:10: write `podSelector`, `namespaceSelector` or `ipBlock`; `podSelector: {}` means all pods of this namespace"#]].assert_eq(first);
    assert_eq!(run.status, 1);
}

#[test]
fn unknown_fields_may_be_dropped() {
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
                  metadata: {name: fields}\nspec: {podSelector: {app: web}}\n";
    let outcome = |mode: &str| {
        let run = run(&fixtures(), &format!("validate - --mode {mode}"), policy);
        let stdout = String::from_utf8(run.stdout).unwrap();
        (stdout.lines().last().unwrap().to_owned(), run.status)
    };
    assert_eq!(outcome("strict"), ("Kubernetes 1.36: 0 accepted, 1 refused".to_owned(), 1));
    assert_eq!(outcome("warn"), ("Kubernetes 1.36: 1 accepted, 0 refused".to_owned(), 0));
    assert_eq!(outcome("ignore"), ("Kubernetes 1.36: 1 accepted, 0 refused".to_owned(), 0));
}

#[test]
fn without_a_mode_the_settings_choose() {
    let text = "{apiVersion: netpol/v1, kind: Settings, spec: {fieldValidation: warn}}\n---\n\
                apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
                metadata: {name: fields}\nspec: {podSelector: {app: web}}\n";
    let outcome = |arguments: &str| {
        let run = run(&fixtures(), &format!("validate - {arguments}"), text);
        let stdout = String::from_utf8(run.stdout).unwrap();
        (stdout.lines().next().unwrap().split(": ").next().unwrap().to_owned(), run.status)
    };
    assert_eq!(outcome(""), ("Warning".to_owned(), 0));
    assert_eq!(outcome("--mode strict"), ("Error from server (BadRequest)".to_owned(), 1));
}

#[test]
fn the_version_is_that_of_the_settings() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n\
                spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}\n\
                ---\napiVersion: netpol/v1\nkind: Settings\nmetadata: {name: settings}\n\
                spec: {kubernetesVersion: \"1.34\"}\n";
    let run = run(&fixtures(), "validate -", text);
    expect![[r#"
        Warning: spec.ingress[0].from[0].ipBlock.cidr: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)
          --> <stdin>:4:60: write `10.0.0.0/8`

        Kubernetes 1.34: 2 accepted, 0 refused
    "#]].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn what_is_accepted_is_only_counted() {
    check(
        "validate shop",
        &expect![[r#"
        Kubernetes 1.36: 10 accepted, 0 refused
        --- standard error
        --- exit status 0
    "#]],
    );
    check(
        "validate comments.yaml",
        &expect![[r#"
        --- standard error
        netpol: comments.yaml: holds no object
        --- exit status 2
    "#]],
    );
}

#[test]
fn json_has_the_causes_with_their_places() {
    let run = run(&fixtures(), "validate refused.yaml --format json", "");
    expect_file!["../golden/validate.json"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}
