//! Answers with three values, because Kubernetes leaves some questions to the network plugin.

/// Whether something lets a connection pass. The order is that of permissiveness.
///
/// Policies only ever allow, so an answer is built from others with [`and`](Answer::and) and
/// [`or`](Answer::or) alone, without negation. Therefore `Depends` is exact: the strictest
/// answer to every open question says no, and the most permissive says yes.
///
/// One question is not of that kind: a pod in its node's network that policies select is both
/// isolated and admitted where it would be neither. Each answer to it is judged for itself, and
/// both are [`joined`](Answer::joined).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It does not.
    No,
    /// Implementations differ.
    Depends,
    /// It does.
    Yes,
}

impl Answer {
    /// Yes or no.
    pub fn from_bool(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }

    /// Both must let it pass.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of them must let it pass.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// What holds whichever of several answers is the right one.
    pub fn joined(answers: impl IntoIterator<Item = Self>) -> Self {
        let join = |a, b| if a == b { a } else { Self::Depends };
        answers.into_iter().reduce(join).unwrap_or(Self::Depends)
    }

    /// One of all of them must let it pass; of none, nobody does.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().max().unwrap_or(Self::No)
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{self, Depends, No, Yes};

    #[test]
    fn answers_are_combined_by_how_much_they_let_pass() {
        for (a, b, and, or, joined) in [
            (No, No, No, No, No),
            (No, Depends, No, Depends, Depends),
            (No, Yes, No, Yes, Depends),
            (Depends, Depends, Depends, Depends, Depends),
            (Depends, Yes, Depends, Yes, Depends),
            (Yes, Yes, Yes, Yes, Yes),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                let found = (a.and(b), a.or(b), Answer::joined([a, b]), Answer::any([a, b]));
                assert_eq!(found, (and, or, joined, or), "{a:?} {b:?}");
            }
        }
        assert_eq!((Answer::any([]), Answer::joined([])), (No, Depends));
        assert_eq!([true, false].map(Answer::from_bool), [Yes, No]);
    }
}
