//! Sets that are to be united with many rows.
//!
//! Rows are many and long, and each is united with many sets. Done set by set, every row would come
//! from memory again and again; done row by row, the row and the sets stay in the processor's cache.

use std::rc::Rc;

use fixedbitset::FixedBitSet;

use super::identity::IdentityId;

/// About as many bytes of sets are kept waiting as such a cache holds.
const WAITING_BYTES: usize = 1 << 20;

/// As many rows wait for a set; they are 8 bytes each.
const WAITING_ROWS: usize = 1 << 20;

/// A row's sender, and the interval of ports if it is not about every port.
pub(super) type RowId = (Option<usize>, IdentityId);

/// What is still to be united.
#[derive(Debug, Default)]
pub(super) struct Unions {
    sets: Vec<Rc<FixedBitSet>>,
    waiting: Vec<(RowId, u32)>,
}

impl Unions {
    /// Unites a set with some rows, sooner or later.
    pub(super) fn add(
        &mut self,
        interval: Option<usize>,
        senders: &[IdentityId],
        set: &Rc<FixedBitSet>,
    ) {
        let number = self.sets.len() as u32;
        self.sets.push(Rc::clone(set));
        self.waiting.extend(senders.iter().map(|from| ((interval, *from), number)));
    }

    /// Whether it is time to unite them.
    pub(super) fn is_full(&self) -> bool {
        let bytes = self.sets.last().map_or(0, |set| set.len() / 8);
        self.waiting.len() > WAITING_ROWS || self.sets.len() * bytes > WAITING_BYTES
    }

    /// Unites what waits.
    pub(super) fn apply(&mut self, mut unite: impl FnMut(RowId, &[&FixedBitSet])) {
        // What was added for a set is sorted already, which this sort makes use of.
        self.waiting.sort();
        let mut sets: Vec<&FixedBitSet> = Vec::new();
        for row in self.waiting.chunk_by(|(a, _), (b, _)| a == b) {
            sets.clear();
            sets.extend(row.iter().map(|(_, number)| &*self.sets[*number as usize]));
            unite(row[0].0, &sets);
        }
        self.sets.clear();
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_gets_each_of_its_sets() {
        let set = |bits: &[usize]| {
            let mut set = FixedBitSet::with_capacity(8);
            set.extend(bits.iter().copied());
            Rc::new(set)
        };
        let ids = |numbers: &[u32]| -> Vec<IdentityId> {
            numbers.iter().map(|number| IdentityId(*number)).collect()
        };
        let mut unions = Unions::default();
        unions.add(Some(1), &ids(&[2, 3]), &set(&[4]));
        unions.add(None, &ids(&[3]), &set(&[5]));
        unions.add(Some(1), &ids(&[3]), &set(&[6]));
        let mut united = Vec::new();
        unions.apply(|row, sets| {
            let bits: Vec<usize> = sets.iter().flat_map(|set| set.ones()).collect();
            united.push((row, bits));
        });
        let id = |number| IdentityId(number);
        let expected =
            [((None, id(3)), vec![5]), ((Some(1), id(2)), vec![4]), ((Some(1), id(3)), vec![4, 6])];
        assert_eq!(united, expected);
        unions.apply(|row, _| panic!("{row:?} was united already"));
    }

    #[test]
    fn as_much_waits_as_there_is_room_for() {
        let set = Rc::new(FixedBitSet::with_capacity(8 * 1024));
        let mut unions = Unions::default();
        for _ in 0..=WAITING_BYTES / 1024 {
            assert!(!unions.is_full());
            unions.add(None, &[IdentityId(0)], &set);
        }
        assert!(unions.is_full());
        unions.apply(|_, _| {});
        assert!(!unions.is_full());
        let rows: Vec<IdentityId> = (0..WAITING_ROWS as u32).map(IdentityId).collect();
        unions.add(None, &rows, &set);
        assert!(!unions.is_full());
        unions.add(None, &[IdentityId(0)], &set);
        assert!(unions.is_full());
    }
}
