//! Policies as the API server keeps them: defaults filled in, keys sorted.
//!
//! Source of the defaults: `pkg/apis/networking/v1/defaults.go` of Kubernetes. Empty lists are left
//! out, as they are in what the server stores.

use std::collections::BTreeSet;

use netpol_model::{
    Direction, IpBlock, LabelSelector, NetworkPolicy, Operator, PeerSelector, PolicyPeer,
    PolicyPort, PolicyRule, PortRef, Requirement,
};
use netpol_sort::Sort;
use netpol_syntax::{Node, Span, Value};

use crate::Analysis;
use crate::view::{QueryError, StoredLine};
use crate::yaml::{Field, Yaml, field, text};

/// A policy as it is stored.
pub(crate) fn stored(
    analysis: &Analysis,
    namespace: &str,
    name: &str,
) -> Result<Vec<StoredLine>, QueryError> {
    let error = |message: &str, help: &str| QueryError {
        message: format!("policy `{namespace}/{name}` {message}"),
        help: Some(help.to_owned()),
    };
    let world = analysis.world();
    let mut policies = world.objects().policies.iter();
    let policy = policies.find(|it| it.meta.namespace == namespace && it.meta.name == name);
    let policy = policy.ok_or_else(|| error("is not declared", "check the spelling"))?;
    if policy.rejected {
        return Err(error(
            "is not stored: the API server refuses it",
            "mend what the findings name",
        ));
    }
    let documents = analysis.reading().documents_at(analysis.sources(), &[policy.meta.span]);
    let mut written = BTreeSet::new();
    for document in &documents {
        with_protocol(&document.root, &mut written);
    }
    let mut lines = Vec::new();
    manifest(policy, &written).write(0, &mut lines);
    Ok(lines)
}

/// The places of mappings that say a protocol.
fn with_protocol(node: &Node, found: &mut BTreeSet<Span>) {
    match &node.value {
        Value::Mapping(mapping) => {
            if mapping.get("protocol").is_some_and(|protocol| !protocol.is_null()) {
                found.insert(node.span);
            }
            mapping.entries.iter().for_each(|entry| with_protocol(&entry.value, found));
        }
        Value::Sequence(items) => items.iter().for_each(|item| with_protocol(item, found)),
        _ => {}
    }
}

/// A policy as it is stored; `written` are the places of ports that say their protocol.
pub(crate) fn manifest(policy: &NetworkPolicy, written: &BTreeSet<Span>) -> Yaml {
    let mut metadata = Vec::new();
    if !policy.meta.labels.is_empty() {
        let labels = policy.meta.labels.iter().map(|(key, value)| field(key, text(value)));
        metadata.push(field("labels", Yaml::Map(labels.collect())));
    }
    metadata.push(field("name", text(&policy.meta.name)));
    let namespace = field("namespace", text(&policy.meta.namespace));
    let filled_in = policy.meta.namespace_span.is_none();
    metadata.push(Field { filled_in, ..namespace });
    Yaml::Map(vec![
        field("apiVersion", text("networking.k8s.io/v1")),
        field("kind", text("NetworkPolicy")),
        field("metadata", Yaml::Map(metadata)),
        field("spec", spec(policy, written)),
    ])
}

fn spec(policy: &NetworkPolicy, written: &BTreeSet<Span>) -> Yaml {
    let mut fields = Vec::new();
    for (key, direction) in [("egress", Direction::Egress), ("ingress", Direction::Ingress)] {
        let rules = policy.rules(direction).iter().map(|it| rule(it, direction, written));
        let rules: Vec<Yaml> = rules.collect();
        if !rules.is_empty() {
            fields.push(field(key, Yaml::List(rules)));
        }
    }
    fields.push(field("podSelector", selector(&policy.pod_selector)));
    let types = [Direction::Ingress, Direction::Egress].into_iter();
    let types = types.filter(|direction| policy.isolates(*direction));
    let types = Yaml::List(types.map(|direction| text(direction.as_str())).collect());
    let filled_in = policy.policy_types_span.is_none();
    fields.push(Field { filled_in, ..field("policyTypes", types) });
    Yaml::Map(fields)
}

fn rule(rule: &PolicyRule, direction: Direction, written: &BTreeSet<Span>) -> Yaml {
    let peers: Vec<Yaml> = rule.peers.iter().map(peer).collect();
    let ports: Vec<Yaml> = rule.ports.iter().map(|it| port(it, written)).collect();
    let lists = match direction {
        Direction::Ingress => [("from", peers), ("ports", ports)],
        Direction::Egress => [("ports", ports), ("to", peers)],
    };
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    Yaml::Map(lists.map(|(key, list)| field(key, Yaml::List(list))).collect())
}

fn peer(peer: &PolicyPeer) -> Yaml {
    match &peer.selector {
        PeerSelector::Block(it) => Yaml::Map(vec![field("ipBlock", block(it))]),
        PeerSelector::Pods { namespaces, pods } => {
            let both = [("namespaceSelector", namespaces), ("podSelector", pods)];
            let fields = both.into_iter().filter_map(|(key, it)| Some((key, it.as_ref()?)));
            Yaml::Map(fields.map(|(key, it)| field(key, selector(it))).collect())
        }
    }
}

fn block(block: &IpBlock) -> Yaml {
    let mut fields = vec![field("cidr", text(&block.cidr.to_string()))];
    if !block.except.is_empty() {
        let except = block.except.iter().map(|(net, _)| text(&net.to_string()));
        fields.push(field("except", Yaml::List(except.collect())));
    }
    Yaml::Map(fields)
}

fn port(port: &PolicyPort, written: &BTreeSet<Span>) -> Yaml {
    let mut fields = Vec::new();
    if let Some(end) = port.end_port {
        fields.push(field("endPort", Yaml::Scalar(end.to_string())));
    }
    match &port.port {
        Some(PortRef::Number(number)) => {
            fields.push(field("port", Yaml::Scalar(number.to_string())));
        }
        Some(PortRef::Name(name)) => fields.push(field("port", text(name))),
        None => {}
    }
    let filled_in = !written.contains(&port.span);
    fields.push(Field { filled_in, ..field("protocol", text(port.protocol.as_str())) });
    Yaml::Map(fields)
}

fn selector(selector: &LabelSelector) -> Yaml {
    let (labels, expressions): (Vec<&Requirement>, Vec<&Requirement>) =
        selector.requirements.iter().partition(|requirement| requirement.match_label);
    let mut fields = Vec::new();
    if !expressions.is_empty() {
        let expressions = expressions.into_iter().map(expression);
        fields.push(field("matchExpressions", Yaml::List(expressions.collect())));
    }
    if !labels.is_empty() {
        let pair = |it: &&Requirement| field(&it.key, text(it.values.first().map_or("", |v| v)));
        let mut pairs: Vec<Field> = labels.iter().map(pair).collect();
        pairs.arrange_by(|a, b| a.key.cmp(&b.key));
        fields.push(field("matchLabels", Yaml::Map(pairs)));
    }
    Yaml::Map(fields)
}

fn expression(requirement: &Requirement) -> Yaml {
    let operator = match requirement.operator {
        Operator::In => "In",
        Operator::NotIn => "NotIn",
        Operator::Exists => "Exists",
        Operator::DoesNotExist => "DoesNotExist",
    };
    let mut fields = vec![field("key", text(&requirement.key)), field("operator", text(operator))];
    if !requirement.values.is_empty() {
        let values = requirement.values.iter().map(|value| text(value));
        fields.push(field("values", Yaml::List(values.collect())));
    }
    Yaml::Map(fields)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::{Sources, analyse};

    const POLICY: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {version: \"1.10\", app: web}}
  ingress:
  - ports: [{port: http}, {port: 8000, endPort: 8080, protocol: UDP}]
    from:
    - podSelector: {matchExpressions: [{key: tier, operator: In, values: [a, \"yes\"]}]}
      namespaceSelector: {}
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
  - {}
  egress: []
";

    #[test]
    fn what_is_filled_in_is_marked() {
        let analysis = analyse(Sources::single("policy.yaml", POLICY));
        let stored = analysis.stored("default", "web").unwrap();
        let lines = stored
            .iter()
            .map(|line| format!("{} {}\n", if line.filled_in { "+" } else { "|" }, line.text));
        expect![[r#"
            | apiVersion: networking.k8s.io/v1
            | kind: NetworkPolicy
            | metadata:
            |   name: web
            +   namespace: default
            | spec:
            |   ingress:
            |   - from:
            |     - namespaceSelector: {}
            |       podSelector:
            |         matchExpressions:
            |         - key: tier
            |           operator: In
            |           values:
            |           - a
            |           - "yes"
            |     - ipBlock:
            |         cidr: 10.0.0.0/8
            |         except:
            |         - 10.1.0.0/16
            |     ports:
            |     - port: http
            +       protocol: TCP
            |     - endPort: 8080
            |       port: 8000
            |       protocol: UDP
            |   - {}
            |   podSelector:
            |     matchLabels:
            |       app: web
            |       version: "1.10"
            +   policyTypes:
            +   - Ingress
        "#]]
        .assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn what_is_stored_is_stored_alike_again() {
        let text = |manifest: &str| {
            let stored = analyse(Sources::single("m.yaml", manifest)).stored("default", "web");
            let lines = stored.unwrap().into_iter();
            lines.map(|line| (line.text + "\n", line.filled_in)).unzip::<_, _, String, Vec<bool>>()
        };
        let (once, _) = text(POLICY);
        let (twice, filled_in) = text(&once);
        assert_eq!(once, twice);
        assert!(!filled_in.contains(&true), "nothing is left to fill in");
    }

    #[test]
    fn what_is_refused_is_not_stored() {
        let refused = POLICY.replace("10.1.0.0/16", "11.1.0.0/16");
        let error = analyse(Sources::single("m.yaml", refused)).stored("default", "web");
        expect!["policy `default/web` is not stored: the API server refuses it (mend what the findings name)"].assert_eq(&error.unwrap_err().to_string());
    }
}
