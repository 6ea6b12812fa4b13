//! `netpol diff`.

use expect_test::{expect, expect_file};

use crate::support::{check, fixtures, run};

const CALL: &str = "diff --before shop --after shop-changed.yaml";

#[test]
fn changes_come_first_then_what_is_added_and_removed() {
    check(
        CALL,
        &expect![[r#"
        Connectivity diff:
        diff-type: changed, source: shop/web[Deployment], destination: shop/db-0[Pod], old: TCP 5432, new: TCP 5432-5433
        diff-type: added, source: 0.0.0.0-255.255.255.255[External], destination: shop/cache[Pod], old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: added, source: 203.0.112.0-203.0.112.255[External], destination: shop/db-0[Pod], old: No Connections, new: All Connections
        diff-type: added, source: 203.0.113.64-203.0.113.127[External], destination: shop/db-0[Pod], old: No Connections, new: All Connections
        diff-type: added, source: external/office, destination: shop/cache[Pod], old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: added, source: shop/cache[Pod], destination: 0.0.0.0-255.255.255.255[External], old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: added, source: shop/cache[Pod], destination: external/office, old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: added, source: shop/cache[Pod], destination: shop/web[Deployment], old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: added, source: shop/db-0[Pod], destination: shop/cache[Pod], old: No Connections, new: All Connections, workloads-diff-info: workload shop/cache[Pod] added
        diff-type: removed, source: 0.0.0.0-255.255.255.255[External], destination: shop/db-1[Pod], old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: external/office, destination: shop/db-1[Pod], old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: shop/db-0[Pod], destination: shop/db-1[Pod], old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: shop/db-1[Pod], destination: 0.0.0.0-255.255.255.255[External], old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: shop/db-1[Pod], destination: external/office, old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: shop/db-1[Pod], destination: shop/web[Deployment], old: All Connections, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        diff-type: removed, source: shop/web[Deployment], destination: shop/db-1[Pod], old: TCP 5432, new: No Connections, workloads-diff-info: workload shop/db-1[Pod] removed
        --- standard error
        --- exit status 0
    "#]],
    );
}

#[test]
fn nothing_different_is_said() {
    check(
        "diff --before shop --after shop",
        &expect![[r#"
        --- standard error
        netpol: no connection differs
        --- exit status 0
    "#]],
    );
}

#[test]
fn what_is_not_certain_is_not_compared() {
    check(
        "diff --before shop --after open-question.yaml --format csv",
        &expect![[r#"
            diff-type,source,destination,old,new,workloads-diff-info
            added,0.0.0.0-255.255.255.255[External],shop/a[Pod],No Connections,All Connections,workload shop/a[Pod] added
            added,0.0.0.0-255.255.255.255[External],shop/b[Pod],No Connections,All Connections,workload shop/b[Pod] added
            added,shop/a[Pod],0.0.0.0-255.255.255.255[External],No Connections,All Connections,workload shop/a[Pod] added
            added,shop/b[Pod],0.0.0.0-255.255.255.255[External],No Connections,All Connections,workload shop/b[Pod] added
            added,shop/b[Pod],shop/a[Pod],No Connections,All Connections,"workload shop/b[Pod] added, workload shop/a[Pod] added"
            removed,0.0.0.0-255.255.255.255[External],shop/db-1[Pod],All Connections,No Connections,workload shop/db-1[Pod] removed
            removed,0.0.0.0-255.255.255.255[External],shop/web[Deployment],All Connections,No Connections,workload shop/web[Deployment] removed
            removed,203.0.113.0-203.0.113.63[External],shop/db-0[Pod],All Connections,No Connections,workload shop/db-0[Pod] removed
            removed,203.0.113.128-203.0.113.255[External],shop/db-0[Pod],All Connections,No Connections,workload shop/db-0[Pod] removed
            removed,external/office,shop/db-0[Pod],All Connections,No Connections,"address external/office removed, workload shop/db-0[Pod] removed"
            removed,external/office,shop/db-1[Pod],All Connections,No Connections,"address external/office removed, workload shop/db-1[Pod] removed"
            removed,external/office,shop/web[Deployment],All Connections,No Connections,"address external/office removed, workload shop/web[Deployment] removed"
            removed,shop/db-0[Pod],0.0.0.0-255.255.255.255[External],All Connections,No Connections,workload shop/db-0[Pod] removed
            removed,shop/db-0[Pod],external/office,All Connections,No Connections,"workload shop/db-0[Pod] removed, address external/office removed"
            removed,shop/db-0[Pod],shop/db-1[Pod],All Connections,No Connections,"workload shop/db-0[Pod] removed, workload shop/db-1[Pod] removed"
            removed,shop/db-0[Pod],shop/web[Deployment],All Connections,No Connections,"workload shop/db-0[Pod] removed, workload shop/web[Deployment] removed"
            removed,shop/db-1[Pod],0.0.0.0-255.255.255.255[External],All Connections,No Connections,workload shop/db-1[Pod] removed
            removed,shop/db-1[Pod],external/office,All Connections,No Connections,"workload shop/db-1[Pod] removed, address external/office removed"
            removed,shop/db-1[Pod],shop/web[Deployment],All Connections,No Connections,"workload shop/db-1[Pod] removed, workload shop/web[Deployment] removed"
            removed,shop/web[Deployment],shop/db-0[Pod],TCP 5432,No Connections,"workload shop/web[Deployment] removed, workload shop/db-0[Pod] removed"
            removed,shop/web[Deployment],shop/db-1[Pod],TCP 5432,No Connections,"workload shop/web[Deployment] removed, workload shop/db-1[Pod] removed"
            --- standard error
            netpol: 0 pairs before and 1 after connect with some network plugins only, which counts as not connected; name yours in the Settings
            --- exit status 0
        "#]],
    );
}

#[test]
fn both_inputs_must_be_usable() {
    check(
        "diff --before shop --after nothing.yaml",
        &expect![[r#"
        --- standard error
        netpol: nothing.yaml: no such file or folder
        --- exit status 2
    "#]],
    );
    check(
        "diff --before comments.yaml --after shop",
        &expect![[r#"
        --- standard error
        netpol: comments.yaml: holds no object
        --- exit status 2
    "#]],
    );
    check(
        "diff --before shop",
        &expect![[r#"
        --- standard error
        netpol: the following required arguments were not provided: --after <PATH>
        --- exit status 2
    "#]],
    );
}

#[test]
fn differences_for_programs() {
    for (format, golden) in [
        ("json", expect_file!["../golden/diff.json"]),
        ("csv", expect_file!["../golden/diff.csv"]),
        ("md", expect_file!["../golden/diff.md"]),
    ] {
        let run = run(&fixtures(), &format!("{CALL} --format {format}"), "");
        golden.assert_eq(std::str::from_utf8(&run.stdout).unwrap());
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}
