//! What is wrong with manifests, and what that means for the exit status.

use std::fmt::Write as _;

use expect_test::expect;

use crate::support::{check, fixtures, run};

#[test]
fn errors_and_warnings_are_shown_and_the_rest_is_judged() {
    check(
        "reach broken.yaml",
        &expect![[r#"
            0.0.0.0-255.255.255.255[External] => shop/fine[Pod] : All Connections
            0.0.0.0-255.255.255.255[External] => shop/other[Pod] : All Connections
            shop/fine[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            shop/fine[Pod] => shop/other[Pod] : All Connections
            shop/other[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            shop/other[Pod] => shop/fine[Pod] : All Connections
            --- standard error
            error[tab-indentation]: found character that cannot start any token: a tab
             --> broken.yaml:4:1
              |
            4 |     name: tab
              | ^^^^
              |
              = help: indent with spaces, YAML does not allow tabs there

            error[unknown-field]: unknown field "spec.podSelecter"
              --> broken.yaml:10:3
               |
            10 |   podSelecter: {}
               |   ^^^^^^^^^^^
               |
               = help: did you mean `podSelector`?

            error[missing-api-version]: apiVersion not set
              --> broken.yaml:14:1
               |
            14 | kind: Pod
               | ^^^^
               |
               = help: add it to the object, such as `apiVersion: v1`

            warning[policy-selects-no-pod]: policy `nobody` selects no pod of namespace `shop`
              --> broken.yaml:21:16
               |
            21 |   podSelector: {matchLabels: {app: nobody}}
               |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: compare its podSelector with the labels of the pods

            netpol: 1 finding is only worth knowing; `--verbose` shows it
            --- exit status 1
        "#]],
    );
}

#[test]
fn verbose_shows_what_is_only_worth_knowing() {
    let quiet = run(&fixtures(), "reach broken.yaml", "");
    let verbose = run(&fixtures(), "reach broken.yaml --verbose", "");
    assert!(!quiet.stderr.contains("info["), "{}", quiet.stderr);
    assert!(verbose.stderr.contains("info[inferred-namespace]"), "{}", verbose.stderr);
    assert_eq!((quiet.stdout, quiet.status), (verbose.stdout, verbose.status));
}

#[test]
fn warnings_that_repeat_themselves_are_counted() {
    let mut text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n".to_owned();
    for number in 0..12 {
        text += "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n";
        writeln!(text, "metadata: {{name: p{number}, namespace: shop}}").unwrap();
        text += "spec: {podSelector: {matchLabels: {app: nobody}}}\n";
    }
    let shown = |arguments| {
        let run = run(&fixtures(), arguments, &text);
        assert_eq!(run.status, 0, "warnings are no errors");
        let more = "netpol: 2 more warnings `policy-selects-no-pod`; `--verbose` shows them\n";
        (run.stderr.matches("warning[").count(), run.stderr.contains(more))
    };
    assert_eq!(shown("reach -"), (10, true));
    assert_eq!(shown("reach - --verbose"), (12, false));
}

#[test]
fn a_place_in_a_very_long_line_is_named_without_the_line() {
    let filler = "x".repeat(20_000);
    let text = format!(
        "{{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {{\"name\": \"a\", \
         \"annotations\": {{\"a\": \"{filler}\"}}, \"lables\": {{}}}}}}"
    );
    let run = run(&fixtures(), "reach -", &text);
    assert!(run.stderr.len() < 2000, "{}", run.stderr);
    assert!(run.stderr.contains("--> <stdin>:1:20089\n"), "{}", run.stderr);
    assert_eq!(run.status, 1);
}

#[test]
fn a_file_without_objects_is_no_input() {
    check(
        "reach comments.yaml",
        &expect![[r#"
        --- standard error
        netpol: comments.yaml: holds no object
        --- exit status 2
    "#]],
    );
    check(
        "reach comments.yaml comments.yaml",
        &expect![[r#"
        --- standard error
        netpol: none of the 2 files holds an object
        --- exit status 2
    "#]],
    );
}

#[test]
fn a_file_without_objects_is_named_beside_others() {
    check(
        "reach comments.yaml shop --to shop/db-0 --port 5432",
        &expect![[r#"
            203.0.113.0-203.0.113.63[External] => shop/db-0[Pod] : TCP 5432
            203.0.113.128-203.0.113.255[External] => shop/db-0[Pod] : TCP 5432
            external/office => shop/db-0[Pod] : TCP 5432
            shop/web[Deployment] => shop/db-0[Pod] : TCP 5432
            --- standard error
            netpol: comments.yaml: holds no object
            --- exit status 0
        "#]],
    );
}

#[test]
fn colours_are_for_terminals() {
    let run = run(&fixtures(), "reach broken.yaml", "");
    assert!(!run.stderr.contains('\x1b'), "{}", run.stderr);
}
