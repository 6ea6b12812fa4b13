//! Edits follow the style in which the manifests are written.

use expect_test::expect;
use netpol_syntax::{FileId, Span, TextEdit, apply};

use super::*;

/// Two pods, of which one should reach the other.
const PODS: &str = "
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db, pod-template-hash: 5d9c}}
spec: {containers: [{name: db, ports: [{name: sql, containerPort: 5432}]}]}
";

/// The policy after the first suggestion that lets `web` reach `db`.
fn after(policy: &str, wanted: Verdict) -> String {
    let text = format!("{policy}{PODS}");
    let analysis = analyse(Sources::single("t.yaml", text.as_str()));
    let suggestion = match analysis.suggest(&query("shop/web shop/db 5432"), wanted) {
        Ok(suggestions) => suggestions.into_iter().next().unwrap(),
        Err(error) => return format!("{error}\n"),
    };
    let edits: Vec<TextEdit> = suggestion
        .edits
        .iter()
        .map(|edit| TextEdit {
            span: Span::new(FileId(0), edit.start as usize, edit.end as usize),
            text: edit.text.clone(),
        })
        .collect();
    apply(&text, &edits).replace(PODS, "").replace('\r', "␍")
}

pub(super) fn allowed(policy: &str, expected: &Expect) {
    expected.assert_eq(&after(policy, Verdict::Allowed));
}

fn denied(policy: &str, expected: &Expect) {
    expected.assert_eq(&after(policy, Verdict::Denied));
}

const HEAD: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
";

fn with_spec(spec: &str) -> String {
    format!("{HEAD}spec:\n{spec}")
}

#[test]
fn peers_in_brackets() {
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: api}}  # the API
    ports:
    - {protocol: TCP, port: 5432}
";
    allowed(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from:
            - podSelector: {matchLabels: {app: api}}  # the API
            - podSelector: {matchLabels: {app: web}}
            ports:
            - {protocol: TCP, port: 5432}
    "#]],
    );
}

#[test]
fn rules_in_brackets() {
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]  # one line
";
    allowed(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]  # one line
    "#]],
    );
}

#[test]
fn lists_that_are_indented() {
    let spec = "
    podSelector:
        matchLabels:
            app: db
    policyTypes:
      - Ingress
    ingress:
      - from:
          - podSelector:
                matchLabels:
                    app: api
        ports:
          - port: 80
";
    allowed(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
            podSelector:
                matchLabels:
                    app: db
            policyTypes:
              - Ingress
            ingress:
              - from:
                  - podSelector:
                        matchLabels:
                            app: api
                ports:
                  - port: 80
              - from:
                  - podSelector:
                        matchLabels:
                            app: web
                ports:
                  - protocol: TCP
                    port: 5432
    "#]],
    );
}

#[test]
fn no_rules_yet() {
    let spec =
        "  podSelector: {matchLabels: {app: db}}  # the database\n  policyTypes: [Ingress]\n";
    allowed(
        &with_spec(spec),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}  # the database
          policyTypes: [Ingress]
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - {protocol: TCP, port: 5432}
    "#]],
    );
    let spec = "  podSelector: {matchLabels: {app: db}}\n  ingress: []  # nobody\n  policyTypes: [Ingress]\n";
    allowed(
        &with_spec(spec),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:  # nobody
          - from:
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - {protocol: TCP, port: 5432}
          policyTypes: [Ingress]
    "#]],
    );
    let spec =
        "  podSelector: {matchLabels: {app: db}}\n  ingress:  # nobody\n  policyTypes: [Ingress]\n";
    allowed(
        &with_spec(spec),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:  # nobody
          - from:
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - {protocol: TCP, port: 5432}
          policyTypes: [Ingress]
    "#]],
    );
}

#[test]
fn the_end_of_a_text_without_line_break() {
    let policy = with_spec("  podSelector: {matchLabels: {app: db}}\n  policyTypes: [Ingress]");
    let text = format!("{}{}", PODS.trim_start_matches("\n---\n"), format_args!("---\n{policy}"));
    allow(
        &text,
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit web
               policy shop/db (t.yaml:16): a new rule
                   16 +   ingress:
                   17 +   - from:
                   18 +     - podSelector:
                   19 +         matchLabels:
                   20 +           app: web
                   21 +     ports:
                   22 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn carriage_returns() {
    let spec = "  podSelector: {matchLabels: {app: db}}\r\n  ingress: []\r\n";
    allowed(
        &with_spec(spec).replace("\r\n", "\n").replace('\n', "\r\n"),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1␍
        kind: NetworkPolicy␍
        metadata: {name: db, namespace: shop}␍
        spec:␍
          podSelector: {matchLabels: {app: db}}␍
          ingress:␍
          - from:␍
            - podSelector:␍
                matchLabels:␍
                  app: web␍
            ports:␍
            - {protocol: TCP, port: 5432}␍
    "#]],
    );
}

#[test]
fn ports_as_the_rule_writes_them() {
    let spec = |ports: &str| {
        let peer = "    - podSelector: {matchLabels: {app: web}}";
        with_spec(&format!(
            "  podSelector: {{matchLabels: {{app: db}}}}\n  ingress:\n  - from:\n{peer}\n{ports}"
        ))
    };
    allowed(
        &spec("    ports:\n    - port: 80\n"),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from:
            - podSelector: {matchLabels: {app: web}}
            ports:
            - port: 80
            - port: 5432
    "#]],
    );
    allowed(
        &spec("    ports:\n    - port: admin\n"),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from:
            - podSelector: {matchLabels: {app: web}}
            ports:
            - port: admin
            - port: sql
    "#]],
    );
    allowed(
        &spec("    ports: [{port: 80, protocol: TCP}]\n"),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from:
            - podSelector: {matchLabels: {app: web}}
            ports: [{port: 80, protocol: TCP}, {port: 5432, protocol: TCP}]
    "#]],
    );
}

#[test]
fn values_that_need_quotes() {
    let text = format!(
        "{}{}",
        with_spec("  podSelector: {matchLabels: {app: db}}\n  policyTypes: [Ingress]\n"),
        PODS.replace("{app: web}", "{app: \"0123\"}")
    );
    allow(
        &text,
        "shop/web shop/db 5432",
        1,
        &expect![[r#"
            1. let db admit web
               policy shop/db (t.yaml:7): a new rule
                    7 +   ingress:
                    8 +   - from:
                    9 +     - podSelector:
                   10 +         matchLabels:
                   11 +           app: "0123"
                   12 +     ports:
                   13 +     - {protocol: TCP, port: 5432}
               changes no other connection
        "#]],
    );
}

#[test]
fn an_anchor_that_others_share() {
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: &clients [{podSelector: {matchLabels: {app: api}}}]
    ports: [{port: 5432}]
  - from: *clients
    ports: [{port: 80}]
";
    allowed(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - from: &clients [{podSelector: {matchLabels: {app: api}}}]
                ports: [{port: 5432}]
              - from: *clients
                ports: [{port: 80}]
              - from: [{podSelector: {matchLabels: {app: web}}}]
                ports: [{protocol: TCP, port: 5432}]
        "#]],
    );
}

#[test]
fn what_goes_goes_with_its_comment() {
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from:
    # The shop's front.
    - podSelector: {matchLabels: {app: web}}
    # The shop's back.
    - podSelector: {matchLabels: {app: api}}
";
    denied(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from:
            # The shop's back.
            - podSelector: {matchLabels: {app: api}}
    "#]],
    );
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}, {from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
";
    denied(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
    "#]],
    );
}

#[test]
fn every_rule_that_admits_goes() {
    let spec = "
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
  - from: [{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}]
";
    denied(
        &with_spec(spec.trim_start_matches('\n')),
        &expect![[r#"
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
          - from: [{podSelector: {matchExpressions: [{key: app, operator: Exists}, {key: app, operator: NotIn, values: [web]}]}}]
    "#]],
    );
}
