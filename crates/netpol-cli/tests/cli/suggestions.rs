//! `netpol explain --suggest`.

use expect_test::{Expect, expect, expect_file};

use crate::support::{fixtures, run};

/// Compares only what `--suggest` adds.
#[track_caller]
fn check_suggested(arguments: &str, expected: &Expect) {
    let [plain, run] = [arguments, &format!("{arguments} --suggest")]
        .map(|arguments| run(&fixtures(), arguments, ""))
        .map(|run| (String::from_utf8(run.stdout).unwrap(), run.status));
    expected.assert_eq(run.0.strip_prefix(&plain.0).unwrap());
    assert_eq!((plain.1, run.1), (0, 0));
}

#[test]
fn edits_that_allow_a_connection_are_suggested() {
    check_suggested(
        "explain shop --from shop/db-1 --to service:shop/db --port 5432",
        &expect![[r#"

            With any one of these edits the connection is allowed:
            1. let db admit db-1
               policy shop/db (shop/policies/db.json:9): one more sender in rule 1
                    9 -         "from": [{"podSelector": {"matchLabels": {"app": "web"}}}],
                    9 +         "from": [{"podSelector": {"matchLabels": {"app": "web"}}}, {"podSelector": {"matchLabels": {"role": "replica"}}}],
               changes no other connection
            2. let db admit db-1
               policy shop/db (shop/policies/db.json:12): a new rule
                   12 -       {"from": [{"ipBlock": {"cidr": "203.0.113.0/24", "except": ["203.0.113.64/26"]}}]}
                   12 +       {"from": [{"ipBlock": {"cidr": "203.0.113.0/24", "except": ["203.0.113.64/26"]}}]},
                   13 +       {
                   14 +         "from": [
                   15 +           {
                   16 +             "podSelector": {
                   17 +               "matchLabels": {
                   18 +                 "role": "replica"
                   19 +               }
                   20 +             }
                   21 +           }
                   22 +         ],
                   23 +         "ports": [
                   24 +           {
                   25 +             "protocol": "TCP",
                   26 +             "port": 5432
                   27 +           }
                   28 +         ]
                   29 +       }
               changes no other connection
            3. let db admit db-1
               policy shop/allow-db-1-to-db-0 (shop/policies/db.json:16): a new policy
                   16 + ---
                   17 + {
                   18 +   "apiVersion": "networking.k8s.io/v1",
                   19 +   "kind": "NetworkPolicy",
                   20 +   "metadata": {
                   21 +     "name": "allow-db-1-to-db-0",
                   22 +     "namespace": "shop"
                   23 +   },
                   24 +   "spec": {
                   25 +     "podSelector": {
                   26 +       "matchLabels": {
                   27 +         "role": "primary"
                   28 +       }
                   29 +     },
                   30 +     "policyTypes": [
                   31 +       "Ingress"
                   32 +     ],
                   33 +     "ingress": [
                   34 +       {
                   35 +         "from": [
                   36 +           {
                   37 +             "podSelector": {
                   38 +               "matchLabels": {
                   39 +                 "role": "replica"
                   40 +               }
                   41 +             }
                   42 +           }
                   43 +         ],
                   44 +         "ports": [
                   45 +           {
                   46 +             "protocol": "TCP",
                   47 +             "port": 5432
                   48 +           }
                   49 +         ]
                   50 +       }
                   51 +     ]
                   52 +   }
                   53 + }
               changes no other connection
            4. let db admit db-1
               policy shop/db (shop/policies/db.json:12): one more sender in rule 2
                   12 -       {"from": [{"ipBlock": {"cidr": "203.0.113.0/24", "except": ["203.0.113.64/26"]}}]}
                   12 +       {"from": [{"ipBlock": {"cidr": "203.0.113.0/24", "except": ["203.0.113.64/26"]}}, {"podSelector": {"matchLabels": {"role": "replica"}}}]}
               also changes one pair:
                 shop/db-1 -> shop/db-0: +TCP/1-5431 +TCP/5433-65535 +UDP/* +SCTP/*
        "#]],
    );
}

#[test]
fn edits_that_deny_a_connection_are_suggested() {
    check_suggested(
        "explain shop --from shop/web --to shop/db-0 --port 5432",
        &expect![[r#"

        With any one of these edits the connection is denied:
        1. keep web from leaving for db-0
           policy shop/web (shop/policies/web.yml:8): an exception in rule 1
                8 -   - to: [{podSelector: {matchLabels: {app: db}}}]
                8 +   - to: [{podSelector: {matchLabels: {app: db}, matchExpressions: [{key: role, operator: NotIn, values: [primary]}]}}]
           changes no other connection
        2. keep web out of db-0
           policy shop/db (shop/policies/db.json:8): without rule 1
                8 -       {
                9 -         "from": [{"podSelector": {"matchLabels": {"app": "web"}}}],
               10 -         "ports": [{"port": 5432}]
               11 -       },
           changes no other connection
        3. keep web from leaving for db-0
           policy shop/web (shop/policies/web.yml:7): without rule 1
                7 -   egress:
                8 -   - to: [{podSelector: {matchLabels: {app: db}}}]
                9 -     ports: [{port: postgres}]
                7 +   egress: []
           also changes one pair:
             shop/web -> shop/db-1: -TCP/5432
    "#]],
    );
}

#[test]
fn a_verdict_that_no_edit_turns_is_no_failure() {
    check_suggested(
        "explain shop --from shop/db-1 --to shop/db-1 --port 80",
        &expect![[r#"

        no suggestion: no small edit of the policies makes this connection denied (nothing keeps a pod from itself)
    "#]],
    );
}

#[test]
fn a_verdict_to_aim_at_can_be_given() {
    let run = run(
        &fixtures(),
        "explain shop --from shop/web --to shop/db-0 --port 5432 --suggest=allowed",
        "",
    );
    let printed = String::from_utf8(run.stdout).unwrap();
    expect!["no suggestion: the connection is allowed already (ask for the opposite verdict)"]
        .assert_eq(printed.lines().last().unwrap());
}

#[test]
fn suggestions_as_json() {
    let call = "explain shop --from shop/web --to shop/db-0 --port 5432 --suggest --format json";
    let run = run(&fixtures(), call, "");
    expect_file!["../golden/explain-suggest.json"]
        .assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!(run.status, 0);
}
