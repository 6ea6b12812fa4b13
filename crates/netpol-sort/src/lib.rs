//! Sorting, and collecting into ordered maps and sets, that cost a program little code.
//!
//! The compiler makes the standard library's sorts anew for each type of element and each way to compare:
//! a few kilobytes every time, which was a fifth of the worker's program. Here it is made once; for each
//! use there are only a comparison and a swap, called through a table. The price is that such a call
//! is not inlined: what is sorted again and again while judging stays with the standard library.
//!
//! `collect()` sorts, too, where it makes a `BTreeMap` or `BTreeSet`.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

use std::cmp::Ordering;

/// Slices that can be sorted. Elements that compare as equal stay in their order.
pub trait Sort<T> {
    /// Sorts by a comparison.
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts by the elements themselves.
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    /// Sorts by a key.
    fn arrange_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }

    /// Sorts by a key that is worth being worked out only once for each element.
    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Sort<T> for [T] {
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        sort(&mut Slice { elements: self, compare });
    }

    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys = self.iter().map(key).collect();
        sort(&mut Keyed { elements: self, keys });
    }
}

/// Iterators whose items go into an ordered map or set.
pub trait Gather: Iterator + Sized {
    /// Puts in the items one by one, in the place of `collect()`.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

/// Elements by their numbers, whatever they are.
trait Elements {
    fn len(&self) -> usize;
    fn compare(&self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct Slice<'a, T, F> {
    elements: &'a mut [T],
    compare: F,
}

impl<T, F: Fn(&T, &T) -> Ordering> Elements for Slice<'_, T, F> {
    fn len(&self) -> usize {
        self.elements.len()
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        (self.compare)(&self.elements[a], &self.elements[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.elements.swap(a, b);
    }
}

struct Keyed<'a, T, K> {
    elements: &'a mut [T],
    keys: Vec<K>,
}

impl<T, K: Ord> Elements for Keyed<'_, T, K> {
    fn len(&self) -> usize {
        self.keys.len()
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        self.keys[a].cmp(&self.keys[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.elements.swap(a, b);
        self.keys.swap(a, b);
    }
}

/// Up to so many elements are put into their places one by one, without memory.
const FEW: usize = 16;

fn sort(elements: &mut dyn Elements) {
    let count = elements.len();
    if count > FEW {
        // Sorts numbers, and then moves each element once.
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|a, b| elements.compare(*a, *b));
        permute(elements, &mut order);
        return;
    }
    for new in 1..count {
        let mut at = new;
        while at > 0 && elements.compare(at - 1, at).is_gt() {
            elements.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Puts into each place the element with the number that stands there, circle by circle.
fn permute(elements: &mut dyn Elements, order: &mut [usize]) {
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start {
                break;
            }
            elements.swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(pairs in vec((0_u8..20, any::<u16>()), 0..80)) {
            let (mut expected, mut sorted) = (pairs.clone(), pairs.clone());
            expected.sort_by_key(|(key, _)| *key);
            sorted.arrange_by_key(|(key, _)| *key);
            prop_assert_eq!(&sorted, &expected);

            sorted.clone_from(&pairs);
            sorted.arrange_by_cached_key(|(key, _)| *key);
            prop_assert_eq!(&sorted, &expected);

            expected.sort_unstable();
            sorted.arrange();
            prop_assert_eq!(&sorted, &expected);
        }

        #[test]
        fn it_gathers_what_collect_does(pairs in vec((0_u8..20, any::<u16>()), 0..80)) {
            let map: BTreeMap<u8, u16> = pairs.iter().copied().gather();
            prop_assert_eq!(map, pairs.iter().copied().collect());
            let set: BTreeSet<(u8, u16)> = pairs.iter().copied().gather();
            prop_assert_eq!(set, pairs.into_iter().collect());
        }
    }
}
