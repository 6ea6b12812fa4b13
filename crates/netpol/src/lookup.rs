//! What a place of a policy is about: the pods that a selector selects, the flows that a rule
//! decides.

use netpol_eval::{Answer, GroupId, PeerOutcome, PodId, PolicyTrace, RuleTrace, Side, World};
use netpol_model::{Direction, EndpointName, LabelSelector, NetworkPolicy, PeerSelector};
use netpol_syntax::Span;
use serde::{Deserialize, Serialize};

use crate::Analysis;
use crate::connect::{self, Paths};
use crate::endpoint::group_place;
use crate::party::is_shown;
use crate::view::{Flow, Place};

/// What a place of a policy is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The policy's name.
    pub policy: String,
    /// Its part that the place is in.
    pub part: Part,
    /// The nodes that the part selects.
    pub nodes: Vec<Selected>,
    /// The drawn flows that the part decides: their numbers. A rule, and a peer and a port of it,
    /// decides those that it lets pass on its side; a policy also those that stop where it isolates.
    pub flows: Vec<usize>,
}

/// A part of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What is none of the following.
    Policy,
    /// Its `podSelector`.
    Selector,
    /// A peer of a rule.
    Peer,
    /// A port of a rule.
    Port,
    /// A rule besides its peers and ports.
    Rule,
}

/// A node that a selector selects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selected {
    /// Its id.
    pub id: String,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// What a byte of the first text is about, if it is in a policy. `drawn` are the flows among which
/// those that the place decides are looked for.
pub fn lookup(analysis: &Analysis, offset: u32, drawn: &[Flow]) -> Option<Lookup> {
    let world = analysis.world();
    let policies = &world.objects().policies;
    let has = |span: Span| span.start <= offset && offset <= span.end;
    let policy = policies.iter().find(|policy| has(policy.meta.span) && !policy.rejected)?;
    let found =
        |part, nodes, flows| Some(Lookup { policy: policy.meta.name.clone(), part, nodes, flows });
    let selected = || select(analysis, |pod| selects(world, policy, pod));
    if has(policy.pod_selector.span) {
        return found(Part::Selector, selected(), Vec::new());
    }
    let mut rules = [Direction::Ingress, Direction::Egress].into_iter().flat_map(|direction| {
        policy
            .rules(direction)
            .iter()
            .enumerate()
            .map(move |(index, rule)| (direction, index, rule))
    });
    let Some((direction, index, rule)) = rules.find(|(.., rule)| has(rule.span)) else {
        let flows = decided(analysis, policy, drawn, &|_, side, trace| {
            trace.admits != Answer::No || side.passes == Answer::No
        });
        return found(Part::Policy, selected(), flows);
    };
    let flows_of = |matches: &dyn Fn(&RuleTrace) -> bool| {
        decided(analysis, policy, drawn, &|way, _, trace| {
            let rule = trace.rules.get(index).filter(|_| way == direction);
            rule.is_some_and(|rule| rule.matches() != Answer::No && matches(rule))
        })
    };
    if let Some(peer) = rule.peers.iter().position(|peer| has(peer.span)) {
        let matches = |outcome: &PeerOutcome| outcome.answer() != Answer::No;
        let flows = flows_of(&|trace| trace.peers.get(peer).is_some_and(matches));
        let selector = &rule.peers[peer].selector;
        let nodes = select(analysis, |pod| is_peer(world, policy, selector, pod));
        return found(Part::Peer, nodes, flows);
    }
    match rule.ports.iter().position(|port| has(port.span)) {
        Some(port) => {
            let is_it = |trace: &RuleTrace| {
                trace.ports.get(port).is_some_and(|outcome| outcome.answer() != Answer::No)
            };
            found(Part::Port, Vec::new(), flows_of(&is_it))
        }
        None => found(Part::Rule, Vec::new(), flows_of(&|_| true)),
    }
}

fn selects(world: &World, policy: &NetworkPolicy, pod: PodId) -> bool {
    in_namespace(world, policy, pod) && matches(world, &policy.pod_selector, pod)
}

fn is_peer(world: &World, policy: &NetworkPolicy, peer: &PeerSelector, pod: PodId) -> bool {
    match peer {
        PeerSelector::Pods { namespaces, pods } => {
            let namespace = world.namespace(world.pod(pod).namespace);
            namespaces.as_ref().map_or_else(
                || in_namespace(world, policy, pod),
                |it| it.matches(&namespace.labels),
            ) && pods.as_ref().is_none_or(|selector| matches(world, selector, pod))
        }
        PeerSelector::Block(block) => world.pod(pod).addresses.iter().any(|address| {
            block.cidr.contains(address) && !block.except.iter().any(|(it, _)| it.contains(address))
        }),
    }
}

fn in_namespace(world: &World, policy: &NetworkPolicy, pod: PodId) -> bool {
    world.namespace(world.pod(pod).namespace).name == policy.meta.namespace
}

fn matches(world: &World, selector: &LabelSelector, pod: PodId) -> bool {
    selector.matches(&world.template(world.pod(pod)).labels)
}

/// The nodes with a pod that is meant.
fn select(analysis: &Analysis, is_meant: impl Fn(PodId) -> bool) -> Vec<Selected> {
    let world = analysis.world();
    let groups = (0..world.groups().len() as u32).map(GroupId);
    groups
        .filter(|id| is_shown(world, *id) && world.group(*id).pods.iter().any(|pod| is_meant(*pod)))
        .map(|id| Selected {
            id: world.group_name(id),
            place: group_place(world, analysis.sources(), id),
        })
        .collect()
}

/// The drawn flows of which a policy's part in them, on one of their sides, has the last word.
fn decided(
    analysis: &Analysis,
    policy: &NetworkPolicy,
    drawn: &[Flow],
    decides: &dyn Fn(Direction, &Side, &PolicyTrace) -> bool,
) -> Vec<usize> {
    let world = analysis.world();
    let is_it = |trace: &&PolicyTrace| world.policy(trace.policy).meta.span == policy.meta.span;
    let concerns = |paths: Paths| {
        paths.all.iter().filter_map(|path| path.judged.as_ref().ok()).any(|judged| {
            [Direction::Egress, Direction::Ingress].into_iter().any(|direction| {
                let side = judged.trace.side(direction);
                side.policies.iter().filter(is_it).any(|trace| decides(direction, side, trace))
            })
        })
    };
    let flows = drawn.iter().enumerate();
    flows
        .filter(|(_, flow)| paths(analysis, flow).is_some_and(concerns))
        .map(|(index, _)| index)
        .collect()
}

/// Everything that a flow can mean, judged, without a sentence about it.
fn paths(analysis: &Analysis, flow: &Flow) -> Option<Paths> {
    let world = analysis.world();
    let (from, to) = (EndpointName::parse(&flow.from)?, EndpointName::parse(&flow.to)?);
    let written = connect::Written::of(&from, &to);
    let (from, to) = (world.find(&from)?, world.find(&to)?);
    let reachability = || analysis.reachability();
    let (port, protocol) = (&flow.port, flow.protocol);
    connect::paths(world, &reachability, &from, &to, port, protocol, written).ok()
}

#[cfg(test)]
mod tests {
    use netpol_syntax::Sources;

    use super::*;
    use crate::view::FlowQuery;

    const SHOP: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: [{name: main, ports: [{containerPort: 5432}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: web}}
    ports:
    - port: 5432
  - ports: [{port: 1}]
";

    /// What the first place with a text is about.
    fn about(text: &str) -> Option<(Part, Vec<String>, usize)> {
        about_in(SHOP, text)
    }

    fn about_in(shop: &str, text: &str) -> Option<(Part, Vec<String>, usize)> {
        let analysis = crate::analyse(Sources::single("shop.yaml", shop));
        let query = FlowQuery { limit: 100, ..FlowQuery::default() };
        let drawn = analysis.flows(&query).flows;
        let found = lookup(&analysis, shop.find(text).unwrap() as u32, &drawn)?;
        let ids = found.nodes.into_iter().map(|node| node.id).collect();
        Some((found.part, ids, found.flows.len()))
    }

    #[test]
    fn selectors_find_pods_and_rules_find_flows() {
        assert_eq!(
            about("{matchLabels: {app: db}}"),
            Some((Part::Selector, vec!["shop/db".to_owned()], 0))
        );
        assert_eq!(
            about("{matchLabels: {app: web}}"),
            Some((Part::Peer, vec!["shop/web".to_owned()], 1))
        );
        assert_eq!(about("port: 5432"), Some((Part::Port, Vec::new(), 1)));
        assert_eq!(about("from:"), Some((Part::Rule, Vec::new(), 1)));
        assert_eq!(about("{port: 1}"), Some((Part::Port, Vec::new(), 0)));
    }

    #[test]
    fn a_policy_decides_what_it_lets_pass_and_what_stops_where_it_isolates() {
        let at = "metadata: {name: db, namespace: shop}\nspec";
        let nodes = || vec!["shop/db".to_owned()];
        assert_eq!(about(at), Some((Part::Policy, nodes(), 1)));
        assert_eq!(
            about_in(&SHOP.replace("app: web}}\n    ports", "app: other}}\n    ports"), at),
            Some((Part::Policy, nodes(), 1))
        );
        assert_eq!(about("kind: Pod"), None);
    }
}
