//! Ends of all kinds, and what else a suggestion must think of.

use expect_test::expect;

use super::*;

/// Documents on one line each.
fn cluster(lines: &[&str]) -> String {
    lines.join("\n---\n")
}

const WEB: &str =
    "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}";
const DB: &str =
    "{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}";
const DENY: &str = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny\n  namespace: shop\nspec:\n  podSelector:\n    matchLabels:\n      app: db\n  policyTypes:\n  - Ingress";

#[test]
fn an_outside_address_of_both_families() {
    let office = "{apiVersion: netpol/v1, kind: External, metadata: {name: office}, spec: {ips: [203.0.113.7, \"2001:db8::7\"]}}";
    let db = DB
        .replace("{app: db}}", "{app: db}}, status: {podIPs: [{ip: 10.0.0.1}, {ip: \"fd00::1\"}]}");
    allow(
        &cluster(&[DENY, &db, office]),
        "external/office shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit office
               policy shop/deny (t.yaml:12): a new rule
                   12 +   ingress:
                   13 +   - from:
                   14 +     - ipBlock:
                   15 +         cidr: 203.0.113.7/32
                   16 +     - ipBlock:
                   17 +         cidr: "2001:db8::7/128"
                   18 +     ports:
                   19 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn an_address_without_a_name() {
    allow(
        &cluster(&[DENY, DB]),
        "198.51.100.9 shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit 198.51.100.9
               policy shop/deny (t.yaml:12): a new rule
                   12 +   ingress:
                   13 +   - from:
                   14 +     - ipBlock:
                   15 +         cidr: 198.51.100.9/32
                   16 +     ports:
                   17 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn an_address_in_a_block() {
    let policy =
        DENY.to_owned() + "\n  ingress:\n  - from:\n    - ipBlock:\n        cidr: 198.51.100.0/24";
    deny(
        &cluster(&[&policy, DB]),
        "198.51.100.9 shop/db 5432",
        2,
        &expect![[r#"
            1. keep 198.51.100.9 out of db
               policy shop/deny (t.yaml:16): an exception in rule 1
                   16 +         except: [198.51.100.9/32]
               changes no other connection
            2. keep 198.51.100.9 out of db
               policy shop/deny (t.yaml:12): without rule 1
                   12 -   ingress:
                   13 -   - from:
                   14 -     - ipBlock:
                   15 -         cidr: 198.51.100.0/24
                   12 +   ingress: []
               changes no other connection
        "#]],
    );
}

#[test]
fn labels_that_tell_pods_apart() {
    let pod = |name: &str, labels: &str| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: shop, labels: {{{labels}}}}}}}"
        )
    };
    let a = pod("a", "app: web, tier: front, pod-template-hash: abc");
    let b = pod("b", "app: web, tier: back");
    let c = pod("c", "app: other, tier: front");
    allow(
        &cluster(&[DENY, DB, &a, &b, &c]),
        "shop/a shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit a
               policy shop/deny (t.yaml:12): a new rule
                   12 +   ingress:
                   13 +   - from:
                   14 +     - podSelector:
                   15 +         matchLabels:
                   16 +           app: web
                   17 +           tier: front
                   18 +     ports:
                   19 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn pods_that_no_label_tells_apart_are_told() {
    let twin = WEB.replace("name: web", "name: twin");
    allow(
        &cluster(&[DENY, DB, WEB, &twin]),
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit web
               policy shop/deny (t.yaml:12): a new rule
                   12 +   ingress:
                   13 +   - from:
                   14 +     - podSelector:
                   15 +         matchLabels:
                   16 +           app: web
                   17 +     ports:
                   18 +     - {protocol: TCP, port: 5432}
               also changes one pair:
                 shop/twin -> shop/db: +TCP/5432
        "#]],
    );
}

#[test]
fn pods_behind_a_service_that_differ() {
    let replica = |name: &str| {
        DB.replace("name: db", &format!("name: {name}"))
            .replace("app: db", &format!("app: db, role: {name}"))
    };
    let (a, b) = (replica("primary"), replica("standby"));
    let service = "{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}}";
    let policy = |name: &str| {
        DENY.replace("name: deny", &format!("name: {name}"))
            .replace("app: db", &format!("role: {name}"))
    };
    let text = cluster(&[&policy("primary"), &policy("standby"), &a, &b, WEB, service]);
    allow(
        &text,
        "shop/web service:shop/db 80",
        1,
        &expect![[r#"
            1. let db admit web
               policy shop/primary (t.yaml:12): a new rule
                   12 +   ingress:
                   13 +   - from:
                   14 +     - podSelector:
                   15 +         matchLabels:
                   16 +           app: web
                   17 +     ports:
                   18 +     - {protocol: TCP, port: 5432}
               policy shop/standby (t.yaml:24): a new rule
                   24 +   ingress:
                   25 +   - from:
                   26 +     - podSelector:
                   27 +         matchLabels:
                   28 +           app: web
                   29 +     ports:
                   30 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn a_rule_for_everyone() {
    let policy = DENY.to_owned() + "\n  ingress:\n  - {}";
    deny(
        &cluster(&[&policy, DB, WEB]),
        "shop/web shop/db 5432",
        2,
        &expect![[r#"
            1. keep web out of db
               policy shop/deny (t.yaml:12): without rule 1
                   12 -   ingress:
                   13 -   - {}
                   12 +   ingress: []
               also changes 2 pairs:
                 kube-system/coredns -> shop/db: -TCP/* -UDP/* -SCTP/*
                 shop/web -> shop/db: -TCP/1-5431 -TCP/5433-65535 -UDP/* -SCTP/*
            2. keep web out of db
               policy shop/deny (t.yaml:13): an exception in rule 1
                   13 -   - {}
                   13 +   - {from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}, {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}}]}
               note: Senders outside the cluster that no `External` names are kept out too
               also changes one pair:
                 shop/web -> shop/db: -TCP/1-5431 -TCP/5433-65535 -UDP/* -SCTP/*
        "#]],
    );
}

#[test]
fn an_open_question_can_be_settled() {
    let policy = DENY.to_owned() + "\n  ingress:\n  - from:\n    - ipBlock: {cidr: 10.0.0.0/8}";
    let web = WEB.replace("{app: web}}", "{app: web}}, status: {podIP: 10.0.0.1}");
    let text = cluster(&[&policy, DB, &web]);
    allow(
        &text,
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit web
               policy shop/deny (t.yaml:15): a new rule
                   15 +   - from:
                   16 +     - podSelector:
                   17 +         matchLabels:
                   18 +           app: web
                   19 +     ports:
                   20 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
    deny(
        &text,
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. keep web out of db
               policy shop/deny (t.yaml:14): an exception in rule 1
                   14 -     - ipBlock: {cidr: 10.0.0.0/8}
                   14 +     - ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.1/32]}
               note: A pod gets another address when it is replaced
               also changes one pair:
                 shop/web -> shop/db: -TCP/1-5431 -TCP/5433-65535 -UDP/* -SCTP/*
        "#]],
    );
}

#[test]
fn an_isolating_policy_where_blocks_never_mean_pods() {
    let settings =
        "{apiVersion: netpol/v1, kind: Settings, metadata: {name: s}, spec: {plugin: cilium}}";
    deny(
        &cluster(&[DB, WEB, settings]),
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. keep web out of db
               policy shop/keep-web-out-of-db (t.yaml:6): a new policy that lets everyone else pass
                    6 + ---
                    7 + apiVersion: networking.k8s.io/v1
                    8 + kind: NetworkPolicy
                    9 + metadata:
                   10 +   name: keep-web-out-of-db
                   11 +   namespace: shop
                   12 + spec:
                   13 +   podSelector:
                   14 +     matchLabels:
                   15 +       app: db
                   16 +   policyTypes: [Ingress]
                   17 +   ingress:
                   18 +   - from:
                   19 +     - podSelector:
                   20 +         matchExpressions:
                   21 +         - {key: app, operator: NotIn, values: [web]}
                   22 +     - namespaceSelector:
                   23 +         matchExpressions:
                   24 +         - {key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}
                   25 +     - ipBlock:
                   26 +         cidr: 0.0.0.0/0
                   27 +     - ipBlock:
                   28 +         cidr: "::/0"
               also changes one pair:
                 shop/web -> shop/db: -TCP/1-5431 -TCP/5433-65535 -UDP/* -SCTP/*
        "#]],
    );
    deny(
        &cluster(&[DB, WEB]),
        "shop/web 198.51.100.9 443",
        1,
        &expect![[r#"
            1. keep web from leaving for 198.51.100.9
               policy shop/keep-web-from-198-51-100-9 (t.yaml:4): a new policy that lets everyone else pass
                    4 + ---
                    5 + apiVersion: networking.k8s.io/v1
                    6 + kind: NetworkPolicy
                    7 + metadata:
                    8 +   name: keep-web-from-198-51-100-9
                    9 +   namespace: shop
                   10 + spec:
                   11 +   podSelector:
                   12 +     matchLabels:
                   13 +       app: web
                   14 +   policyTypes: [Egress]
                   15 +   egress:
                   16 +   - to:
                   17 +     - namespaceSelector: {}
                   18 +     - ipBlock:
                   19 +         cidr: 0.0.0.0/0
                   20 +         except: [198.51.100.9/32]
                   21 +     - ipBlock:
                   22 +         cidr: "::/0"
               changes no other connection
        "#]],
    );
}

#[test]
fn why_there_is_nothing_to_suggest() {
    let off =
        "{apiVersion: netpol/v1, kind: Settings, metadata: {name: s}, spec: {plugin: flannel}}";
    deny(
        &cluster(&[DENY, DB, WEB, off]),
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            no small edit of the policies makes this connection denied (the network plugin does not enforce policies)
        "#]],
    );
    deny(
        &cluster(&[DENY, DB, WEB]),
        "shop/web shop/web 80",
        1,
        &expect![[r#"
            no small edit of the policies makes this connection denied (nothing keeps a pod from itself)
        "#]],
    );
    let bare = WEB.replace(", labels: {app: web}", "");
    deny(
        &cluster(&[DB, &bare]),
        "shop/web shop/db 80",
        1,
        &expect![[r#"
            1. keep web from leaving for db
               policy shop/keep-web-from-db (t.yaml:4): a new policy that lets everyone else pass
                 it also applies to another pod or workload
                    4 + ---
                    5 + apiVersion: networking.k8s.io/v1
                    6 + kind: NetworkPolicy
                    7 + metadata:
                    8 +   name: keep-web-from-db
                    9 +   namespace: shop
                   10 + spec:
                   11 +   podSelector: {}
                   12 +   policyTypes: [Egress]
                   13 +   egress:
                   14 +   - to:
                   15 +     - podSelector:
                   16 +         matchExpressions:
                   17 +         - {key: app, operator: NotIn, values: [db]}
                   18 +     - namespaceSelector:
                   19 +         matchExpressions:
                   20 +         - {key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}
               note: Addresses outside the cluster that no `External` names are cut off too
               also changes one pair:
                 shop/web -> shop/db: -TCP/1-79 -TCP/81-65535 -UDP/* -SCTP/*
        "#]],
    );
    allow(
        &cluster(&[DENY, DB]),
        "shop/web shop/db 80",
        1,
        &expect![[r#"
        there is no pod or workload `shop/web` (did you mean `shop/db`?)
    "#]],
    );
    allow(
        &cluster(&[DENY, DB, WEB]),
        "shop/web shop/db sql",
        1,
        &expect![[r#"
        there is nothing to judge: shop/db declares no TCP port for the name `sql` (ask about another connection)
    "#]],
    );
}

#[test]
fn a_block_of_one_address_has_no_exception() {
    let policy =
        DENY.to_owned() + "\n  ingress:\n  - from:\n    - ipBlock:\n        cidr: 198.51.100.9/32";
    deny(
        &cluster(&[&policy, DB]),
        "198.51.100.9 shop/db 5432",
        5,
        &expect![[r#"
            1. keep 198.51.100.9 out of db
               policy shop/deny (t.yaml:12): without rule 1
                   12 -   ingress:
                   13 -   - from:
                   14 -     - ipBlock:
                   15 -         cidr: 198.51.100.9/32
                   12 +   ingress: []
               changes no other connection
        "#]],
    );
}
