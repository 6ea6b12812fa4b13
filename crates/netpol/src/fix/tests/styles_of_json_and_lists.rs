//! Edits follow the style of JSON, and of lists of manifests.

use expect_test::expect;

use super::styles::allowed;

#[test]
fn json_on_one_line() {
    let policy = r#"{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "db", "namespace": "shop"}, "spec": {"podSelector": {"matchLabels": {"app": "db"}}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "api"}}}]}]}}"#;
    allowed(
        policy,
        &expect![[
            r#"{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "db", "namespace": "shop"}, "spec": {"podSelector": {"matchLabels": {"app": "db"}}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "api"}}}]}, {"from": [{"podSelector": {"matchLabels": {"app": "web"}}}], "ports": [{"protocol": "TCP", "port": 5432}]}]}}"#
        ]],
    );
}

#[test]
fn json_over_many_lines() {
    let policy = r#"{
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {
        "name": "db",
        "namespace": "shop"
    },
    "spec": {
        "podSelector": {
            "matchLabels": {
                "app": "db"
            }
        },
        "ingress": [
            {
                "from": [
                    {
                        "podSelector": {
                            "matchLabels": {
                                "app": "api"
                            }
                        }
                    }
                ]
            }
        ]
    }
}
"#;
    allowed(
        policy,
        &expect![[r#"
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": {
                "name": "db",
                "namespace": "shop"
            },
            "spec": {
                "podSelector": {
                    "matchLabels": {
                        "app": "db"
                    }
                },
                "ingress": [
                    {
                        "from": [
                            {
                                "podSelector": {
                                    "matchLabels": {
                                        "app": "api"
                                    }
                                }
                            }
                        ]
                    },
                    {
                        "from": [
                            {
                                "podSelector": {
                                    "matchLabels": {
                                        "app": "web"
                                    }
                                }
                            }
                        ],
                        "ports": [
                            {
                                "protocol": "TCP",
                                "port": 5432
                            }
                        ]
                    }
                ]
            }
        }
    "#]],
    );
}

#[test]
fn a_new_policy_in_a_list() {
    let policy = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: all, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress]}}";
    let others = (0..6).map(|n| {
        let labels = format!("{{name: p{n}, namespace: shop, labels: {{app: p{n}}}}}");
        format!("- {{apiVersion: v1, kind: Pod, metadata: {labels}}}\n")
    });
    let others: String = others.collect();
    let list = format!("kind: List\napiVersion: v1\nitems:\n- {policy}\n{others}");
    allowed(
        &list,
        &expect![[r#"
        kind: List
        apiVersion: v1
        items:
        - {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: all, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress]}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p0, namespace: shop, labels: {app: p0}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p1, namespace: shop, labels: {app: p1}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p2, namespace: shop, labels: {app: p2}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p3, namespace: shop, labels: {app: p3}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p4, namespace: shop, labels: {app: p4}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p5, namespace: shop, labels: {app: p5}}}
        - {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: allow-web-to-db, namespace: shop}, spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{protocol: TCP, port: 5432}]}]}}
    "#]],
    );
    let list = list.replace(policy, "apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata:\n    name: all\n    namespace: shop\n  spec:\n    podSelector: {}\n    policyTypes:\n    - Ingress");
    allowed(
        &list,
        &expect![[r#"
        kind: List
        apiVersion: v1
        items:
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: all
            namespace: shop
          spec:
            podSelector: {}
            policyTypes:
            - Ingress
        - {apiVersion: v1, kind: Pod, metadata: {name: p0, namespace: shop, labels: {app: p0}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p1, namespace: shop, labels: {app: p1}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p2, namespace: shop, labels: {app: p2}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p3, namespace: shop, labels: {app: p3}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p4, namespace: shop, labels: {app: p4}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: p5, namespace: shop, labels: {app: p5}}}
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: allow-web-to-db
            namespace: shop
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
                    app: web
              ports:
              - {protocol: TCP, port: 5432}
    "#]],
    );
}

#[test]
fn policies_that_share_what_they_say() {
    let policy = |name: &str, spec: &str| {
        let meta = format!("{{name: {name}, namespace: {name}}}");
        format!(
            "- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata: {meta}\n  spec: {spec}\n"
        )
    };
    let spec = "&spec\n    podSelector: {matchLabels: {app: db}}\n    ingress:\n    - from: [{podSelector: {matchLabels: {app: api}}}]";
    let policies = policy("shop", spec) + &policy("other", "*spec");
    allowed(
        &format!("apiVersion: v1\nkind: List\nitems:\n{policies}"),
        &expect![[r#"
        apiVersion: v1
        kind: List
        items:
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: shop, namespace: shop}
          spec: &spec
            podSelector: {matchLabels: {app: db}}
            ingress:
            - from: [{podSelector: {matchLabels: {app: api}}}]
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: other, namespace: other}
          spec: *spec
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: allow-web-to-db, namespace: shop}
          spec:
            podSelector: {matchLabels: {app: db}}
            policyTypes: [Ingress]
            ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports:
              - {protocol: TCP, port: 5432}
    "#]],
    );
}
