//! As few manifests as possible that still show what becomes of one connection, and why.
//!
//! What the explanation looked at is tried first, then what is in the same namespaces, then
//! everything. Of its policies only the rules stay that say something about the connection. Then
//! whatever can go goes, until nothing more can: delta debugging.

mod labels;
mod parts;
mod rules;
#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use netpol_eval::{Reachability, World};
use netpol_model::EndpointName;
use netpol_sort::Sort;

use crate::explain::{Context, explain};
use crate::view::{Answer, ConnectionQuery, Explanation, PathView, QueryError, SideView, Verdict};
use crate::{Analysis, redact};

use labels::Asked;
use parts::{Part, Parts};

/// The smallest set of objects in which a connection has the same verdict, on both sides for the same
/// reasons: all policies that isolate a pod are there, with the rules that admit the connection, or
/// if none does with those that nearly do, and the labels that somebody asks for. What does not decide about
/// traffic is dropped.
///
/// An error says that there is no such connection, or that nothing in the manifests decides about it.
///
/// ```
/// use netpol::view::{ConnectionQuery, PortSpec, Protocol, Verdict};
/// use netpol::{Sources, analyse, minimise};
///
/// let pod = |name| format!("{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}}}\n---\n");
/// let manifests: String = (0..100).map(|number| pod(format!("p{number}"))).collect();
/// let analysis = analyse(Sources::single("m.yaml", manifests));
/// let question = ConnectionQuery {
///     from: "default/p7".to_owned(),
///     to: "default/p42".to_owned(),
///     port: PortSpec::Number(80),
///     protocol: Protocol::Tcp,
/// };
/// let smallest = analyse(Sources::single("m.yaml", minimise(&analysis, &question)?));
/// assert_eq!(smallest.stats().pods, 2);
/// assert_eq!(smallest.explain(&question)?.verdict, Verdict::Allowed);
/// # Ok::<(), netpol::view::QueryError>(())
/// ```
pub fn minimise(analysis: &Analysis, question: &ConnectionQuery) -> Result<String, QueryError> {
    let wanted = analysis.explain(question)?;
    let search = Search { analysis, question, settings: Parts::settings(analysis.objects()) };
    let parts = search.enough(&wanted);
    let parts = search.without_idle_rules(parts, &wanted);
    let reasons = search.explain(&parts).map(|explanation| reasons(&explanation));
    let still_shows = |fewer: &[Part]| {
        search.explain(fewer).map(|explanation| self::reasons(&explanation)) == reasons
    };
    let fewest = shrink(parts, still_shows);
    if fewest.is_empty() {
        return Err(nothing_decides(question));
    }
    let asked = Asked::by(&fewest);
    let plain: Vec<Part> = fewest.iter().map(|part| asked.only(part)).collect();
    let fewest = if still_shows(&plain) { plain } else { fewest };
    Ok(redact::written(&search.world(&fewest)))
}

/// The ends are outside, or in every cluster.
fn nothing_decides(question: &ConnectionQuery) -> QueryError {
    let ConnectionQuery { from, to, .. } = question;
    QueryError {
        message: format!(
            "nothing in the manifests decides about connections from `{from}` to `{to}`, so that none would be left"
        ),
        help: Some("leave them as they are, or ask about a pod or a Service".to_owned()),
    }
}

struct Search<'a> {
    analysis: &'a Analysis,
    question: &'a ConnectionQuery,
    /// They say how to judge.
    settings: Parts,
}

impl Search<'_> {
    fn world(&self, parts: &[Part]) -> World {
        World::resolve(self.settings.with(parts))
    }

    /// The explanation if there is nothing else; `None` if an end is missing.
    fn explain(&self, parts: &[Part]) -> Option<Explanation> {
        let world = self.world(parts);
        let known = OnceCell::new();
        let reachability = || -> &Reachability { known.get_or_init(|| Reachability::of(&world)) };
        let context = Context { world: &world, sources: self.analysis.sources() };
        explain(context, &reachability, self.question).ok()
    }

    fn shows(&self, parts: &[Part], wanted: &Explanation) -> bool {
        self.explain(parts).is_some_and(|explanation| outline(&explanation) == outline(wanted))
    }

    /// Not many more parts than needed.
    fn enough(&self, wanted: &Explanation) -> Vec<Part> {
        let all = Parts::of(self.analysis.objects());
        let ends = Ends::of(self.question, wanted);
        let near: Vec<Part> = all.iter().filter(|part| ends.are_near(part)).cloned().collect();
        let met: Vec<Part> = near.iter().filter(|part| ends.meet(part)).cloned().collect();
        let choices = [met, near].into_iter();
        choices.into_iter().find(|parts| self.shows(parts, wanted)).unwrap_or(all)
    }

    fn without_idle_rules(&self, parts: Vec<Part>, wanted: &Explanation) -> Vec<Part> {
        let reduced: Vec<Part> = parts.iter().map(|part| rules::reduced(part, wanted)).collect();
        if self.shows(&reduced, wanted) { reduced } else { parts }
    }
}

/// What an explanation is about.
struct Ends {
    namespaces: BTreeSet<String>,
    /// As connections name them.
    pods: BTreeSet<String>,
    policies: BTreeSet<(String, String)>,
}

impl Ends {
    fn of(question: &ConnectionQuery, explanation: &Explanation) -> Self {
        let paths = explanation.paths.iter();
        let ends = paths.clone().flat_map(|path| [path.from.clone(), path.to.clone()]);
        let pods: BTreeSet<String> =
            ends.chain([question.from.clone(), question.to.clone()]).collect();
        let namespace = |name: &String| match EndpointName::parse(name.trim())? {
            EndpointName::Pod { namespace, .. } | EndpointName::Service { namespace, .. } => {
                Some(namespace)
            }
            EndpointName::External(_) | EndpointName::Address(_) => None,
        };
        let namespaces = pods.iter().filter_map(namespace).collect();
        let policies = paths.flat_map(sides).flat_map(|side| &side.policies);
        let policies =
            policies.map(|it| (it.policy.namespace.clone(), it.policy.name.clone())).collect();
        Self { namespaces, pods, policies }
    }

    /// Whether it is in the namespaces of the ends, or in none.
    fn are_near(&self, part: &Part) -> bool {
        part.namespace().is_none_or(|namespace| self.namespaces.contains(namespace))
    }

    fn meet(&self, part: &Part) -> bool {
        match part {
            Part::Pod(pod) => {
                self.pods.contains(&format!("{}/{}", pod.meta.namespace, pod.meta.name))
            }
            Part::Policy(policy) => {
                let meta = &policy.meta;
                self.policies.contains(&(meta.namespace.clone(), meta.name.clone()))
            }
            _ => true,
        }
    }
}

fn sides(path: &PathView) -> [&SideView; 2] {
    [&path.egress, &path.ingress]
}

/// What must stay whatever goes: the verdict, the sides, and which policies decide how.
#[derive(PartialEq)]
struct Outline<'a> {
    verdict: Verdict,
    summary: &'a str,
    paths: Vec<(&'a str, &'a str, Option<u16>, Verdict)>,
    sides: Vec<(Answer, bool, &'a str)>,
    policies: Vec<(&'a str, &'a str, Answer)>,
}

fn outline(explanation: &Explanation) -> Outline<'_> {
    let paths = explanation.paths.iter();
    let all_sides = paths.clone().flat_map(sides);
    let policies = all_sides.clone().flat_map(|side| &side.policies);
    let mut policies: Vec<_> = policies
        .map(|it| (it.policy.namespace.as_str(), it.policy.name.as_str(), it.admits))
        .collect();
    policies.arrange();
    Outline {
        verdict: explanation.verdict,
        summary: &explanation.summary,
        paths: paths.map(|it| (it.from.as_str(), it.to.as_str(), it.port, it.verdict)).collect(),
        sides: all_sides.map(|it| (it.passes, it.isolated, it.summary.as_str())).collect(),
        policies,
    }
}

/// All that is said about what decides.
fn reasons(explanation: &Explanation) -> (Verdict, String, Vec<PathView>) {
    let mut paths = explanation.paths.clone();
    for path in &mut paths {
        path.egress.not_applicable.clear();
        path.ingress.not_applicable.clear();
    }
    (explanation.verdict, explanation.summary.clone(), paths)
}

/// Takes away what can be taken away, in ever smaller pieces, until no single part can.
fn shrink(mut parts: Vec<Part>, still_shows: impl Fn(&[Part]) -> bool) -> Vec<Part> {
    let mut size = parts.len().div_ceil(2);
    loop {
        let mut has_shrunk = false;
        let mut start = 0;
        while start < parts.len() {
            let mut fewer = parts.clone();
            fewer.drain(start..parts.len().min(start + size));
            if still_shows(&fewer) {
                parts = fewer;
                has_shrunk = true;
            } else {
                start += size;
            }
        }
        match size {
            0 | 1 if !has_shrunk => return parts,
            0 | 1 => {}
            _ => size = size.div_ceil(2),
        }
    }
}
