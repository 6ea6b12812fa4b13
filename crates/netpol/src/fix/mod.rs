//! The smallest edits that flip a verdict.
//!
//! Nothing is guessed: changes of single policies that look as if they helped are brought
//! together, applied to the texts and judged again, all pairs included. What does not flip the
//! verdict is thrown away; what does is sorted by what else it changes.

mod change;
mod close;
mod diff;
mod effect;
mod insert;
mod narrow;
mod open;
mod peer;
mod plan;
mod policy;
mod ranges;
mod reread;
mod scene;
#[cfg(test)]
mod tests;
mod tree;
mod trial;
mod words;

use std::collections::BTreeSet;

use netpol_eval::{GroupKind, World};
use netpol_sort::{Gather, Sort};
use netpol_syntax::{Sources, Span};

use crate::Analysis;
use crate::connect::{self, LazyReachability, Path};
use crate::edit::manifest::Manifests;
use crate::endpoint::{self, EndRef};
use crate::view::{ConnectionQuery, Edit, QueryError, Suggestion, Verdict};

use plan::{Slot, attempts};
use scene::Scene;

/// At most so many suggestions are made.
const SUGGESTIONS: usize = 5;

/// At most so many combinations are tried, and at least so many however large the texts are.
const MOST_TRIALS: usize = 48;
const FEWEST_TRIALS: usize = 8;

/// So many bytes are read and judged again at most, beyond the fewest trials.
const TRIAL_BYTES: usize = 16 << 20;

/// So many characters more are worth not touching a policy that also applies to another pod.
const CHARACTERS_A_POD: usize = 120;

/// Whether the sender also has to be able to look names up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Whether it can does not matter.
    AsTheyAre,
    /// It has to.
    LookedUp,
}

/// What is asked for.
struct Question<'a> {
    query: &'a ConnectionQuery,
    wanted: Verdict,
    names: Names,
    /// What it means before any edit.
    paths: &'a [Path],
    /// What looking names up means before any edit, if that is asked for.
    lookups: &'a [Path],
}

/// An answer before or after an edit.
struct Judged {
    paths: Vec<Path>,
    verdict: Verdict,
    /// The lookups, if they matter.
    lookups: Vec<Path>,
}

impl Judged {
    fn is(&self, wanted: Verdict) -> bool {
        self.verdict == wanted && self.lookups.iter().all(|path| path.joint == Verdict::Allowed)
    }
}

/// The smallest edits after which a connection is as wanted.
pub(crate) fn suggest(
    analysis: &Analysis,
    query: &ConnectionQuery,
    wanted: Verdict,
    names: Names,
) -> Result<Vec<Suggestion>, QueryError> {
    if !matches!(wanted, Verdict::Allowed | Verdict::Denied) {
        let help = "ask for `allowed` or `denied`";
        return Err(words::none(format!("no edit is for the verdict `{wanted}`"), help));
    }
    let judged = judge(analysis.world(), &|| analysis.reachability(), query, names)?;
    if judged.is(wanted) {
        return Err(words::already(wanted, names));
    }
    let Judged { paths, verdict, lookups } = judged;
    let reason = paths.iter().find_map(|path| path.judged.as_ref().err());
    if let Some(reason) = reason.filter(|_| verdict == Verdict::NotApplicable) {
        return Err(nothing_to_judge(reason));
    }
    let question = Question { query, wanted, names, paths: &paths, lookups: &lookups };
    let mut suggestions = question.suggestions(analysis);
    suggestions.arrange_by_key(|suggestion| {
        (suggestion.others.total + suggestion.notes.len(), size(suggestion))
    });
    let mut unique: Vec<Suggestion> = Vec::new();
    for suggestion in suggestions {
        if unique.iter().all(|other| other.edits != suggestion.edits) {
            unique.push(suggestion);
        }
    }
    unique.truncate(SUGGESTIONS);
    if unique.is_empty() {
        return Err(words::none(
            format!("no small edit of the policies makes this connection {wanted}"),
            words::hindrance(&paths),
        ));
    }
    Ok(unique)
}

impl Question<'_> {
    /// Where the manifests stand that may be changed or show how to write: the pods at both ends, and
    /// all policies beside them.
    fn places(&self, analysis: &Analysis) -> Vec<Span> {
        let world = analysis.world();
        let objects = world.objects();
        let ends = self.paths.iter().chain(self.lookups).flat_map(|path| [path.from, path.to]);
        let pods: BTreeSet<_> = ends
            .filter_map(|end| match end {
                EndRef::Pod(pod) => Some((world.pod(pod).namespace, world.pod(pod).group)),
                _ => None,
            })
            .gather();
        let namespaces: BTreeSet<_> = pods.iter().map(|(namespace, _)| *namespace).gather();
        let policies = namespaces.into_iter().flat_map(|namespace| world.policies_of(namespace));
        let manifests = pods.iter().filter_map(|(_, group)| match world.group(*group).kind {
            GroupKind::Pod(index) => Some(objects.pods[index].meta.span),
            GroupKind::Workload(index) => Some(objects.workloads[index].meta.span),
            GroupKind::ImpliedDns => None,
        });
        policies.map(|id| world.policy(*id).meta.span).chain(manifests).collect()
    }

    fn suggestions(&self, analysis: &Analysis) -> Vec<Suggestion> {
        let documents = analysis.reading().documents_at(analysis.sources(), &self.places(analysis));
        let manifests = Manifests::of(&documents);
        let scene = Scene::of(analysis, &manifests);
        let plans: Vec<Vec<Slot<'_>>> = if self.wanted == Verdict::Allowed {
            open::slots(&scene, self.paths, self.lookups).into_iter().collect()
        } else {
            close::plans(&scene, self.paths)
        };
        let mut all: Vec<_> = plans.iter().flat_map(|slots| attempts(slots)).collect();
        all.arrange_by_key(plan::Attempt::cost);
        all.truncate(trials(analysis.sources()));
        all.iter().filter_map(|attempt| trial::run(analysis, self, attempt)).collect()
    }
}

fn judge(
    world: &World,
    reachability: &LazyReachability<'_>,
    query: &ConnectionQuery,
    names: Names,
) -> Result<Judged, QueryError> {
    let (from_name, from) = endpoint::find(world, &query.from)?;
    let (to_name, to) = endpoint::find(world, &query.to)?;
    let written = connect::Written::of(&from_name, &to_name);
    let (port, protocol) = (&query.port, query.protocol);
    let paths = connect::paths(world, reachability, &from, &to, port, protocol, written)
        .map_err(|reason| nothing_to_judge(&reason))?;
    let mut lookups = Vec::new();
    if names == Names::LookedUp {
        let steps = connect::lookup_steps(world, reachability, &from);
        lookups.extend(steps.into_iter().flat_map(|(_, paths)| paths.all));
    }
    Ok(Judged { verdict: paths.verdict(), paths: paths.all, lookups })
}

fn nothing_to_judge(reason: &str) -> QueryError {
    words::none(format!("there is nothing to judge: {reason}"), "ask about another connection")
}

/// How many combinations are tried: the larger the texts, the fewer.
fn trials(sources: &Sources) -> usize {
    let bytes: usize = sources.iter().map(|(_, source)| source.text().len()).sum();
    (TRIAL_BYTES / bytes.max(1)).clamp(FEWEST_TRIALS, MOST_TRIALS)
}

/// How many characters are taken away and written. A policy of many pods is not the place for what
/// one of them needs, even if it would be the shortest.
fn size(suggestion: &Suggestion) -> usize {
    let changed = |edit: &Edit| (edit.end - edit.start) as usize + edit.text.len();
    let others: usize = suggestion.changes.iter().map(|change| change.applies_to_others).sum();
    suggestion.edits.iter().map(changed).sum::<usize>() + others * CHARACTERS_A_POD
}
