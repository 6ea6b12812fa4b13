//! Which senders reach which receivers on which ports, for each direction.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use netpol_model::Direction;

use super::identity::IdentityId;

/// Senders and receivers of one direction.
#[derive(Debug)]
pub(super) struct Relation {
    /// For each sender the receivers on every port.
    always: Vec<FixedBitSet>,
    /// For each interval, the receivers of the senders that reach more there.
    on_port: Vec<BTreeMap<IdentityId, FixedBitSet>>,
}

impl Relation {
    fn new(identities: usize, intervals: usize) -> Self {
        Self {
            always: vec![FixedBitSet::with_capacity(identities); identities],
            on_port: vec![BTreeMap::new(); intervals],
        }
    }

    /// Whether a sender reaches a receiver on an interval.
    pub(super) fn holds(&self, from: IdentityId, to: IdentityId, interval: usize) -> bool {
        self.always[from.index()].contains(to.index())
            || self.on_port[interval].get(&from).is_some_and(|row| row.contains(to.index()))
    }

    /// The receivers of a sender on every port, and those on an interval.
    pub(super) fn parts(
        &self,
        from: IdentityId,
        interval: usize,
    ) -> (&FixedBitSet, Option<&FixedBitSet>) {
        (&self.always[from.index()], self.on_port[interval].get(&from))
    }

    /// The receivers of a sender on an interval.
    fn row(&self, from: IdentityId, interval: usize) -> FixedBitSet {
        let mut row = self.always[from.index()].clone();
        if let Some(more) = self.on_port[interval].get(&from) {
            row.union_with(more);
        }
        row
    }

    /// All rows of receivers on every port.
    pub(super) fn rows_mut(&mut self) -> &mut [FixedBitSet] {
        &mut self.always
    }

    /// The receivers of a sender on an interval that it does not reach on every port; without an
    /// interval those on every port.
    pub(super) fn row_mut(
        &mut self,
        from: IdentityId,
        interval: Option<usize>,
    ) -> &mut FixedBitSet {
        let identities = self.always.len();
        match interval {
            None => &mut self.always[from.index()],
            Some(interval) => self.on_port[interval]
                .entry(from)
                .or_insert_with(|| FixedBitSet::with_capacity(identities)),
        }
    }
}

/// Both directions; the receivers of egress are those that the sender's policies let it reach, the
/// receivers of ingress those whose policies let the sender in.
#[derive(Debug)]
pub(super) struct Relations {
    egress: Relation,
    ingress: Relation,
}

impl Relations {
    /// The relation of a direction.
    pub(super) fn side(&self, direction: Direction) -> &Relation {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }

    /// Nobody reaches anybody yet.
    pub(super) fn new(identities: usize, intervals: usize) -> Self {
        let new = || Relation::new(identities, intervals);
        Self { egress: new(), ingress: new() }
    }

    pub(super) fn side_mut(&mut self, direction: Direction) -> &mut Relation {
        match direction {
            Direction::Egress => &mut self.egress,
            Direction::Ingress => &mut self.ingress,
        }
    }

    /// Whether both sides let a pair connect on an interval.
    pub(super) fn connects(&self, from: IdentityId, to: IdentityId, interval: usize) -> bool {
        self.egress.holds(from, to, interval) && self.ingress.holds(from, to, interval)
    }
}

/// The receivers that a sender connects to on some port, the same by all of some relations.
pub(super) fn reached(all: &[&Relations], from: IdentityId) -> FixedBitSet {
    let sides = || all.iter().flat_map(|relations| [&relations.egress, &relations.ingress]);
    let in_all = |mut rows: Vec<FixedBitSet>| {
        let mut common = rows.pop().unwrap_or_default();
        for row in &rows {
            common.intersect_with(row);
        }
        common
    };
    let mut reached = in_all(sides().map(|side| side.always[from.index()].clone()).collect());
    let intervals = sides().map(|side| side.on_port.len()).max().unwrap_or_default();
    for interval in 0..intervals {
        if sides().any(|side| side.on_port[interval].contains_key(&from)) {
            let rows = sides().map(|side| side.row(from, interval)).collect();
            reached.union_with(&in_all(rows));
        }
    }
    reached
}
