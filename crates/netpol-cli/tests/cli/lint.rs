//! `netpol lint`.

use expect_test::{expect, expect_file};

use crate::support::{check, fixtures, run};

#[test]
fn all_findings_are_the_answer() {
    check(
        "lint broken.yaml",
        &expect![[r#"
        error[tab-indentation]: found character that cannot start any token: a tab
         --> broken.yaml:4:1
          |
        4 |     name: tab
          | ^^^^
          |
          = help: indent with spaces, YAML does not allow tabs there

        info[inferred-namespace]: namespace `shop` is not declared; it is taken to be there
         --> broken.yaml:8:39
          |
        8 | metadata: {name: misspelt, namespace: shop}
          |                                       ^^^^
          |
          = help: add a Namespace `shop` if it has labels; it always has `kubernetes.io/metadata.name: shop`

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

        3 errors, 1 warning, 1 info
        --- standard error
        --- exit status 1
    "#]],
    );
}

#[test]
fn nothing_found_is_said() {
    check(
        "lint shop",
        &expect![[r#"
        0 errors, 0 warnings, 0 infos
        --- standard error
        --- exit status 0
    "#]],
    );
}

#[test]
fn json_lists_them_with_their_places() {
    let run = run(&fixtures(), "lint broken.yaml --format json", "");
    expect_file!["../golden/lint.json"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}

#[test]
fn code_hosts_read_sarif() {
    let run = run(&fixtures(), "lint broken.yaml --format sarif", "");
    expect_file!["../golden/lint.sarif"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}
