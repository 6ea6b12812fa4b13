//! One sender on one port, ready to be asked about many receivers.

use fixedbitset::FixedBitSet;
use netpol_model::{Direction, Protocol};

use super::identity::{Family, IdentityId};
use super::relation::{Relation, Relations};
use super::{Layers, Reachability};
use crate::Answer;

/// What a sender reaches on a port. It answers as [`Reachability::connects`] and
/// [`Reachability::side`] do, and has looked up beforehand whatever does not depend on the receiver.
#[derive(Debug)]
pub struct Row<'a> {
    reachability: &'a Reachability,
    from: IdentityId,
    families: Vec<FamilyRow<'a>>,
}

#[derive(Debug)]
struct FamilyRow<'a> {
    family: Family,
    /// The strictest and the most permissive of each reading.
    readings: Vec<[Sides<'a>; 2]>,
}

#[derive(Clone, Copy, Debug)]
struct Sides<'a> {
    egress: Reached<'a>,
    ingress: Reached<'a>,
}

/// The receivers on every port, and those on this one.
#[derive(Clone, Copy, Debug)]
struct Reached<'a>(&'a FixedBitSet, Option<&'a FixedBitSet>);

impl Reachability {
    /// What a sender reaches on a port.
    pub fn row(&self, from: IdentityId, protocol: Protocol, port: u16) -> Row<'_> {
        let interval = self.intervals.index(protocol, port);
        let families = self.families.iter().map(|layers| FamilyRow::of(layers, from, interval));
        Row { reachability: self, from, families: families.collect() }
    }
}

impl Row<'_> {
    /// Whether a connection to another pod or address is made.
    /// `None`: over different address families the answers differ.
    pub fn connects(&self, to: IdentityId) -> Option<Answer> {
        self.agreed(to, |sides| sides.egress.contains(to) && sides.ingress.contains(to))
    }

    /// Whether one side of it lets it pass.
    pub fn side(&self, direction: Direction, to: IdentityId) -> Option<Answer> {
        self.agreed(to, |sides| match direction {
            Direction::Egress => sides.egress.contains(to),
            Direction::Ingress => sides.ingress.contains(to),
        })
    }

    fn agreed(&self, to: IdentityId, holds: impl Fn(Sides<'_>) -> bool) -> Option<Answer> {
        let answer = |row: &FamilyRow<'_>| row.answer(&holds);
        if let [only] = self.families.as_slice() {
            return Some(answer(only));
        }
        let identities = &self.reachability.identities;
        let has = |row: &&FamilyRow<'_>| {
            identities.has(self.from, row.family) && identities.has(to, row.family)
        };
        let mut answers = self.families.iter().filter(has).map(answer);
        // Of no common family, the first stands in.
        let first = answers.next().or_else(|| self.families.first().map(answer))?;
        answers.all(|other| other == first).then_some(first)
    }
}

impl<'a> FamilyRow<'a> {
    fn of(layers: &'a Layers, from: IdentityId, interval: usize) -> Self {
        let readings = layers.readings.iter().map(|bounds| {
            [&bounds.strict, bounds.permissive()].map(|it| Sides::of(it, from, interval))
        });
        Self { family: layers.family, readings: readings.collect() }
    }

    fn answer(&self, holds: impl Fn(Sides<'_>) -> bool) -> Answer {
        if self.readings.iter().all(|[strict, _]| holds(*strict)) {
            Answer::Yes
        } else if self.readings.iter().any(|[_, permissive]| holds(*permissive)) {
            Answer::Depends
        } else {
            Answer::No
        }
    }
}

impl<'a> Sides<'a> {
    fn of(relations: &'a Relations, from: IdentityId, interval: usize) -> Self {
        let reached = |relation: &'a Relation| {
            let (always, more) = relation.parts(from, interval);
            Reached(always, more)
        };
        Self {
            egress: reached(relations.side(Direction::Egress)),
            ingress: reached(relations.side(Direction::Ingress)),
        }
    }
}

impl Reached<'_> {
    fn contains(self, to: IdentityId) -> bool {
        self.0.contains(to.index()) || self.1.is_some_and(|more| more.contains(to.index()))
    }
}
