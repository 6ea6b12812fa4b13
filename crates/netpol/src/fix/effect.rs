//! What else becomes different: all pairs before and after.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{
    Answer, ExternalId, GroupId, IdentityId, NamespaceId, PortRange, Reachability, Traffic, World,
};
use netpol_sort::Gather;

use super::ranges::{union, without};
use crate::connect::Path;
use crate::endpoint::{EndRef, external_name};
use crate::party::range_text;
use crate::view::{OtherChanges, PairChange};

/// At most so many pairs are listed.
const LISTED: usize = 20;

/// A node or an outside address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Group(GroupId),
    External(ExternalId),
}

/// The identities before and after: members of one class cannot be told apart either time.
type Class = (IdentityId, IdentityId);

/// Ports that become possible, and those that become impossible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Change {
    added: Vec<PortRange>,
    removed: Vec<PortRange>,
}

impl Change {
    fn is_none(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Two judgements of the same pods under other policies.
pub(super) struct Effect<'a> {
    world: &'a World,
    before: &'a Reachability,
    after: &'a Reachability,
    classes: BTreeMap<Member, Vec<(Class, usize)>>,
    members: BTreeMap<Class, Vec<Member>>,
}

impl<'a> Effect<'a> {
    pub(super) fn new(world: &'a World, before: &'a Reachability, after: &'a Reachability) -> Self {
        let mut effect =
            Self { world, before, after, classes: BTreeMap::new(), members: BTreeMap::new() };
        for id in (0..world.groups().len() as u32).map(GroupId) {
            for pod in &world.group(id).pods {
                effect.add(Member::Group(id), before.of_pod(*pod).zip(after.of_pod(*pod)));
            }
        }
        for id in (0..world.objects().externals.len() as u32).map(ExternalId) {
            let class = before.of_external(id).zip(after.of_external(id));
            effect.add(Member::External(id), class);
        }
        effect
    }

    fn add(&mut self, member: Member, class: Option<Class>) {
        let Some(class) = class else { return };
        let classes = self.classes.entry(member).or_default();
        if let Some((_, count)) = classes.iter_mut().find(|(known, _)| *known == class) {
            *count += 1;
        } else {
            classes.push((class, 1));
            self.members.entry(class).or_default().push(member);
        }
    }

    /// What becomes different besides what was asked for. Policies of `namespaces` changed and no
    /// others, and a policy only speaks of its own namespace's pods.
    pub(super) fn others<'p>(
        &self,
        namespaces: &BTreeSet<NamespaceId>,
        asked: impl Iterator<Item = &'p Path>,
    ) -> OtherChanges {
        let mut pairs = self.changed_pairs(namespaces);
        for path in asked {
            let (Some(from), Some(to)) = (self.member(path.from), self.member(path.to)) else {
                continue;
            };
            if let Ok(judged) = &path.judged
                && let Traffic::Port(protocol, port) = judged.connection.traffic
                && let Some(change) = pairs.get_mut(&(from, to))
            {
                let asked = [PortRange::single(protocol, port)];
                change.added = without(&change.added, &asked);
                change.removed = without(&change.removed, &asked);
            }
        }
        pairs.retain(|_, change| !change.is_none());
        let texts = |ranges: Vec<PortRange>| ranges.into_iter().map(range_text).collect();
        let total = pairs.len();
        let listed = pairs.into_iter().take(LISTED);
        let pair = |((from, to), change): ((Member, Member), Change)| PairChange {
            from: self.name(from),
            to: self.name(to),
            added: texts(change.added),
            removed: texts(change.removed),
        };
        OtherChanges { total, pairs: listed.map(pair).collect() }
    }

    fn changed_pairs(
        &self,
        namespaces: &BTreeSet<NamespaceId>,
    ) -> BTreeMap<(Member, Member), Change> {
        let mut pairs: BTreeMap<(Member, Member), Change> = BTreeMap::new();
        for ((from, to), change) in self.changed_classes(namespaces) {
            for sender in &self.members[&from] {
                for receiver in &self.members[&to] {
                    if self.can_meet(*sender, *receiver, from, to) {
                        let known = pairs.entry((*sender, *receiver)).or_default();
                        known.added = union(&known.added, &change.added);
                        known.removed = union(&known.removed, &change.removed);
                    }
                }
            }
        }
        pairs
    }

    /// The pairs of classes between which something changes.
    fn changed_classes(&self, namespaces: &BTreeSet<NamespaceId>) -> Vec<((Class, Class), Change)> {
        let own: BTreeSet<Class> = namespaces
            .iter()
            .flat_map(|namespace| self.world.groups_in(*namespace))
            .filter_map(|group| self.classes.get(&Member::Group(group)))
            .flat_map(|classes| classes.iter().map(|(class, _)| *class))
            .gather();
        let all = self.members.keys();
        let concerned = all.flat_map(|a| own.iter().flat_map(move |b| [(*a, *b), (*b, *a)]));
        let concerned: BTreeSet<(Class, Class)> = concerned.gather();
        let changed = concerned.into_iter().map(|pair| (pair, self.change(pair.0, pair.1)));
        changed.filter(|(_, change)| !change.is_none()).collect()
    }

    fn change(&self, from: Class, to: Class) -> Change {
        let mut change = Change::default();
        for at_least in [Answer::Yes, Answer::Depends] {
            let before = self.before.ports(from.0, to.0, at_least);
            let after = self.after.ports(from.1, to.1, at_least);
            if before != after {
                change.added = union(&change.added, &without(&after, &before));
                change.removed = union(&change.removed, &without(&before, &after));
            }
        }
        change
    }

    /// Whether two different pods or addresses of these members are of these classes, not both of
    /// them outside the cluster.
    fn can_meet(&self, from: Member, to: Member, from_class: Class, to_class: Class) -> bool {
        match (from, to) {
            (Member::External(_), Member::External(_)) => false,
            _ if from != to || from_class != to_class => true,
            _ => self.classes[&from].iter().any(|(class, n)| *class == from_class && *n > 1),
        }
    }

    fn member(&self, end: EndRef) -> Option<Member> {
        match end {
            EndRef::Pod(pod) => Some(Member::Group(self.world.pod(pod).group)),
            EndRef::External(id) => Some(Member::External(id)),
            EndRef::Address(_) | EndRef::Host(_) => None,
        }
    }

    fn name(&self, member: Member) -> String {
        match member {
            Member::Group(id) => self.world.group_name(id),
            Member::External(id) => external_name(self.world, id),
        }
    }
}
