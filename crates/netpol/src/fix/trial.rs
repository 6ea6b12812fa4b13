//! Trying: the edits are applied, and everything is judged again.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use netpol_eval::{NamespaceId, Reachability, World};
use netpol_sort::{Gather, Sort};

use super::change::together;
use super::effect::Effect;
use super::plan::Attempt;
use super::reread::reread;
use super::{Question, judge, words};
use crate::view::Suggestion;
use crate::{Analysis, place};

/// The suggestion that an attempt comes to, if it does what is wanted and touches only the policies
/// that it is about.
pub(super) fn run(
    analysis: &Analysis,
    question: &Question<'_>,
    attempt: &Attempt<'_, '_>,
) -> Option<Suggestion> {
    let changes: Vec<_> = attempt.choices.iter().map(|choice| &choice.change).collect();
    let outcome = together(analysis.sources(), &changes)?;
    let world = World::resolve(reread(analysis, &outcome)?);
    let known = OnceCell::new();
    let reachability = || -> &Reachability { known.get_or_init(|| Reachability::of(&world)) };
    let judged = judge(&world, &reachability, question.query, question.names).ok()?;
    if !judged.is(question.wanted) {
        return None;
    }
    let before = analysis.world();
    let namespaces: BTreeSet<NamespaceId> = outcome
        .policies
        .iter()
        .filter_map(|policy| before.namespace_id(&policy.namespace))
        .gather();
    let effect = Effect::new(before, analysis.reachability(), reachability());
    let mut notes: Vec<String> =
        attempt.choices.iter().filter_map(|choice| choice.note.clone()).collect();
    notes.arrange();
    notes.dedup();
    let edits = outcome.edits.iter().map(|edit| place::edit(analysis.sources(), edit));
    Some(Suggestion {
        title: words::title(question, attempt),
        edits: edits.collect(),
        others: effect.others(&namespaces, question.paths.iter().chain(question.lookups)),
        changes: outcome.policies,
        verdict: judged.verdict,
        notes,
    })
}
