//! What the fields mean, one sentence each, in our own words.
//!
//! Sources: the API reference of NetworkPolicy
//! (<https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/>), of
//! `ObjectMeta` and `LabelSelector` (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/>),
//! of Pod and Service (<https://kubernetes.io/docs/reference/kubernetes-api/>).

/// A Go struct, one of its fields, and what the field means.
type Entry = (&'static str, &'static str, &'static str);

const FIELDS: &[Entry] = &[
    ("", "apiVersion", "The group and version of the API that knows the kind."),
    ("", "kind", "What the object is."),
    ("", "metadata", "The object's name, namespace and labels."),
    ("", "spec", "What the object is to be."),
    ("ObjectMeta", "name", "The object's name, unique among objects of its kind in a namespace."),
    (
        "ObjectMeta",
        "namespace",
        "The namespace that the object is in; `default` if it is not written.",
    ),
    ("ObjectMeta", "labels", "Keys and values by which selectors find the object."),
    ("ObjectMeta", "annotations", "Notes on the object; no selector looks at them."),
    (
        "NetworkPolicySpec",
        "podSelector",
        "The pods of the policy's own namespace that it applies to; `{}` is all of them.",
    ),
    (
        "NetworkPolicySpec",
        "policyTypes",
        "The directions in which the selected pods are isolated; by default Ingress, and Egress if there are egress rules.",
    ),
    (
        "NetworkPolicySpec",
        "ingress",
        "Whom the selected pods accept connections from: each rule allows more, and no rule allows none.",
    ),
    (
        "NetworkPolicySpec",
        "egress",
        "Whom the selected pods may connect to: each rule allows more, and no rule allows none.",
    ),
    (
        "NetworkPolicyIngressRule",
        "from",
        "The senders that the rule allows, any of them; without it, everybody.",
    ),
    (
        "NetworkPolicyIngressRule",
        "ports",
        "The ports of the selected pods that the rule opens; without it, all.",
    ),
    (
        "NetworkPolicyEgressRule",
        "to",
        "The receivers that the rule allows, any of them; without it, everybody.",
    ),
    (
        "NetworkPolicyEgressRule",
        "ports",
        "The ports of the receivers that the rule opens; without it, all.",
    ),
    (
        "NetworkPolicyPeer",
        "podSelector",
        "Pods by their labels: of the policy's own namespace, or of those that `namespaceSelector` beside it selects.",
    ),
    (
        "NetworkPolicyPeer",
        "namespaceSelector",
        "Namespaces by their labels; with `podSelector` in the same item, both must match.",
    ),
    (
        "NetworkPolicyPeer",
        "ipBlock",
        "Addresses, meant for those outside the cluster; it excludes both selectors.",
    ),
    ("IPBlock", "cidr", "A range of addresses, such as `192.0.2.0/24` or `2001:db8::/32`."),
    ("IPBlock", "except", "Ranges within `cidr` that are left out."),
    (
        "NetworkPolicyPort",
        "port",
        "A number, or the name that the receiving pod gives a port; without it, every port of the protocol.",
    ),
    (
        "NetworkPolicyPort",
        "endPort",
        "The last port of a range that begins at `port`, which then is a number.",
    ),
    ("NetworkPolicyPort", "protocol", "`TCP`, `UDP` or `SCTP`; `TCP` if it is not written."),
    ("LabelSelector", "matchLabels", "Labels with exactly these values, all of them."),
    ("LabelSelector", "matchExpressions", "Conditions on labels, all of which must hold."),
    ("LabelSelectorRequirement", "key", "The label that the condition is about."),
    (
        "LabelSelectorRequirement",
        "operator",
        "`In` and `NotIn` compare with `values`, `Exists` and `DoesNotExist` ask for the label; `NotIn` also holds where the label is missing.",
    ),
    ("LabelSelectorRequirement", "values", "The values for `In` and `NotIn`; none for the others."),
    ("PodSpec", "containers", "What runs in the pod; the ports that they declare have names here."),
    (
        "PodSpec",
        "hostNetwork",
        "Whether the pod uses its node's network; policies then do not select it reliably.",
    ),
    ("PodSpec", "nodeName", "The node that the pod runs on."),
    (
        "Container",
        "ports",
        "The ports that the container listens on; a policy does not need them, but named ports do.",
    ),
    ("ContainerPort", "containerPort", "The port's number."),
    ("ContainerPort", "name", "The port's name, which policies and services may use."),
    ("ContainerPort", "protocol", "`TCP`, `UDP` or `SCTP`; `TCP` if it is not written."),
    ("ServiceSpec", "selector", "The labels of the pods behind the service."),
    ("ServiceSpec", "ports", "The service's ports, and those of the pods that they lead to."),
    (
        "ServicePort",
        "targetPort",
        "The pods' port, by number or name; policies judge this one, not the service's.",
    ),
    ("ExternalSpec", "ip", "The address outside the cluster."),
    ("ExternalSpec", "ips", "An IPv4 and an IPv6 address outside the cluster."),
    ("ExpectationSpec", "connections", "Connections and the verdict that each must have."),
    (
        "Connection",
        "from",
        "Who connects: `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `external/NAME`, or an address.",
    ),
    ("Connection", "to", "Whom: as `from`, or `service:NAMESPACE/NAME`."),
    ("Connection", "port", "The receiver's port, by number or name."),
    ("Connection", "protocol", "`TCP`, `UDP` or `SCTP`; `TCP` if it is not written."),
    (
        "Connection",
        "verdict",
        "`allowed`, `denied`, `implementation-defined`, `not-applicable` or `mixed`.",
    ),
    (
        "SettingsSpec",
        "plugin",
        "The network plugin that is assumed where Kubernetes leaves a choice.",
    ),
    ("SettingsSpec", "kubernetesVersion", "The version whose validation applies."),
    ("SettingsSpec", "options", "Single choices that Kubernetes leaves to the network plugin."),
];

/// What a field of a struct means, if it is one of those that matter here.
pub(super) fn meaning(of: &str, field: &str) -> Option<&'static str> {
    let is = |struct_name: &str| {
        FIELDS.iter().find(|(name, key, _)| *name == struct_name && *key == field)
    };
    is(of).or_else(|| is("")).map(|(_, _, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use netpol_model::{Outline, kinds};

    use super::*;

    fn collect(outline: Outline, seen: &mut BTreeSet<(String, String)>) {
        for (name, mut field) in outline.fields() {
            let of = outline.name().unwrap_or_default().to_owned();
            if seen.insert((of, name.to_owned())) {
                while let Some(item) = field.item().or(field.field("").filter(|_| field.is_map())) {
                    field = item;
                }
                collect(field, seen);
            }
        }
    }

    #[test]
    fn every_sentence_is_about_a_field_that_exists() {
        let mut seen = BTreeSet::new();
        for (_, kind) in kinds() {
            collect(Outline::of(kind).unwrap(), &mut seen);
        }
        for (of, field, text) in FIELDS.iter().filter(|(of, ..)| !of.is_empty()) {
            assert!(seen.contains(&((*of).to_owned(), (*field).to_owned())), "{of}.{field}");
            assert!(text.ends_with('.'), "{text}");
        }
    }
}
