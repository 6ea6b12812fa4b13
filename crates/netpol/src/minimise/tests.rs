//! What is left. That the answer stays is a law of the workspace's tests.

use expect_test::{Expect, expect};

use super::minimise;
use crate::view::{ConnectionQuery, PortSpec, Protocol, QueryError};
use crate::{Sources, analyse};

const SHOP: &str = "
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: x}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {team: y}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web, owner: jane}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db, team: z}}, spec: {containers: [{name: db, image: secret, ports: [{containerPort: 5432}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: other}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db}, ports: [{port: 5432}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: web}}}]
    ports: [{port: 5432}, {port: 9187}]
  - from: [{namespaceSelector: {matchLabels: {team: z}}}]
    ports: [{port: 80}]
  egress:
  - {}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: default-deny, namespace: shop}, spec: {podSelector: {}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: elsewhere, namespace: other}, spec: {podSelector: {}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: refused, namespace: shop}, spec: {podSelektor: {}}}
";

fn check(from: &str, to: &str, port: u16, expected: &Expect) {
    let left = left(SHOP, from, to, port);
    expected.assert_eq(&left.unwrap_or_else(|error| error.to_string()));
}

fn left(text: &str, from: &str, to: &str, port: u16) -> Result<String, QueryError> {
    let query = ConnectionQuery {
        from: from.to_owned(),
        to: to.to_owned(),
        port: PortSpec::Number(port),
        protocol: Protocol::Tcp,
    };
    minimise(&analyse(Sources::single("shop.yaml", text)), &query)
}

#[test]
fn of_an_allowed_connection_what_admits_it_is_left() {
    check(
        "shop/web",
        "service:shop/db",
        5432,
        &expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          namespace: shop
          labels:
            app: web
        spec:
          containers:
          - name: container-1
            image: image
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: db
          namespace: shop
          labels:
            app: db
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - containerPort: 5432
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: db
          namespace: shop
        spec:
          selector:
            app: db
          ports:
          - port: 5432
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - port: 5432
          podSelector:
            matchLabels:
              app: db
          policyTypes:
          - Ingress
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: default-deny
          namespace: shop
        spec:
          podSelector: {}
          policyTypes:
          - Ingress
    "#]],
    );
}

#[test]
fn of_a_denied_connection_near_misses_are_left() {
    check(
        "other/web",
        "shop/db",
        5432,
        &expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata:
          name: db
          namespace: shop
          labels:
            app: db
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - containerPort: 5432
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          namespace: other
        spec:
          containers:
          - name: container-1
            image: image
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  app: api
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - port: 5432
            - port: 9187
          podSelector:
            matchLabels:
              app: db
          policyTypes:
          - Ingress
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: default-deny
          namespace: shop
        spec:
          podSelector: {}
          policyTypes:
          - Ingress
    "#]],
    );
}

#[test]
fn without_policies_the_ends_are_left() {
    check(
        "shop/db",
        "203.0.113.7",
        443,
        &expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata:
          name: db
          namespace: shop
          labels:
            app: db
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - containerPort: 5432
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          egress:
          - {}
          podSelector:
            matchLabels:
              app: db
          policyTypes:
          - Egress
    "#]],
    );
    check(
        "shop/db",
        "other/web",
        443,
        &expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata:
          name: db
          namespace: shop
          labels:
            app: db
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - containerPort: 5432
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          namespace: other
        spec:
          containers:
          - name: container-1
            image: image
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          egress:
          - {}
          podSelector:
            matchLabels:
              app: db
          policyTypes:
          - Egress
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: elsewhere
          namespace: other
        spec:
          podSelector: {}
          policyTypes:
          - Ingress
    "#]],
    );
}

#[test]
fn labels_are_left_that_somebody_asks_for() {
    let text = "
{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {team: x, cost: '7'}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: one, namespace: a}, spec: {selector: {matchLabels: {app: one}}, template: {metadata: {labels: {app: one, tier: '1', version: v2}}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: two, namespace: b}, spec: {selector: {matchLabels: {team: x}}, template: {metadata: {labels: {team: x, version: v2}}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: b}
spec:
  podSelector: {}
  ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchExpressions: [{key: tier, operator: Exists}]}}]}]
";
    let left = left(text, "a/one", "b/two", 80).unwrap();
    let labels = left.lines().map(str::trim).filter(|line| {
        ["team", "cost", "app", "tier", "version"].iter().any(|key| line.starts_with(key))
    });
    // A Deployment cannot be without one.
    let expected = ["team: x", "tier: \"1\"", "tier: \"1\"", "team: x", "team: x", "team: x"];
    assert_eq!(labels.collect::<Vec<_>>(), expected, "{left}");
}

#[test]
fn where_nothing_decides_nothing_is_left_and_that_is_said() {
    let expected = expect![[
        r"nothing in the manifests decides about connections from `203.0.113.7` to `198.51.100.9`, so that none would be left (leave them as they are, or ask about a pod or a Service)"
    ]];
    check("203.0.113.7", "198.51.100.9", 443, &expected);
}

#[test]
fn who_is_not_there_is_said() {
    check(
        "shop/wep",
        "shop/db",
        5432,
        &expect!["there is no pod or workload `shop/wep` (did you mean `shop/web`?)"],
    );
}
