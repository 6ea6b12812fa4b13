//! One door: policies of one direction, and pods that no policy restricts.

use expect_test::expect;

use super::*;

#[test]
fn other_roles() {
    allow(
        NP_DEMO,
        "np-demo/other np-demo/web 8080",
        2,
        &expect![[r#"
            1. let web admit other
               policy np-demo/web-allow-frontend (t.yaml:31): one more sender in rule 1
                   31 +     - podSelector:
                   32 +         matchLabels:
                   33 +           role: other
               changes no other connection
            2. let web admit other
               policy np-demo/web-allow-frontend (t.yaml:33): a new rule
                   33 +   - from:
                   34 +     - podSelector:
                   35 +         matchLabels:
                   36 +           role: other
                   37 +     ports:
                   38 +     - {protocol: TCP, port: 8080}
               changes no other connection
        "#]],
    );
}

#[test]
fn another_namespace() {
    allow(
        NP_DEMO,
        "elsewhere/frontend np-demo/web 8080",
        2,
        &expect![[r#"
            1. let web admit frontend
               policy np-demo/web-allow-frontend (t.yaml:31): one more sender in rule 1
                   31 +     - namespaceSelector:
                   32 +         matchLabels:
                   33 +           kubernetes.io/metadata.name: elsewhere
                   34 +       podSelector:
                   35 +         matchLabels:
                   36 +           role: frontend
               changes no other connection
            2. let web admit frontend
               policy np-demo/web-allow-frontend (t.yaml:33): a new rule
                   33 +   - from:
                   34 +     - namespaceSelector:
                   35 +         matchLabels:
                   36 +           kubernetes.io/metadata.name: elsewhere
                   37 +       podSelector:
                   38 +         matchLabels:
                   39 +           role: frontend
                   40 +     ports:
                   41 +     - {protocol: TCP, port: 8080}
               changes no other connection
        "#]],
    );
}

#[test]
fn another_port() {
    allow(
        NP_DEMO,
        "np-demo/frontend np-demo/web 9090",
        2,
        &expect![[r#"
            1. let web admit frontend
               policy np-demo/web-allow-frontend (t.yaml:33): one more port in rule 1
                   33 +     - {protocol: TCP, port: 9090}
               changes no other connection
            2. let web admit frontend
               policy np-demo/web-allow-frontend (t.yaml:33): a new rule
                   33 +   - from:
                   34 +     - podSelector:
                   35 +         matchLabels:
                   36 +           role: frontend
                   37 +     ports:
                   38 +     - {protocol: TCP, port: 9090}
               changes no other connection
        "#]],
    );
}

#[test]
fn nobody_is_isolated() {
    deny(
        NP_DEMO,
        "np-demo/web np-demo/other 8080",
        2,
        &expect![[r#"
            1. keep web out of other
               policy np-demo/keep-web-out-of-other (t.yaml:112): a new policy that lets everyone else pass
                  112 + ---
                  113 + apiVersion: networking.k8s.io/v1
                  114 + kind: NetworkPolicy
                  115 + metadata:
                  116 +   name: keep-web-out-of-other
                  117 +   namespace: np-demo
                  118 + spec:
                  119 +   podSelector:
                  120 +     matchLabels:
                  121 +       role: other
                  122 +   policyTypes: [Ingress]
                  123 +   ingress:
                  124 +   - from:
                  125 +     - podSelector:
                  126 +         matchExpressions:
                  127 +         - {key: app, operator: NotIn, values: [web]}
                  128 +     - namespaceSelector:
                  129 +         matchExpressions:
                  130 +         - {key: kubernetes.io/metadata.name, operator: NotIn, values: [np-demo]}
               note: Senders outside the cluster that no `External` names are kept out too
               also changes one pair:
                 np-demo/web -> np-demo/other: -TCP/1-8079 -TCP/8081-65535 -UDP/* -SCTP/*
        "#]],
    );
}

#[test]
fn the_verdict_is_as_wanted() {
    deny(
        NP_DEMO,
        "np-demo/other np-demo/web 8080",
        2,
        &expect![[r#"
        the connection is denied already (ask for the opposite verdict)
    "#]],
    );
}
