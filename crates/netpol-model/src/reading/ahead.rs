//! Reading parts ahead of their turn, several at once, where somebody helps.

use std::ops::Range;
use std::sync::OnceLock;
use std::vec;

/// Calls a function once with each number below a limit: in any order, several at once if there are
/// threads for it.
pub type Share<'a> = &'a dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Who helps, and how much they take.
#[derive(Clone, Copy)]
pub(super) struct Help<'a> {
    share: Share<'a>,
    /// How many bytes are worth to be given to somebody else.
    job: usize,
}

/// So many jobs are given away at once: enough for each to end about when the others do, and so few
/// that whoever watches sees the reading advance.
const JOBS: usize = 64;

impl<'a> Help<'a> {
    pub(super) fn new(share: Share<'a>, job: usize) -> Self {
        Self { share, job }
    }

    pub(super) fn job(self) -> usize {
        self.job
    }
}

/// What was read of parts ahead of their turn, in their order. Without help it is nothing.
pub(super) struct Ahead<'a, T> {
    help: Option<Help<'a>>,
    parts: &'a [Range<usize>],
    read: &'a (dyn Fn(usize) -> Option<T> + Sync),
    /// The first part that is not among those that were read.
    next: usize,
    done: vec::IntoIter<Option<T>>,
}

impl<'a, T: Send + Sync> Ahead<'a, T> {
    /// Has `read` called with the number of each part, and keeps what it gives.
    pub(super) fn new(
        help: Option<Help<'a>>,
        parts: &'a [Range<usize>],
        read: &'a (dyn Fn(usize) -> Option<T> + Sync),
    ) -> Self {
        // What is no more than one job helps nobody.
        let bytes =
            parts.last().map_or(0, |last| last.end) - parts.first().map_or(0, |it| it.start);
        let help = help.filter(|help| bytes > help.job);
        Self { help, parts, read, next: 0, done: Vec::new().into_iter() }
    }

    fn read_next(&mut self, help: Help<'_>) {
        let (parts, read) = (self.parts, self.read);
        let mut jobs = Vec::new();
        while jobs.len() < JOBS && self.next < parts.len() {
            let start = self.next;
            let full = parts[start].start + help.job;
            self.next += 1 + parts[start + 1..].partition_point(|part| part.end <= full);
            jobs.push((start..self.next, OnceLock::new()));
        }
        (help.share)(jobs.len(), &|number| {
            if let Some((range, done)) = jobs.get(number) {
                done.get_or_init(|| range.clone().map(read).collect::<Vec<_>>());
            }
        });
        let done = jobs.into_iter().flat_map(|(range, done)| {
            // Who shares may leave work undone: then it is done in its turn.
            done.into_inner().unwrap_or_else(|| range.map(|_| None).collect())
        });
        self.done = done.collect::<Vec<_>>().into_iter();
    }
}

impl<T: Send + Sync> Iterator for Ahead<'_, T> {
    type Item = Option<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done.len() == 0
            && let Some(help) = self.help
        {
            self.read_next(help);
        }
        Some(self.done.next().flatten())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn parts_are_read_in_jobs_and_told_in_their_order() {
        let parts: Vec<_> = (0..10).map(|number| number * 10..number * 10 + 9).collect();
        let jobs = Mutex::new(Vec::new());
        let share = |count: usize, job: &(dyn Fn(usize) + Sync)| {
            for number in (0..count).rev() {
                jobs.lock().unwrap().push(Vec::new());
                job(number);
            }
        };
        let read = |number: usize| {
            jobs.lock().unwrap().last_mut().unwrap().push(number);
            (number != 4).then_some(number)
        };
        let told: Vec<_> =
            Ahead::new(Some(Help::new(&share, 30)), &parts, &read).take(10).collect();
        assert_eq!(told[3..6], [Some(3), None, Some(5)]);
        assert_eq!(*jobs.lock().unwrap(), [vec![9], vec![6, 7, 8], vec![3, 4, 5], vec![0, 1, 2]]);

        let lazy = |_: usize, _: &(dyn Fn(usize) + Sync)| {};
        assert!(
            Ahead::new(Some(Help::new(&lazy, 30)), &parts, &read).take(10).all(|it| it.is_none())
        );
        for help in [None, Some(Help::new(&share, 1_000))] {
            assert!(Ahead::new(help, &parts, &read).take(10).all(|it| it.is_none()));
        }
    }
}
