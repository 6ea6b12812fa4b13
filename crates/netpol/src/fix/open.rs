//! Changes that let a connection pass a side that stops it.

use std::collections::BTreeSet;

use netpol_eval::{Answer, PodId, PolicyTrace, Traffic};
use netpol_model::{ContainerPort, Direction, PolicyPort, PolicyRule, PortRef, Protocol};
use netpol_syntax::{Node, TextEdit};

use super::change::{Change, Deed};
use super::plan::{Choice, Goal, Slot};
use super::policy;
use super::scene::{Scene, Written, other_word, peers_key, rules_key};
use super::tree::Tree;
use crate::connect::Path;
use crate::endpoint::EndRef;

/// At most so many policies of a pod are looked at.
const MOST_POLICIES: usize = 128;

/// What one side should let pass.
struct Need<'s, 'a> {
    scene: &'s Scene<'a>,
    way: Direction,
    /// The pod of the side.
    own: PodId,
    other: EndRef,
    /// The peers that mean the other end.
    peers: Vec<Tree>,
    /// The receiver, if it is a pod.
    receiver: Option<PodId>,
    /// The ports, each with what the pod's policies say about it.
    ports: Vec<Port<'s>>,
}

struct Port<'s> {
    protocol: Protocol,
    number: u16,
    policies: &'s [PolicyTrace],
}

/// What must change so that all paths are open: one choice of each slot. `None` if some side cannot
/// be opened.
pub(super) fn slots<'a>(
    scene: &Scene<'a>,
    paths: &[Path],
    lookups: &[Path],
) -> Option<Vec<Slot<'a>>> {
    let own = paths.iter().map(|path| (Goal::Connection, path));
    let needs = needs(scene, own.chain(lookups.iter().map(|path| (Goal::Lookup, path))))?;
    let slot = |(goal, need): &(Goal, Need<'_, 'a>)| Slot {
        way: need.way,
        goal: *goal,
        choices: need.choices(),
    };
    Some(needs.iter().map(slot).collect())
}

/// The sides that have to let more pass, each once, with all ports that it is about.
fn needs<'s, 'a>(
    scene: &'s Scene<'a>,
    paths: impl Iterator<Item = (Goal, &'s Path)>,
) -> Option<Vec<(Goal, Need<'s, 'a>)>> {
    let mut seen = BTreeSet::new();
    let mut needs: Vec<(Goal, Need<'s, 'a>)> = Vec::new();
    for (goal, path) in paths {
        let Ok(judged) = &path.judged else { return None };
        // No rule names ICMP.
        let Traffic::Port(protocol, port) = judged.connection.traffic else { return None };
        for way in [Direction::Egress, Direction::Ingress] {
            let side = judged.trace.side(way);
            let (own, other) = match way {
                Direction::Egress => (path.from, path.to),
                Direction::Ingress => (path.to, path.from),
            };
            if side.passes == Answer::Yes || !seen.insert((way, own, other, protocol, port)) {
                continue;
            }
            let EndRef::Pod(own) = own else { return None };
            let port = Port { protocol, number: port, policies: &side.policies };
            let is_it = |need: &Need<'_, '_>| (need.way, need.own, need.other) == (way, own, other);
            if let Some((_, known)) = needs.iter_mut().find(|(_, need)| is_it(need)) {
                known.ports.push(port);
                continue;
            }
            let receiver = judged.connection.to.pod();
            let peers = scene.peers.meaning(other, scene.world.pod(own).namespace);
            needs.push((goal, Need { scene, way, own, other, peers, receiver, ports: vec![port] }));
        }
    }
    Some(needs)
}

impl<'a> Need<'_, 'a> {
    fn choices(&self) -> Vec<Choice<'a>> {
        // Of all ports the same policies select the pod.
        let first = self.ports.first().map_or(&[][..], |port| port.policies);
        let changed = (0..first.len().min(MOST_POLICIES)).flat_map(|index| self.in_policy(index));
        changed.chain(self.new_policy()).collect()
    }

    /// What a policy says about each port.
    fn traces(&self, index: usize) -> impl Iterator<Item = (&Port<'_>, &PolicyTrace)> {
        self.ports.iter().filter_map(move |port| Some((port, port.policies.get(index)?)))
    }

    fn in_policy(&self, index: usize) -> Vec<Choice<'a>> {
        let Some((_, trace)) = self.traces(index).next() else { return Vec::new() };
        let Some(written) = self.scene.written(trace.policy) else { return Vec::new() };
        let policy = self.scene.world.policy(trace.policy);
        let others = self.scene.breadth(trace.policy, self.own);
        let choice = |cost: usize, summary: String, edits| {
            let policy = (policy.meta.namespace.clone(), policy.meta.name.clone());
            let change = Change { policy, summary, others, deed: Deed::Edits(edits) };
            Choice { cost, change, note: None }
        };
        let mut choices = Vec::new();
        for (place, rule) in policy.rules(self.way).iter().enumerate() {
            let number = place + 1;
            let Some(node) = written.rule(self.way, place) else { continue };
            let about = || {
                self.traces(index).filter_map(|(port, trace)| Some((port, trace.rules.get(place)?)))
            };
            let knows_peer = about().all(|(_, it)| it.peers_match() == Answer::Yes);
            let unknown = about().filter(|(_, it)| it.ports_match() != Answer::Yes);
            let unknown: Vec<&Port<'_>> = unknown.map(|(port, _)| port).collect();
            if unknown.is_empty() && !knows_peer {
                let summary = format!("one more {} in rule {number}", other_word(self.way));
                let edits = self.add_peer(&written, node);
                choices.extend(edits.map(|edits| choice(more_ports(rule), summary, edits)));
            } else if knows_peer {
                let more = if unknown.len() > 1 { "more ports" } else { "one more port" };
                let summary = format!("{more} in rule {number}");
                let edits = self.add_ports(&written, node, rule, &unknown);
                choices.extend(
                    edits.map(|edits| {
                        choice(4 * rule.peers.len().saturating_sub(1), summary, edits)
                    }),
                );
            }
        }
        let added = self.add_rule(&written);
        choices.extend(added.map(|edits| choice(1, "a new rule".to_owned(), edits)));
        choices
    }

    fn add_peer(&self, written: &Written<'a>, rule: &'a Node) -> Option<Vec<TextEdit>> {
        let samples = written.rule_samples(self.way, rule);
        written.pen.append(rule, &[peers_key(self.way)], &self.peers, &samples)
    }

    fn add_ports(
        &self,
        written: &Written<'a>,
        node: &'a Node,
        rule: &PolicyRule,
        ports: &[&Port<'_>],
    ) -> Option<Vec<TextEdit>> {
        let samples = written.rule_samples(self.way, node);
        let trees: Vec<Tree> = ports.iter().map(|port| self.port(node, rule, port)).collect();
        written.pen.append(node, &["ports"], &trees, &samples)
    }

    /// A port as the ports beside it are written.
    fn port(&self, node: &Node, rule: &PolicyRule, port: &Port<'_>) -> Tree {
        let Port { protocol, number, .. } = *port;
        let name = self.port_name(port).filter(|_| rule.ports.iter().all(is_named));
        let port = name.map_or(Tree::Number(number), Tree::Text);
        let entries = node.get("ports").and_then(Node::as_sequence).unwrap_or_default();
        let written_so = |entry: &Node| entry.get("protocol").is_some();
        if protocol == Protocol::Tcp && !entries.iter().any(written_so) {
            Tree::Map(vec![("port", port)])
        } else {
            let protocol = Tree::text(protocol.as_str());
            let is_port = |entry: &Node| first_key(entry) == Some("port");
            let (protocol, port) = (("protocol", protocol), ("port", port));
            let port_first = entries.first().is_some_and(is_port);
            Tree::Map(if port_first { vec![port, protocol] } else { vec![protocol, port] })
        }
    }

    fn add_rule(&self, written: &Written<'a>) -> Option<Vec<TextEdit>> {
        let path = ["spec", rules_key(self.way)];
        written.pen.append(written.node, &path, &[self.rule()], &written.samples)
    }

    /// A rule that admits just the connection.
    fn rule(&self) -> Tree {
        let port = |port: &Port<'_>| {
            Tree::Map(vec![
                ("protocol", Tree::text(port.protocol.as_str())),
                ("port", Tree::Number(port.number)),
            ])
        };
        Tree::Map(vec![
            (peers_key(self.way), Tree::List(self.peers.clone())),
            ("ports", Tree::List(self.ports.iter().map(port).collect())),
        ])
    }

    fn new_policy(&self) -> Option<Choice<'a>> {
        let world = self.scene.world;
        let own = policy::short_name(world, EndRef::Pod(self.own));
        let other = policy::short_name(world, self.other);
        let name = match self.way {
            Direction::Egress => format!("allow-{own}-egress-to-{other}"),
            Direction::Ingress => format!("allow-{other}-to-{own}"),
        };
        let change =
            policy::create(self.scene, self.own, self.way, &name, self.rule(), "a new policy")?;
        Some(Choice { cost: 2, change, note: None })
    }

    /// The name that the receiver gives to the port.
    fn port_name(&self, port: &Port<'_>) -> Option<String> {
        let world = self.scene.world;
        let ports = &world.template(world.pod(self.receiver?)).ports;
        let here = |p: &&ContainerPort| {
            p.number == port.number && p.protocol == port.protocol && p.name.is_some()
        };
        ports.iter().find(here)?.name.clone()
    }
}

/// How much more a new peer of a rule gets than the one port that is asked for, roughly.
fn more_ports(rule: &PolicyRule) -> usize {
    match rule.ports.as_slice() {
        [only] if only.port.is_some() && only.end_port.is_none() => 0,
        _ => 4,
    }
}

fn is_named(port: &PolicyPort) -> bool {
    matches!(port.port, Some(PortRef::Name(_)))
}

fn first_key(node: &Node) -> Option<&str> {
    Some(&node.as_mapping()?.entries.first()?.key)
}
