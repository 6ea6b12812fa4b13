//! What a place of a policy is about: the pods that a selector selects, the flows that a rule
//! decides.

use netpol_eval::{GroupId, PodId, World};
use netpol_model::{Direction, LabelSelector, NetworkPolicy, PeerSelector, PolicyRule};
use netpol_syntax::Span;
use serde::{Deserialize, Serialize};

use crate::Analysis;
use crate::endpoint::group_place;
use crate::party::is_shown;
use crate::place::place;
use crate::view::{Answer, ConnectionQuery, Flow, Place, RuleView};

/// What a place of a policy is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The policy's name.
    pub policy: String,
    /// Its part that the place is in.
    pub part: Part,
    /// The nodes that the part selects.
    pub nodes: Vec<Selected>,
    /// The flows that a rule lets through on its side, as far as they are drawn: their numbers.
    pub flows: Vec<usize>,
}

/// A part of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Its `podSelector`.
    Selector,
    /// A peer of a rule.
    Peer,
    /// A rule besides its peers.
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

/// What a byte of the first text is about, if it is in a policy's selector or rule. `drawn` are the
/// flows among which a rule's are looked for.
pub fn lookup(analysis: &Analysis, offset: u32, drawn: &[Flow]) -> Option<Lookup> {
    let world = analysis.world();
    let policies = &world.objects().policies;
    let has = |span: Span| span.start <= offset && offset <= span.end;
    let policy = policies.iter().find(|policy| has(policy.meta.span) && !policy.rejected)?;
    let found =
        |part, nodes, flows| Some(Lookup { policy: policy.meta.name.clone(), part, nodes, flows });
    if has(policy.pod_selector.span) {
        let nodes = select(analysis, |pod| selects(world, policy, pod));
        return found(Part::Selector, nodes, Vec::new());
    }
    let directions = [Direction::Ingress, Direction::Egress];
    let rules = directions.into_iter().flat_map(|direction| policy.rules(direction));
    let rule = rules.into_iter().find(|rule| has(rule.span))?;
    let flows = decided(analysis, rule, drawn);
    match rule.peers.iter().find(|peer| has(peer.span)) {
        Some(peer) => {
            let nodes = select(analysis, |pod| is_peer(world, policy, &peer.selector, pod));
            found(Part::Peer, nodes, flows)
        }
        None => found(Part::Rule, Vec::new(), flows),
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

/// The drawn flows that a rule lets through on its side.
fn decided(analysis: &Analysis, rule: &PolicyRule, drawn: &[Flow]) -> Vec<usize> {
    let place = place(analysis.sources(), rule.span);
    let is_it = |view: &RuleView| view.place == place && view.matches != Answer::No;
    let decides = |flow: &Flow| {
        let Flow { from, to, port, protocol, .. } = flow.clone();
        let explanation = analysis.explain(&ConnectionQuery { from, to, port, protocol });
        explanation.is_ok_and(|it| {
            let sides = it.paths.iter().flat_map(|path| [&path.egress, &path.ingress]);
            sides.flat_map(|side| &side.policies).flat_map(|policy| &policy.rules).any(is_it)
        })
    };
    drawn.iter().enumerate().filter(|(_, flow)| decides(flow)).map(|(index, _)| index).collect()
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
        let analysis = crate::analyse(Sources::single("shop.yaml", SHOP));
        let query = FlowQuery { limit: 100, ..FlowQuery::default() };
        let drawn = analysis.flows(&query).flows;
        let found = lookup(&analysis, SHOP.find(text).unwrap() as u32, &drawn)?;
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
        assert_eq!(about("- port: 5432"), Some((Part::Rule, Vec::new(), 1)));
        assert_eq!(about("[{port: 1}]"), Some((Part::Rule, Vec::new(), 0)));
        assert_eq!(about("name: db, namespace: shop}\nspec:\n  pod"), None);
        assert_eq!(about("kind: Pod"), None);
    }
}
