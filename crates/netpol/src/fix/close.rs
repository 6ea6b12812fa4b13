//! Changes that make a side stop a connection that it lets pass.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{Answer, PodId, PolicyId, PortOutcome, RuleTrace, Side, SideReason};
use netpol_model::Direction;

use super::narrow::Rule;
use super::peer::EveryoneBut;
use super::plan::{Choice, Goal, Slot};
use super::policy;
use super::scene::{Scene, peers_key};
use super::tree::Tree;
use crate::connect::Path;
use crate::endpoint::EndRef;

/// An edit of more rules is not small.
const MOST_RULES: usize = 16;

/// What a rule admits that it should not.
#[derive(Debug, Default)]
pub(super) struct Admits {
    /// The pods of the side.
    pub(super) own: BTreeSet<PodId>,
    /// The other ends.
    pub(super) others: BTreeSet<EndRef>,
    /// Peers that mean one of them, each with those that it means.
    pub(super) peers: BTreeMap<usize, BTreeSet<EndRef>>,
    /// Ports that cover the connection's.
    pub(super) ports: BTreeSet<usize>,
}

/// What must change so that no path is open, at one side or at the other. Where no policy isolates
/// a pod, a new one does only if there is no other way.
pub(super) fn plans<'a>(scene: &Scene<'a>, paths: &[Path]) -> Vec<Vec<Slot<'a>>> {
    let ways = [Direction::Ingress, Direction::Egress];
    let narrowed: Vec<Vec<Slot<'a>>> =
        ways.into_iter().filter_map(|way| narrow(scene, paths, way)).collect();
    if !narrowed.is_empty() {
        return narrowed;
    }
    ways.into_iter().find_map(|way| isolate(scene, paths, way)).into_iter().collect()
}

/// The pod of a side, the other end, and the side.
fn side(path: &Path, way: Direction) -> Option<(PodId, EndRef, &Side)> {
    let (own, other) = match way {
        Direction::Egress => (path.from, path.to),
        Direction::Ingress => (path.to, path.from),
    };
    let EndRef::Pod(own) = own else { return None };
    Some((own, other, path.judged.as_ref().ok()?.trace.side(way)))
}

/// One slot for each rule that admits a path; `None` if not only rules do.
fn narrow<'a>(scene: &Scene<'a>, paths: &[Path], way: Direction) -> Option<Vec<Slot<'a>>> {
    let mut rules: BTreeMap<(PolicyId, usize), Admits> = BTreeMap::new();
    for path in paths {
        let (own, other, side) = side(path, way)?;
        if side.passes == Answer::No {
            continue;
        }
        if side.reason != SideReason::Isolated || !side.exempt.is_empty() {
            return None;
        }
        for trace in &side.policies {
            let admitting = trace.rules.iter().enumerate();
            for (index, rule) in admitting.filter(|(_, rule)| rule.matches() != Answer::No) {
                rules.entry((trace.policy, index)).or_default().note(own, other, rule);
            }
        }
    }
    if rules.len() > MOST_RULES {
        return None;
    }
    let choices = |((policy, index), admits): (&(PolicyId, usize), &Admits)| {
        let rule = Rule::of(scene, *policy, way, *index, admits)?;
        Some(Slot { way, goal: Goal::Connection, choices: rule.choices() })
    };
    rules.iter().map(choices).collect()
}

/// One new policy for each pod and other end, of which no policy restricts the side.
fn isolate<'a>(scene: &Scene<'a>, paths: &[Path], way: Direction) -> Option<Vec<Slot<'a>>> {
    let mut pairs: BTreeSet<(PodId, EndRef)> = BTreeSet::new();
    for path in paths {
        let (own, other, side) = side(path, way)?;
        if side.passes == Answer::No {
            continue;
        }
        if side.reason != SideReason::NotIsolated {
            return None;
        }
        pairs.insert((own, other));
    }
    let policies = pairs.into_iter().map(|(pod, other)| {
        let choice = new_policy(scene, pod, other, way)?;
        Some(Slot { way, goal: Goal::Connection, choices: vec![choice] })
    });
    policies.collect()
}

impl Admits {
    fn note(&mut self, own: PodId, other: EndRef, rule: &RuleTrace) {
        self.own.insert(own);
        self.others.insert(other);
        for (index, outcome) in rule.peers.iter().enumerate() {
            if outcome.answer() != Answer::No {
                self.peers.entry(index).or_default().insert(other);
            }
        }
        let ports = rule.ports.iter().enumerate();
        let covering = ports.filter(|(_, outcome)| **outcome == PortOutcome::Matched);
        self.ports.extend(covering.map(|(index, _)| index));
    }
}

/// A new policy that isolates a pod and lets everyone but one end pass.
fn new_policy<'a>(
    scene: &Scene<'a>,
    pod: PodId,
    other: EndRef,
    way: Direction,
) -> Option<Choice<'a>> {
    let world = scene.world;
    let everyone = scene.peers.everyone_but(other, world.pod(pod).namespace)?;
    let note = note(&everyone, way);
    let rule = Tree::Map(vec![(peers_key(way), Tree::List(everyone.peers))]);
    let (own, other) =
        (policy::short_name(world, EndRef::Pod(pod)), policy::short_name(world, other));
    let name = match way {
        Direction::Egress => format!("keep-{own}-from-{other}"),
        Direction::Ingress => format!("keep-{other}-out-of-{own}"),
    };
    let summary = "a new policy that lets everyone else pass";
    let change = policy::create(scene, pod, way, &name, rule, summary)?;
    Some(Choice { cost: 8, change, note })
}

/// What is cut off that nobody can count.
pub(super) fn note(everyone: &EveryoneBut, way: Direction) -> Option<String> {
    let what = match way {
        Direction::Egress => {
            "Addresses outside the cluster that no `External` names are cut off too"
        }
        Direction::Ingress => {
            "Senders outside the cluster that no `External` names are kept out too"
        }
    };
    everyone.without_unnamed.then(|| what.to_owned())
}
