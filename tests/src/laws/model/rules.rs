//! Policies: whom they select, and whom their rules admit.

use std::net::IpAddr;

use netpol::view::Protocol;
use serde_json::Value;

use super::cluster::{Labels, Model, Pod, labels, namespace, strings, word};
use super::{Choice, Connection, End};

/// The two directions with the fields of their rules and peers.
const DIRECTIONS: [(&str, &str, &str); 2] =
    [("Ingress", "ingress", "from"), ("Egress", "egress", "to")];

impl Model {
    /// Whether the policies for a direction let the pod's connection with `other` pass: nobody
    /// restricts the pod, or somebody's rule admits it.
    pub(super) fn admits(
        &self,
        choice: Choice,
        direction: &str,
        pod: &Pod,
        other: End<'_>,
        connection: Connection<'_>,
    ) -> bool {
        let applying: Vec<&Value> = (self.policies.iter())
            .filter(|policy| namespace(policy) == pod.namespace)
            .filter(|policy| selects(&policy["spec"]["podSelector"], &pod.labels))
            .filter(|policy| types(policy).contains(&direction))
            .collect();
        applying.is_empty()
            || applying.iter().any(|policy| {
                rules(policy, direction).any(|rule| {
                    self.peers_match(choice, rule, policy, other)
                        && self.ports_match(choice, rule, connection)
                })
            })
    }

    fn peers_match(&self, choice: Choice, rule: &Value, policy: &Value, other: End<'_>) -> bool {
        let mut peers = peers(rule).peekable();
        peers.peek().is_none() || peers.any(|peer| self.peer_matches(choice, peer, policy, other))
    }

    fn peer_matches(&self, choice: Choice, peer: &Value, policy: &Value, other: End<'_>) -> bool {
        if !peer["ipBlock"].is_null() {
            let compared = match other {
                End { node: Some(_), .. } => choice.blocks_match_nodes,
                End { pod: Some(_), .. } => choice.blocks_match_pods,
                _ => true,
            };
            let block = &peer["ipBlock"];
            if other.unknown {
                let all = if other.address.is_ipv4() { "0.0.0.0/0" } else { "::/0" };
                let holds_all = block["cidr"] == all && strings(&block["except"]).is_empty();
                let family =
                    block["cidr"].as_str().unwrap().contains('.') == other.address.is_ipv4();
                return holds_all || family && choice.unknown_is_in_blocks;
            }
            return compared && block_contains(block, other.address);
        }
        let Some(pod) = other.pod.filter(|pod| pod.is_selectable(choice)) else { return false };
        let in_namespace = match &peer["namespaceSelector"] {
            Value::Null => namespace(policy) == pod.namespace,
            selector => selects(selector, &self.namespaces[&pod.namespace]),
        };
        in_namespace && selects(&peer["podSelector"], &pod.labels)
    }

    fn ports_match(&self, choice: Choice, rule: &Value, connection: Connection<'_>) -> bool {
        // A ping has none, so that no protocol of an entry is its.
        let ports = rule["ports"].as_array().map(Vec::as_slice).unwrap_or_default();
        ports.is_empty() || ports.iter().any(|port| self.port_matches(choice, port, connection))
    }

    fn port_matches(&self, choice: Choice, entry: &Value, connection: Connection<'_>) -> bool {
        let Connection { to, port, protocol, .. } = connection;
        let number = |field: &str| entry[field].as_u64();
        let has = |part: &str| !self.lacks.iter().any(|it| it == part);
        is_protocol(entry, protocol)
            && (protocol != Protocol::Sctp || has("sctpSupported"))
            && match &entry["port"] {
                Value::Null => true,
                // A node has no named ports, nor has a pod that counts as one.
                Value::String(name) => {
                    to.pod.filter(|pod| pod.is_selectable(choice)).is_some_and(|pod| {
                        has("namedPortsSupported")
                            && pod.ports.iter().any(|declared| {
                                declared.name == *name
                                    && declared.number == port
                                    && declared.protocol == protocol.as_str()
                            })
                    })
                }
                _ => {
                    let first = number("port").unwrap();
                    let last = number("endPort").filter(|_| has("endPortSupported"));
                    (first..=last.unwrap_or(first)).contains(&u64::from(port))
                }
            }
    }
}

/// Whether the API server refuses a policy: a peer that says nothing.
pub(in crate::laws) fn is_refused(policy: &Value) -> bool {
    let says_nothing = |peer: &Value| {
        ["podSelector", "namespaceSelector", "ipBlock"].iter().all(|field| peer[*field].is_null())
    };
    DIRECTIONS
        .iter()
        .any(|(direction, ..)| rules(policy, direction).any(|rule| peers(rule).any(says_nothing)))
}

/// The directions that a policy restricts.
pub(in crate::laws) fn types(policy: &Value) -> Vec<&str> {
    let given = strings(&policy["spec"]["policyTypes"]);
    match rules(policy, "Egress").next() {
        _ if !given.is_empty() => given,
        None => vec!["Ingress"],
        Some(_) => vec!["Ingress", "Egress"],
    }
}

fn rules<'a>(policy: &'a Value, direction: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let field = DIRECTIONS.iter().find(|(name, ..)| *name == direction).map(|(_, field, _)| field);
    policy["spec"][*field.unwrap()].as_array().into_iter().flatten()
}

fn peers(rule: &Value) -> impl Iterator<Item = &Value> {
    DIRECTIONS.iter().flat_map(|(_, _, field)| rule[*field].as_array().into_iter().flatten())
}

fn selects(selector: &Value, of: &Labels) -> bool {
    let expressions = selector["matchExpressions"].as_array();
    labels(&selector["matchLabels"]).iter().all(|(key, value)| of.get(key) == Some(value))
        && expressions.into_iter().flatten().all(|expression| {
            let label = of.get(expression["key"].as_str().unwrap());
            let listed =
                label.is_some_and(|it| strings(&expression["values"]).contains(&it.as_str()));
            match expression["operator"].as_str().unwrap() {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => label.is_some(),
                "DoesNotExist" => label.is_none(),
                other => panic!("no such operator: {other}"),
            }
        })
}

fn is_protocol(entry: &Value, protocol: Protocol) -> bool {
    word(entry, "protocol", "TCP") == protocol.as_str()
}

fn block_contains(block: &Value, address: IpAddr) -> bool {
    in_range(block["cidr"].as_str().unwrap(), address)
        && !strings(&block["except"]).iter().any(|except| in_range(except, address))
}

/// Whether the first bits of an address are those of a range. Families never meet.
fn in_range(cidr: &str, address: IpAddr) -> bool {
    let (base, length) = cidr.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    let bits = |address| match address {
        IpAddr::V4(it) => (u128::from(u32::from(it)) << 96, 4),
        IpAddr::V6(it) => (u128::from(it), 6),
    };
    let ((base, family), (address, other)) = (bits(base.parse().unwrap()), bits(address));
    family == other && (length == 0 || (base ^ address) >> (128 - length) == 0)
}
