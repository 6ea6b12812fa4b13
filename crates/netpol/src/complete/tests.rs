use expect_test::{Expect, expect};
use netpol_syntax::Sources;

use super::*;

const SHOP: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: blue}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
spec: {containers: [{name: main, ports: [{containerPort: 8080, name: http}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db, ready: \"yes\"}}
---
apiVersion: netpol/v1
kind: External
metadata: {name: office}
spec: {ip: 203.0.113.7}
";

const POLICY: &str = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n";

/// What may stand at `|`, and what would be written.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let analysis = crate::analyse(Sources::single("shop.yaml", SHOP));
    let offset = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let completions = complete(&analysis, &text, offset as u32);
    let lines = completions.items.iter().map(|item| format!("{:?} {}\n", item.insert, item.detail));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn fields_that_are_not_there_yet() {
    check(
        &format!("{POLICY}spec:\n  podSelector: {{}}\n  |"),
        &expect![[r#"
            "egress:\n  - " list of NetworkPolicyEgressRule
            "ingress:\n  - " list of NetworkPolicyIngressRule
            "policyTypes:\n  - " list of text
        "#]],
    );
    check(
        &format!("{POLICY}spec: {{ingress: [{{from: [], |"),
        &expect![[r#"
            "ports: " list of NetworkPolicyPort
        "#]],
    );
    check(
        "|",
        &expect![[r#"
            "apiVersion: " text
            "kind: " text
            "metadata:\n  " ObjectMeta
        "#]],
    );
}

#[test]
fn labels_that_exist() {
    check(
        &format!("{POLICY}spec:\n  podSelector:\n    matchLabels:\n      a|"),
        &expect![[r#"
            "app: " label
            "ready: " label
            "tier: " label
        "#]],
    );
    check(
        &format!("{POLICY}spec:\n  podSelector: {{matchLabels: {{app: |"),
        &expect![[r#"
            "db" app
            "web" app
        "#]],
    );
    check(
        &format!(
            "{POLICY}spec:\n  podSelector:\n    matchExpressions:\n    - key: ready\n      operator: In\n      values: [|]"
        ),
        &expect![""],
    );
    check(
        &format!(
            "{POLICY}spec:\n  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n          team: |"
        ),
        &expect![[r#"
            "blue" team
        "#]],
    );
}

#[test]
fn names_numbers_and_words() {
    check(
        &format!("{POLICY}metadata:\n  namespace: |"),
        &expect![[r#"
            "shop" namespace
        "#]],
    );
    check(
        &format!("{POLICY}spec:\n  ingress:\n  - ports:\n    - port: |"),
        &expect![[r#"
            "8080" TCP
            "http" port name
        "#]],
    );
    check(
        &format!("{POLICY}spec:\n  policyTypes:\n  - |"),
        &expect![[r#"
            "Ingress" direction
            "Egress" direction
        "#]],
    );
    check(
        "kind: Expectation\nspec:\n  connections:\n  - {from: shop/web, to: |",
        &expect![[r#"
            "shop/db" Pod
            "shop/web" Pod
            "external/office" External
        "#]],
    );
    check(
        "kind: Ne|",
        &expect![[r#"
            "List" v1
            "Namespace" v1
            "Node" v1
            "Pod" v1
            "Service" v1
            "Endpoints" v1
            "EndpointSlice" discovery.k8s.io/v1
            "Deployment" apps/v1
            "ReplicaSet" apps/v1
            "StatefulSet" apps/v1
            "DaemonSet" apps/v1
            "ReplicationController" v1
            "Job" batch/v1
            "CronJob" batch/v1
            "NetworkPolicy" networking.k8s.io/v1
            "External" netpol/v1
            "Expectation" netpol/v1
            "Settings" netpol/v1
        "#]],
    );
}

#[test]
fn a_field_is_described() {
    let check = |text: &str, expected: Option<(&str, &str)>| {
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let help = describe(&text, offset as u32);
        let seen = help.as_ref().map(|it| (it.name.as_str(), it.detail.as_str()));
        assert_eq!(seen, expected, "{text}");
    };
    let spec = format!("{POLICY}spec:\n  ");
    check(&format!("{spec}pod|Selector: {{}}"), Some(("podSelector", "LabelSelector")));
    check(&format!("{spec}ingress:\n  - |from: []"), Some(("from", "list of NetworkPolicyPeer")));
    check(
        &format!("{spec}podSelector: {{matchLab|els: {{}}}}"),
        Some(("matchLabels", "text by name")),
    );
    check(&format!("{spec}podSelector: {{matchLabels: {{a|pp: x}}}}"), None);
    check("kind: Po|d", None);
    check("a: é|é: 1", None);
}

#[test]
fn nothing_panics_wherever_the_cursor_is() {
    let analysis = crate::analyse(Sources::single("shop.yaml", SHOP));
    let text = format!("{SHOP}---\n{POLICY}spec: {{a: [é, {{\n- - b:\n");
    for offset in 0..text.len() as u32 + 2 {
        complete(&analysis, &text, offset);
        describe(&text, offset);
    }
}
