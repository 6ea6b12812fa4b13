//! Choices that look random and are always the same.

use oorandom::Rand32;

/// A source of choices.
#[derive(Debug)]
pub(super) struct Choices(Rand32);

impl Choices {
    /// The first one of every input.
    pub(super) fn new() -> Self {
        Self(Rand32::new(1))
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.rand_range(0..end as u32) as usize
    }

    /// A number of at least 0 and less than 1, for cases of different weight.
    pub(super) fn weight(&mut self) -> f32 {
        self.0.rand_float()
    }

    /// One of several.
    pub(super) fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}
