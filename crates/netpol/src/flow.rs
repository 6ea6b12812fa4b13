//! The flows that a picture draws, and the lines that they make together.

mod declared;
mod expected;
mod group;

use std::collections::BTreeMap;

pub(crate) use expected::expected_traffic;

use netpol_eval::Found;
use netpol_model::EndpointName;

use crate::Analysis;
use crate::view::{Flow, FlowQuery, FlowSource, Flows, PortSpec};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawing<'a> {
    pub(crate) now: &'a Analysis,
    /// What changes are told against.
    pub(crate) before: Option<&'a Analysis>,
    pub(crate) query: &'a FlowQuery,
    /// The cards of those that share one.
    pub(crate) cards: &'a BTreeMap<String, String>,
}

/// The flows that a query chooses.
pub(crate) fn flows(drawing: &Drawing<'_>) -> Flows {
    let expectations = &drawing.now.objects().expectations;
    let from_expectations = match drawing.query.source {
        FlowSource::Auto => expectations.iter().any(|it| !it.connections.is_empty()),
        FlowSource::Expectations => true,
        FlowSource::DeclaredPorts => false,
    };
    let flows = if from_expectations { expected::flows(drawing) } else { declared::flows(drawing) };
    let rejects = drawing.now.world().options().denied_rejected == Some(true);
    Flows { rejects, ..flows }
}

impl<'a> Drawing<'a> {
    fn card<'b>(&self, end: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.cards.get(end).map_or(end, String::as_str)
    }

    /// Whether a flow with these ends is asked for, as far as it depends on them alone.
    fn concerns(&self, ends: &[&str]) -> bool {
        let FlowQuery { namespaces, endpoints, labels, words, .. } = self.query;
        let any = |is: &dyn Fn(&str) -> bool| ends.iter().any(|end| is(end));
        (namespaces.is_empty() || any(&|end| is_in(end, namespaces)))
            && (endpoints.is_empty() || any(&|end| self.is_one_of(end, endpoints)))
            && (labels.is_empty() || any(&|end| self.has_label(end, labels)))
            && (words.is_empty()
                || any(&|end| words.iter().any(|word| end.contains(word.as_str()))))
    }

    fn is_one_of(&self, end: &str, endpoints: &[String]) -> bool {
        endpoints.iter().any(|it| it == end || it == self.card(end))
    }

    fn has_label(&self, end: &str, wanted: &[String]) -> bool {
        let Some(labels) = labels(self.now, end) else { return false };
        wanted.iter().any(|wanted| match wanted.split_once('=') {
            Some((key, value)) => labels.get(key).is_some_and(|has| has == value),
            None => labels.contains_key(wanted),
        })
    }

    /// Whether a flow is asked for.
    fn passes(&self, flow: &Flow) -> bool {
        let FlowQuery { ports, protocols, verdicts, changed, .. } = self.query;
        let edges = flow.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
        let ends: Vec<&str> = edges.chain([flow.from.as_str(), flow.to.as_str()]).collect();
        (verdicts.is_empty() || verdicts.contains(&flow.verdict))
            && (protocols.is_empty() || protocols.contains(&flow.protocol))
            && (ports.is_empty()
                || ports.iter().any(|port| {
                    flow.port == PortSpec::Number(*port)
                        || flow.edges.iter().any(|edge| edge.port == *port)
                }))
            && (!changed || flow.edges.iter().any(|edge| edge.was.is_some()))
            && self.concerns(&ends)
    }
}

/// The labels of a pod, or of a workload's pods.
fn labels<'a>(analysis: &'a Analysis, end: &str) -> Option<&'a BTreeMap<String, String>> {
    let world = analysis.world();
    match world.find(&EndpointName::parse(end)?)? {
        Found::Pod(pod) => Some(&world.template(world.pod(pod)).labels),
        Found::Groups(groups) => groups.first().map(|group| &world.group_template(*group).labels),
        Found::Service(_) | Found::External(_) | Found::Address(_) => None,
    }
}

fn is_in(end: &str, namespaces: &[String]) -> bool {
    let end = end.strip_prefix("service:").unwrap_or(end);
    end.split_once('/').is_some_and(|(of, _)| namespaces.iter().any(|it| it == of))
}

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;
