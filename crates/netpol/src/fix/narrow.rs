//! The ways in which one rule no longer admits a connection.

use std::collections::BTreeSet;

use netpol_eval::{NamespaceId, PodId, PolicyId};
use netpol_model::{Direction, LabelSelector, NetworkPolicy, Operator, PeerSelector, PolicyRule};
use netpol_sort::Gather;
use netpol_syntax::{Entry, Node, Span, TextEdit};

use super::change::{Change, Deed};
use super::close::{Admits, note};
use super::peer::{not_in, single};
use super::plan::Choice;
use super::policy;
use super::scene::{Scene, Written, other_word, peers_key};
use super::tree::{Samples, Tree};
use crate::endpoint::EndRef;

/// A rule that admits what it should not.
pub(super) struct Rule<'s, 'a> {
    scene: &'s Scene<'a>,
    written: Written<'a>,
    policy: &'a NetworkPolicy,
    namespace: NamespaceId,
    way: Direction,
    index: usize,
    stored: &'a PolicyRule,
    node: &'a Node,
    admits: &'s Admits,
}

impl<'s, 'a> Rule<'s, 'a> {
    pub(super) fn of(
        scene: &'s Scene<'a>,
        id: PolicyId,
        way: Direction,
        index: usize,
        admits: &'s Admits,
    ) -> Option<Self> {
        let written = scene.written(id)?;
        let policy = scene.world.policy(id);
        Some(Self {
            scene,
            policy,
            namespace: scene.world.namespace_id(&policy.meta.namespace)?,
            way,
            index,
            stored: policy.rules(way).get(index)?,
            node: written.rule(way, index)?,
            written,
            admits,
        })
    }

    pub(super) fn choices(&self) -> Vec<Choice<'a>> {
        let number = self.index + 1;
        let other = other_word(self.way);
        let mut choices = Vec::new();
        let mut add = |cost, summary, deed: Option<Deed<'a>>, note| {
            let policy = (self.policy.meta.namespace.clone(), self.policy.meta.name.clone());
            let change = |deed| Change { policy, summary, others: 0, deed };
            choices.extend(deed.map(|deed| Choice { cost, change: change(deed), note }));
        };
        let peers: BTreeSet<usize> = self.admits.peers.keys().copied().gather();
        let remove = self.remove(peers_key(self.way), &peers);
        add(1, format!("without that {other} in rule {number}"), remove, None);
        let remove = self.remove("ports", &self.admits.ports);
        add(1, format!("without that port in rule {number}"), remove, None);
        let edits = self.except_peers().map(Deed::Edits);
        add(2, format!("an exception in rule {number}"), edits, self.address_note());
        let edits = self.except_pods().map(Deed::Edits);
        add(2, format!("no longer applies to {}", self.own_names()), edits, None);
        let items = [self.index].into_iter().gather();
        let pen = self.written.pen;
        let remove = self.written.rules(self.way).map(|list| Deed::Remove { pen, list, items });
        add(3, format!("without rule {number}"), remove, None);
        if let Some((edits, note)) = self.name_everyone_else() {
            add(4, format!("an exception in rule {number}"), Some(Deed::Edits(edits)), note);
        }
        choices
    }

    /// The pods of this side.
    fn own_names(&self) -> String {
        let name = |pod: &PodId| policy::short_name(self.scene.world, EndRef::Pod(*pod));
        let names: BTreeSet<String> = self.admits.own.iter().map(name).gather();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// Takes items from a list of the rule that keeps others: an empty one would mean everyone.
    fn remove(&self, key: &str, items: &BTreeSet<usize>) -> Option<Deed<'a>> {
        let list = self.node.as_mapping()?.entry(key)?;
        let all = list.value.as_sequence()?.len();
        let (pen, items) = (self.written.pen, items.clone());
        (!items.is_empty() && items.len() < all).then_some(Deed::Remove { pen, list, items })
    }

    /// Takes the other ends out of what the peers mean.
    fn except_peers(&self) -> Option<Vec<TextEdit>> {
        let key = peers_key(self.way);
        let samples = self.written.rule_samples(self.way, self.node).child(key).items();
        let nodes = self.node.get(key).and_then(Node::as_sequence)?;
        let mut edits = Vec::new();
        for (index, ends) in &self.admits.peers {
            let node = nodes.get(*index)?;
            match &self.stored.peers.get(*index)?.selector {
                PeerSelector::Pods { pods, .. } => {
                    let ends: Option<BTreeSet<PodId>> = ends
                        .iter()
                        .map(|end| match end {
                            EndRef::Pod(pod) => Some(*pod),
                            EndRef::External(_) | EndRef::Address(_) | EndRef::Host(_) => None,
                        })
                        .collect();
                    edits.extend(self.except(node, pods.as_ref(), &ends?, &samples)?);
                }
                PeerSelector::Block(block) => {
                    let addresses = ends.iter().flat_map(|end| end.addresses(self.scene.world));
                    let inside = addresses.filter(|address| block.cidr.contains(address));
                    let except: Vec<Tree> = inside.map(single).collect();
                    let path = ["ipBlock", "except"];
                    edits.extend(self.written.pen.append(node, &path, &except, &samples)?);
                }
            }
        }
        (!edits.is_empty()).then_some(edits)
    }

    /// A block can only leave out the address that a pod has now.
    fn address_note(&self) -> Option<String> {
        let is_block = |index: &usize| {
            let peer = self.stored.peers.get(*index);
            peer.is_some_and(|peer| matches!(peer.selector, PeerSelector::Block(_)))
        };
        let excepted = self.admits.peers.iter().filter(|(index, _)| is_block(index));
        let mut ends = excepted.flat_map(|(_, ends)| ends);
        let pod = ends.any(|end| matches!(end, EndRef::Pod(_)));
        pod.then(|| "A pod gets another address when it is replaced".to_owned())
    }

    /// Takes the pods of this side out of what the policy applies to.
    fn except_pods(&self) -> Option<Vec<TextEdit>> {
        let spec = self.written.node.get("spec")?;
        let samples = self.written.samples.child("spec");
        self.except(spec, Some(&self.policy.pod_selector), &self.admits.own, &samples)
    }

    /// Takes pods out of what the `podSelector` of a node selects.
    fn except(
        &self,
        node: &Node,
        selector: Option<&LabelSelector>,
        pods: &BTreeSet<PodId>,
        samples: &Samples<'a>,
    ) -> Option<Vec<TextEdit>> {
        let labels: Option<BTreeSet<(String, String)>> =
            pods.iter().map(|pod| self.scene.peers.telling_label(*pod)).collect();
        let mut edits = Vec::new();
        for (key, value) in labels? {
            let requirements = selector.map(|s| s.requirements.as_slice()).unwrap_or_default();
            let listed = requirements.iter().find(|r| r.key == key && r.operator == Operator::In);
            edits.extend(if let Some(listed) = listed {
                self.unlist(node, listed.span, &value)?
            } else {
                let path = ["podSelector", "matchExpressions"];
                self.written.pen.append(node, &path, &[not_in(&key, &value)], samples)?
            });
        }
        Some(edits)
    }

    /// Takes a value from a requirement that lists others too.
    fn unlist(&self, node: &Node, span: Span, value: &str) -> Option<Vec<TextEdit>> {
        let requirements = node.get("podSelector")?.get("matchExpressions")?.as_sequence()?;
        let requirement = requirements.iter().find(|requirement| requirement.span == span)?;
        let list: &Entry = requirement.as_mapping()?.entry("values")?;
        let values = list.value.as_sequence()?.iter().enumerate();
        let same = values.clone().filter(|(_, node)| node.as_str() == Some(value));
        let items: BTreeSet<usize> = same.map(|(index, _)| index).gather();
        if items.is_empty() || items.len() == values.len() {
            return None;
        }
        self.written.pen.remove(list, &items)
    }

    /// Names the peers of a rule that is for everyone: all but one end.
    fn name_everyone_else(&self) -> Option<(Vec<TextEdit>, Option<String>)> {
        let mut others = self.admits.others.iter();
        let (Some(other), None) = (others.next(), others.next()) else { return None };
        if !self.stored.peers.is_empty() {
            return None;
        }
        let everyone = self.scene.peers.everyone_but(*other, self.namespace)?;
        let samples = self.written.rule_samples(self.way, self.node);
        let path = [peers_key(self.way)];
        let edits = self.written.pen.append(self.node, &path, &everyone.peers, &samples)?;
        Some((edits, note(&everyone, self.way)))
    }
}
