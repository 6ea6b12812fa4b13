//! All pairs at once.
//!
//! Pods that no selector and no address block can tell apart form one *identity*; sets of
//! identities are bitsets. The ports of each protocol are cut into the intervals that rules
//! mention. For each direction there is one relation of senders to receivers that holds on every
//! port, and one for each interval. The result agrees with [`trace`](crate::trace) on every pair;
//! a property test compares them.

mod blocks;
mod identity;
mod intervals;
mod labels;
mod relate;
mod relation;
mod row;
mod unions;

use fixedbitset::FixedBitSet;
use netpol_model::{Direction, Protocol};

pub use identity::IdentityId;
use identity::{Family, Identities};
use intervals::Intervals;
use relate::relate;
use relation::Relations;
pub use row::Row;

use crate::reading::Reading;
use crate::{Answer, ExternalId, PodId, PortRange, World};

/// How questions that Kubernetes leaves open are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    /// Each is answered no.
    Strict,
    /// Each is answered yes.
    Permissive,
}

impl Stance {
    /// Whether an answer lets a connection pass.
    pub(crate) fn admits(self, answer: Answer) -> bool {
        match self {
            Self::Strict => answer == Answer::Yes,
            Self::Permissive => answer != Answer::No,
        }
    }
}

/// Who reaches whom, judged for all pairs of pods and named outside addresses.
#[derive(Debug)]
pub struct Reachability {
    identities: Identities,
    intervals: Intervals,
    /// Relations for IPv4, where an end has an address of that family; and for IPv6, if an end
    /// has both.
    families: Vec<Layers>,
}

/// The relations of one address family.
#[derive(Debug)]
struct Layers {
    family: Family,
    /// One for each answer to whether pods in their node's network are selected.
    readings: Vec<Bounds>,
}

/// The relations under the strictest and the most permissive answer to all other open questions.
#[derive(Debug)]
struct Bounds {
    strict: Relations,
    /// `None`: no question was open, both are the same.
    permissive: Option<Relations>,
}

impl Bounds {
    fn permissive(&self) -> &Relations {
        self.permissive.as_ref().unwrap_or(&self.strict)
    }
}

impl Layers {
    fn answer(&self, holds: impl Fn(&Relations) -> bool) -> Answer {
        if self.readings.iter().all(|bounds| holds(&bounds.strict)) {
            Answer::Yes
        } else if self.readings.iter().any(|bounds| holds(bounds.permissive())) {
            Answer::Depends
        } else {
            Answer::No
        }
    }
}

impl Reachability {
    /// Judges all pairs of a world.
    pub fn of(world: &World) -> Self {
        let identities = Identities::of(world);
        let intervals = Intervals::of(world);
        let host_network = world.pods().iter().any(|pod| world.template(pod).host_network);
        let readings = Reading::of(world).of_host_network(host_network);
        let families = identities
            .families()
            .map(|family| {
                let bounds = readings.iter().map(|reading| {
                    let related =
                        |stance| relate(*reading, &identities, &intervals, family, stance);
                    let (strict, open) = related(Stance::Strict);
                    let permissive = open.then(|| related(Stance::Permissive).0);
                    Bounds { strict, permissive }
                });
                Layers { family, readings: bounds.collect() }
            })
            .collect();
        Self { identities, intervals, families }
    }

    /// How many classes of pods there are that nothing can tell apart and that have a pod which
    /// counts.
    pub fn identity_count(&self, counts: impl Fn(PodId) -> bool) -> usize {
        self.identities.members().filter(|pods| pods.iter().any(|pod| counts(*pod))).count()
    }

    /// The identity of a pod; `None` if it takes no part in traffic.
    pub fn of_pod(&self, pod: PodId) -> Option<IdentityId> {
        self.identities.of_pod(pod)
    }

    /// The identity of a named outside address.
    pub fn of_external(&self, external: ExternalId) -> Option<IdentityId> {
        self.identities.of_external(external)
    }

    /// Whether one side of a connection between two different pods or addresses lets it pass.
    /// `None`: over different address families the answers differ.
    pub fn side(
        &self,
        direction: Direction,
        from: IdentityId,
        to: IdentityId,
        protocol: Protocol,
        port: u16,
    ) -> Option<Answer> {
        let interval = self.intervals.index(protocol, port);
        self.agreed(from, to, |layers| {
            layers.answer(|relations| relations.side(direction).holds(from, to, interval))
        })
    }

    /// Whether a connection between two different pods or addresses is made.
    /// `None`: over different address families the answers differ.
    pub fn connects(
        &self,
        from: IdentityId,
        to: IdentityId,
        protocol: Protocol,
        port: u16,
    ) -> Option<Answer> {
        let interval = self.intervals.index(protocol, port);
        self.agreed(from, to, |layers| {
            layers.answer(|relations| relations.connects(from, to, interval))
        })
    }

    /// The ports on which a pair connects with at least that answer over some address family,
    /// merged where they touch, in the order of protocol and number.
    pub fn ports(&self, from: IdentityId, to: IdentityId, at_least: Answer) -> Vec<PortRange> {
        let mut all: Vec<usize> = self.open_intervals(from, to, at_least).flatten().collect();
        all.sort_unstable();
        all.dedup();
        self.intervals.merged(all)
    }

    /// The same for each address family that both have.
    pub fn ports_by_family(
        &self,
        from: IdentityId,
        to: IdentityId,
        at_least: Answer,
    ) -> impl Iterator<Item = Vec<PortRange>> {
        self.open_intervals(from, to, at_least).map(|open| self.intervals.merged(open))
    }

    fn open_intervals(
        &self,
        from: IdentityId,
        to: IdentityId,
        at_least: Answer,
    ) -> impl Iterator<Item = Vec<usize>> {
        self.common_families(from, to).map(move |layers| {
            let connects = |interval: &usize| {
                layers.answer(|relations| relations.connects(from, to, *interval)) >= at_least
            };
            (0..self.intervals.len()).filter(connects).collect()
        })
    }

    /// The identities that a sender reaches on some port over some address family.
    fn reached(&self, from: IdentityId) -> FixedBitSet {
        let mut reached = FixedBitSet::with_capacity(self.identities.len());
        for layers in &self.families {
            let strict: Vec<&Relations> =
                layers.readings.iter().map(|bounds| &bounds.strict).collect();
            let mut row = relation::reached(&strict, from);
            if self.families.len() > 1 {
                let judged_here = |to: &usize| {
                    let to = IdentityId(*to as u32);
                    self.common_families(from, to).any(|common| common.family == layers.family)
                };
                row = row.ones().filter(judged_here).collect();
            }
            reached.union_with(&row);
        }
        reached
    }

    /// The identities that a sender may reach on some port, however open questions are read.
    pub fn receivers(&self, from: IdentityId) -> Receivers {
        let mut receivers = FixedBitSet::with_capacity(self.identities.len());
        for bounds in self.families.iter().flat_map(|layers| &layers.readings) {
            receivers.union_with(&relation::reached(&[bounds.permissive()], from));
        }
        Receivers(receivers)
    }

    /// Ordered pairs of two different pods, and how many of them connect on some port: certainly,
    /// not just in some implementations.
    pub fn count_pairs(&self, counts: impl Fn(PodId) -> bool) -> (u64, u64) {
        let sizes: Vec<u64> = self
            .identities
            .members()
            .map(|pods| pods.iter().filter(|pod| counts(**pod)).count() as u64)
            .collect();
        let all: u64 = sizes.iter().sum();
        let mut connected = 0;
        for (from, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
            let reached = self.reached(IdentityId(from as u32));
            let receivers: u64 = reached.ones().map(|to| sizes[to]).sum();
            let itself = u64::from(reached.contains(from));
            connected += size * (receivers - itself);
        }
        (all * all.saturating_sub(1), connected)
    }

    fn agreed(
        &self,
        from: IdentityId,
        to: IdentityId,
        answer: impl Fn(&Layers) -> Answer,
    ) -> Option<Answer> {
        let mut answers = self.common_families(from, to).map(answer);
        let first = answers.next()?;
        answers.all(|other| other == first).then_some(first)
    }

    /// The relations of the families that both ends have; of none, the first stand in.
    fn common_families(&self, from: IdentityId, to: IdentityId) -> impl Iterator<Item = &Layers> {
        let has = move |layers: &&Layers| {
            self.identities.has(from, layers.family) && self.identities.has(to, layers.family)
        };
        let none = !self.families.iter().any(|layers| has(&layers));
        self.families
            .iter()
            .enumerate()
            .filter(move |(index, layers)| if none { *index == 0 } else { has(layers) })
            .map(|(_, layers)| layers)
    }
}

/// A set of identities.
#[derive(Clone, Debug)]
pub struct Receivers(FixedBitSet);

impl Receivers {
    /// Whether an identity is among them.
    pub fn contains(&self, identity: IdentityId) -> bool {
        self.0.contains(identity.index())
    }
}

#[cfg(test)]
mod tests;
