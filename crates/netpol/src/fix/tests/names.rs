//! Connections whose senders look names up first.

use expect_test::{Expect, expect};

use super::{BOOKSTORE, query};
use crate::{Sources, analyse, report};

const DENIED: &str = "
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
";

fn check(text: &str, question: &str, expected: &Expect) {
    let analysis = analyse(Sources::single("t.yaml", text));
    let said = match analysis.allow(&query(question)) {
        Ok(mut suggestions) => {
            suggestions.truncate(1);
            report::suggestions(&suggestions).to_string()
        }
        Err(error) => format!("{error}\n"),
    };
    expected.assert_eq(&said);
}

#[test]
fn both_ends_and_the_lookup() {
    check(
        DENIED,
        "shop/web shop/db 5432",
        &expect![[r#"
        1. let web leave for db, and let it in, and let web look names up
           policy shop/deny (t.yaml:12): a new rule
             it also applies to another pod or workload
               12 +   egress:
               13 +   - to:
               14 +     - podSelector:
               15 +         matchLabels:
               16 +           app: db
               17 +     ports:
               18 +     - {protocol: TCP, port: 5432}
               19 +   ingress:
               20 +   - from:
               21 +     - podSelector:
               22 +         matchLabels:
               23 +           app: web
               24 +     ports:
               25 +     - {protocol: TCP, port: 5432}
           policy shop/allow-web-egress-to-coredns (t.yaml:12): a new policy
               12 + ---
               13 + apiVersion: networking.k8s.io/v1
               14 + kind: NetworkPolicy
               15 + metadata: {name: allow-web-egress-to-coredns, namespace: shop}
               16 + spec:
               17 +   podSelector:
               18 +     matchLabels:
               19 +       app: web
               20 +   policyTypes: [Egress]
               21 +   egress:
               22 +   - to:
               23 +     - namespaceSelector:
               24 +         matchLabels:
               25 +           kubernetes.io/metadata.name: kube-system
               26 +       podSelector:
               27 +         matchLabels:
               28 +           k8s-app: kube-dns
               29 +     ports:
               30 +     - {protocol: UDP, port: 53}
               31 +     - {protocol: TCP, port: 53}
           changes no other connection
    "#]],
    );
}

#[test]
fn only_the_lookup() {
    let open = "
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-to-db, namespace: shop}
spec:
  podSelector: {}
  ingress: [{}]
  egress:
  - to:
    - podSelector: {}
  - to:
    - namespaceSelector: {}
    ports:
    - {protocol: UDP, port: 53}
  policyTypes: [Ingress, Egress]
";
    check(
        &format!("{DENIED}{open}"),
        "shop/web shop/db 5432",
        &expect![[r#"
        1. let web look names up
           policy shop/allow-web-egress-to-coredns (t.yaml:28): a new policy
               28 + ---
               29 + apiVersion: networking.k8s.io/v1
               30 + kind: NetworkPolicy
               31 + metadata: {name: allow-web-egress-to-coredns, namespace: shop}
               32 + spec:
               33 +   podSelector:
               34 +     matchLabels:
               35 +       app: web
               36 +   policyTypes: [Egress]
               37 +   egress:
               38 +   - to:
               39 +     - namespaceSelector:
               40 +         matchLabels:
               41 +           kubernetes.io/metadata.name: kube-system
               42 +       podSelector:
               43 +         matchLabels:
               44 +           k8s-app: kube-dns
               45 +     ports:
               46 +     - {protocol: TCP, port: 53}
           changes no other connection
    "#]],
    );
}

#[test]
fn who_may_look_names_up_needs_nothing_for_it() {
    check(
        BOOKSTORE,
        "bookstore/storefront bookstore/postgres 5432",
        &expect![[r#"
        1. let storefront leave for postgres, and let it in
           policy bookstore/allow-storefront-egress (t.yaml:157): a new rule
              157 +   - to:
              158 +     - podSelector:
              159 +         matchLabels:
              160 +           app: postgres
              161 +     ports:
              162 +     - {protocol: TCP, port: 5432}
           policy bookstore/allow-catalog-to-postgres (t.yaml:89): one more sender in rule 1
               89 +     - podSelector:
               90 +         matchLabels:
               91 +           app: storefront
           changes no other connection
    "#]],
    );
    check(
        BOOKSTORE,
        "bookstore/catalog bookstore/postgres 5432",
        &expect![[r#"
        the connection is allowed already, and so is looking names up (ask for the opposite verdict)
    "#]],
    );
}

#[test]
fn who_is_outside_looks_nothing_up() {
    let office = "{apiVersion: netpol/v1, kind: External, metadata: {name: office}, spec: {ip: 203.0.113.7}}";
    check(
        &format!("{DENIED}---\n{office}\n"),
        "external/office shop/db 5432",
        &expect![[r#"
        1. let db admit office
           policy shop/allow-office-to-db (t.yaml:14): a new policy
               14 + ---
               15 + apiVersion: networking.k8s.io/v1
               16 + kind: NetworkPolicy
               17 + metadata: {name: allow-office-to-db, namespace: shop}
               18 + spec:
               19 +   podSelector:
               20 +     matchLabels:
               21 +       app: db
               22 +   policyTypes: [Ingress]
               23 +   ingress:
               24 +   - from:
               25 +     - ipBlock:
               26 +         cidr: 203.0.113.7/32
               27 +     ports:
               28 +     - {protocol: TCP, port: 5432}
           changes no other connection
    "#]],
    );
}
