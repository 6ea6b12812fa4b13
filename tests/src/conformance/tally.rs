//! How far a suite and we agree.

use std::fmt::Debug;

/// What came of a suite.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) cases: usize,
    /// The single comparisons.
    pub(super) probes: usize,
    /// One line for each probe that came out otherwise than expected.
    pub(super) disagreements: Vec<String>,
}

impl Tally {
    /// One comparison.
    pub(super) fn compare<T: PartialEq + Debug>(&mut self, what: &str, expected: &T, actual: &T) {
        self.probes += 1;
        if expected != actual {
            self.disagreements.push(format!("{what}: expected {expected:?}, got {actual:?}"));
        }
    }
}
