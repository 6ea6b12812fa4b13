//! Policies: every form of every field, a few of them refused by the API server.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{NAMESPACES, field, labels, namespace, object, protocol, word};

/// A policy. Its name is for the caller to set.
pub(in crate::laws) fn policy() -> impl Strategy<Value = Value> {
    let types = prop_oneof![
        2 => Just(json!([])),
        3 => Just(json!(["Ingress"])), 3 => Just(json!(["Egress"])),
        3 => Just(json!(["Ingress", "Egress"])), 1 => Just(json!(["Ingress", "Ingress"]))
    ];
    let rules = |peers| {
        field(
            prop_oneof![1 => vec(rule(peers), 0..=0), 6 => vec(rule(peers), 1..4)]
                .prop_map(Value::from),
        )
    };
    let spec = (field(pod_selector()), field(types), rules("from"), rules("to")).prop_map(
        |(selector, types, ingress, egress)| {
            object([
                ("podSelector", selector),
                ("policyTypes", types),
                ("ingress", ingress),
                ("egress", egress),
            ])
        },
    );
    let spec =
        prop_oneof![30 => spec.prop_map(Some), 1 => Just(None), 1 => Just(Some(Value::Null))];
    (namespace(), spec).prop_map(|(namespace, spec)| {
        // Who leaves the namespace out gets `default`.
        let namespace = (namespace != "default").then(|| namespace.into());
        object([
            ("apiVersion", Some(json!("networking.k8s.io/v1"))),
            ("kind", Some(json!("NetworkPolicy"))),
            ("metadata", Some(object([("namespace", namespace)]))),
            ("spec", spec),
        ])
    })
}

/// A rule whose list of peers is called `from` or `to`.
pub(in crate::laws) fn rule(peers: &'static str) -> impl Strategy<Value = Value> {
    let filled = (field(list(peer(), 3)), field(list(port(), 3)))
        .prop_map(move |(list, ports)| object([(peers, list), ("ports", ports)]));
    prop_oneof![30 => filled, 1 => Just(Value::Null), 1 => Just(json!({}))]
}

fn list(item: impl Strategy<Value = Value> + Clone, most: usize) -> impl Strategy<Value = Value> {
    prop_oneof![1 => vec(item.clone(), 0..=0), 12 => vec(item, 1..=most)].prop_map(Value::from)
}

fn peer() -> impl Strategy<Value = Value> + Clone {
    let selectors = (field(pod_selector()), field(namespace_selector()));
    let selectors = selectors.prop_map(|selectors| match selectors {
        (None | Some(Value::Null), None | Some(Value::Null)) => json!({"podSelector": {}}),
        (pods, namespaces) => object([("podSelector", pods), ("namespaceSelector", namespaces)]),
    });
    let pods = pod_selector().prop_map(|pods| json!({"podSelector": pods}));
    let block = ip_block().prop_map(|block| json!({"ipBlock": block}));
    // The API server refuses a peer that says nothing.
    let refused = prop::sample::select(vec![json!({}), Value::Null, json!({"ipBlock": null})]);
    prop_oneof![12 => selectors, 3 => pods, 8 => block, 1 => refused].boxed()
}

fn ip_block() -> impl Strategy<Value = Value> {
    let block = |cidr: &'static str, parts: &'static [&'static str]| {
        vec(prop::sample::select(parts), 0..3).prop_map(move |except| match except.len() {
            0 => json!({"cidr": cidr}),
            _ => json!({"cidr": cidr, "except": except}),
        })
    };
    prop_oneof![
        block("0.0.0.0/0", &["10.0.0.0/8", "203.0.113.0/25", "192.0.2.1/32"]),
        block("10.0.0.0/16", &["10.0.0.0/24", "10.0.1.1/32"]),
        block("10.0.1.0/24", &["10.0.1.3/32"]),
        block("10.128.0.0/9", &["10.192.0.0/10", "10.160.0.0/11"]),
        block("192.0.2.0/24", &["192.0.2.1/32"]),
        block("203.0.113.0/24", &["203.0.113.0/28", "203.0.113.128/25"]),
        block("::/0", &["fd00::/16", "2001:db8::/64"]),
        block("fd00:1::/32", &["fd00:1::1/128"]),
        block("2001:db8::/32", &["2001:db8:1::/48"]),
    ]
}

fn port() -> impl Strategy<Value = Value> + Clone {
    let number = prop::sample::select(vec![1, 53, 80, 81, 8080]);
    let end = prop::sample::select(vec![80, 81, 443, 8080, 65535]);
    let name = prop::sample::select(vec!["http", "dns", "grpc"]);
    let port = prop_oneof![
        3 => number.clone().prop_map(|number| json!({"port": number})),
        2 => (number, end).prop_map(|(port, end)| json!({"port": port, "endPort": end.max(port)})),
        2 => name.prop_map(|name| json!({"port": name})),
        1 => Just(json!({})),
        1 => Just(json!({"port": null, "endPort": null})),
    ];
    let port = (port, field(protocol().prop_map(Value::from))).prop_map(|(mut port, protocol)| {
        if let Some(protocol) = protocol {
            port["protocol"] = protocol;
        }
        port
    });
    prop_oneof![20 => port, 1 => Just(Value::Null)].boxed()
}

fn pod_selector() -> impl Strategy<Value = Value> + Clone {
    let by_template = selector(&["app", "tier"], &["web", "db", "", "on", "0120", "1", "2"]);
    // What controllers add.
    let by_pod = selector(&["apps.kubernetes.io/pod-index", "job-name"], &["0", "1", "w0"]);
    prop_oneof![12 => by_template, 1 => by_pod].boxed()
}

fn namespace_selector() -> impl Strategy<Value = Value> {
    prop_oneof![
        selector(&["team"], &["x", "y"]),
        selector(&["kubernetes.io/metadata.name"], &NAMESPACES),
        selector(&["team", "kubernetes.io/metadata.name"], &["x", "a"]),
    ]
}

fn selector(
    keys: &'static [&'static str],
    values: &'static [&'static str],
) -> impl Strategy<Value = Value> + Clone {
    let pair =
        (word(keys), prop_oneof![8 => word(values).prop_map(Value::from), 1 => Just(Value::Null)]);
    let match_labels = prop_oneof![
        2 => labels().prop_map(move |labels| if keys.contains(&"app") { labels } else { json!({}) }),
        3 => vec(pair, 0..2).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
    ];
    let expressions = vec(expression(keys, values), 0..3).prop_map(Value::from);
    let filled = (field(match_labels), field(expressions)).prop_map(|(labels, expressions)| {
        object([("matchLabels", labels), ("matchExpressions", expressions)])
    });
    let one = expression(keys, values).prop_map(|one| json!({"matchExpressions": [one]}));
    prop_oneof![1 => Just(json!({})), 3 => filled, 3 => one].boxed()
}

fn expression(
    keys: &'static [&'static str],
    values: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    let some = vec(word(values), 1..3).prop_map(|values| Some(Value::from(values)));
    let none = prop::sample::select(vec![None, Some(Value::Null), Some(json!([]))]);
    let operator = prop_oneof![
        (word(&["In", "NotIn"]), some).boxed(),
        (word(&["Exists", "DoesNotExist"]), none).boxed(),
    ];
    (word(keys), operator).prop_map(|(key, (operator, values))| {
        object([("key", Some(key.into())), ("operator", Some(operator.into())), ("values", values)])
    })
}
