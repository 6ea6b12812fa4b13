//! Which changes to try together, the most promising first.

use netpol_model::Direction;
use netpol_sort::Sort;

use super::change::Change;

/// At most so many combinations are put in order.
const COMBINATIONS: usize = 256;

/// One way to do one thing that must be done.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    /// A guess at how much else it changes for the pod of the side, only for the order of trying.
    pub(super) cost: usize,
    pub(super) change: Change<'a>,
    /// What it changes that cannot be counted.
    pub(super) note: Option<String>,
}

impl Choice<'_> {
    fn weight(&self) -> usize {
        self.cost + 4 * self.change.others
    }
}

/// What something is done for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// The connection itself.
    Connection,
    /// The lookup of a name before it.
    Lookup,
}

/// One thing that must be done, and the ways to do it.
#[derive(Clone, Debug)]
pub(super) struct Slot<'a> {
    /// The side that it is about.
    pub(super) way: Direction,
    pub(super) goal: Goal,
    pub(super) choices: Vec<Choice<'a>>,
}

/// One choice for each slot.
#[derive(Clone, Debug)]
pub(super) struct Attempt<'s, 'a> {
    pub(super) choices: Vec<&'s Choice<'a>>,
    /// The connection's sides that change.
    pub(super) ways: Vec<Direction>,
    /// Whether something changes for lookups.
    pub(super) lookup: bool,
}

impl Attempt<'_, '_> {
    /// For the order of trying.
    pub(super) fn cost(&self) -> usize {
        self.choices.iter().map(|choice| choice.weight()).sum()
    }
}

/// All that can be tried; nothing if there is a slot without choices.
pub(super) fn attempts<'s, 'a>(slots: &'s [Slot<'a>]) -> Vec<Attempt<'s, 'a>> {
    let own = slots.iter().filter(|slot| slot.goal == Goal::Connection);
    let mut ways: Vec<Direction> = own.map(|slot| slot.way).collect();
    let lookup = slots.iter().any(|slot| slot.goal == Goal::Lookup);
    ways.arrange_by_key(|way| *way == Direction::Ingress);
    ways.dedup();
    let mut best: Vec<Vec<&Choice<'a>>> = Vec::new();
    for slot in slots {
        let mut choices: Vec<&Choice<'a>> = slot.choices.iter().collect();
        choices.arrange_by_key(|choice| choice.weight());
        best.push(choices);
    }
    let width = (1..=COMBINATIONS)
        .take_while(|width| {
            width.checked_pow(slots.len() as u32).is_some_and(|n| n <= COMBINATIONS)
        })
        .last()
        .unwrap_or(1);
    let mut all: Vec<Vec<&Choice<'a>>> = vec![Vec::new()];
    for choices in &best {
        let longer = |attempt: Vec<&'s Choice<'a>>| {
            let longer_by =
                move |choice: &&'s Choice<'a>| [attempt.as_slice(), &[*choice]].concat();
            choices.iter().take(width).map(longer_by).collect::<Vec<_>>()
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    let attempt = |choices: Vec<&'s Choice<'a>>| Attempt { choices, ways: ways.clone(), lookup };
    all.into_iter().filter(|choices| !choices.is_empty()).map(attempt).collect()
}
