//! Counting tests.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Count {
    pub(super) const PASSED: Count = Count { passed: 1, failed: 0 };
    pub(super) const FAILED: Count = Count { passed: 0, failed: 1 };

    /// What a line of a test program's output adds: `test result: ok. 3 passed; 0 failed; 0
    /// ignored; …`.
    pub(super) fn reported(line: &str) -> Count {
        let number = |what: &str| {
            let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
            counts.split("; ").find_map(|count| count.strip_suffix(what))?.parse().ok()
        };
        Count { passed: number(" passed").unwrap_or(0), failed: number(" failed").unwrap_or(0) }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_the_test_harness() {
        fn check(line: &str, passed: usize, failed: usize) {
            assert_eq!(Count::reported(line), Count { passed, failed }, "{line}");
        }
        check(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s",
            12,
            0,
        );
        check(
            "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            4,
            2,
        );
        check("test a::b ... ok", 0, 0);
        check("running 7 tests", 0, 0);
    }

    #[test]
    fn said_plainly() {
        let mut count = Count::PASSED;
        count += Count { passed: 2, failed: 0 };
        count += Count::FAILED;
        assert_eq!(count.to_string(), "3 passed, 1 failed");
    }
}
