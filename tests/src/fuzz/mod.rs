//! Any text may be pasted or come with a link: whatever it is, nothing panics and nothing hangs.

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads what was found")]
mod hostile;
#[cfg(test)]
mod mutants;

use std::collections::BTreeMap;

use netpol::edit::{EditCommand, Target, edits};
use netpol::report;
use netpol::view::{
    ConnectionQuery, Edit, FieldValidation, FlowQuery, MatrixQuery, PortSpec, Protocol, ReachQuery,
    Topology, Verdict,
};
use netpol::{Analysis, Sources, analyse, diff, minimise, redact};

/// Most endpoints that are asked about one by one.
const ASKED: usize = 4;

/// Reads bytes as the page and the command do, and asks everything that they ask.
pub fn exercise(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let analysis = analyse(Sources::single("fuzz.yaml", text.as_ref()));
    ask(&analysis);
    suggest(&analysis);
    share(&analysis);
    for command in commands(&analysis.topology()) {
        if let Ok(edits) = edits(&analysis, &command) {
            analyse(Sources::single("fuzz.yaml", changed(&text, &edits))).findings();
        }
    }
}

/// Asks about everything, and about some pairs one by one.
fn ask(analysis: &Analysis) {
    analysis.findings();
    for mode in [FieldValidation::Strict, FieldValidation::Warn, FieldValidation::Ignore] {
        report::validation(&analysis.validate(Some(mode))).to_string();
    }
    let topology = analysis.topology();
    analysis.flows(&FlowQuery { limit: 50, ..FlowQuery::default() });
    if let Ok(matrix) = analysis.matrix(&MatrixQuery { limit: 20, ..MatrixQuery::default() }) {
        report::matrix(&matrix).to_string();
    }
    if topology.nodes.len() <= 100 {
        all_pairs(analysis);
    }
    report::stats(&analysis.stats()).to_string();
    report::tests(&analysis.test()).to_string();
    report::sarif(&analysis.findings());
    let endpoints = endpoints(&topology);
    for from in &endpoints {
        for to in &endpoints {
            for port in [PortSpec::Number(80), PortSpec::Name("http".to_owned())] {
                explain(analysis, from, to, port);
            }
        }
    }
}

/// Asks about all pairs, and prints them in every form.
fn all_pairs(analysis: &Analysis) {
    drop(analysis.reach(&ReachQuery::default()));
    if let Ok(it) = analysis.connectivity(&ReachQuery::default()) {
        report::reach(&it).to_string();
        report::reach_csv(&it).to_string();
        report::reach_markdown(&it).to_string();
        report::reach_dot(&it).to_string();
        report::reach_mermaid(&it).to_string();
    }
    if let Ok(it) = diff(analysis, &analyse(Sources::default())) {
        report::diff(&it).to_string();
        report::diff_csv(&it).to_string();
        report::diff_markdown(&it).to_string();
    }
}

fn explain(analysis: &Analysis, from: &str, to: &str, port: PortSpec) {
    let (from, to, protocol) = (from.to_owned(), to.to_owned(), Protocol::Tcp);
    if let Ok(explanation) = analysis.explain(&ConnectionQuery { from, to, port, protocol }) {
        report::explanation(&explanation).to_string();
    }
}

/// A connection of the first two of them.
fn first_question(analysis: &Analysis) -> Option<ConnectionQuery> {
    let [from, to, ..] = &endpoints(&analysis.topology())[..] else { return None };
    let (from, to, port) = (from.clone(), to.clone(), PortSpec::Number(80));
    Some(ConnectionQuery { from, to, port, protocol: Protocol::Tcp })
}

/// Writes it under other names, and no more of it than one connection needs.
fn share(analysis: &Analysis) {
    let question = first_question(analysis);
    redact(analysis, question.as_slice());
    if let Some(Ok(fewest)) = question.map(|question| minimise(analysis, &question)) {
        analyse(Sources::single("fuzz.yaml", fewest)).findings();
    }
}

/// Asks how to turn a verdict around.
fn suggest(analysis: &Analysis) {
    let Some(query) = first_question(analysis) else { return };
    for wanted in [Verdict::Allowed, Verdict::Denied] {
        if let Ok(suggestions) = analysis.suggest(&query, wanted) {
            report::suggestions(&suggestions).to_string();
        }
    }
}

/// Some of each kind.
fn endpoints(topology: &Topology) -> Vec<String> {
    let nodes = topology.nodes.iter().map(|node| node.id.clone()).take(ASKED);
    let services = topology.services.iter().map(|service| service.id.clone()).take(ASKED);
    let externals = topology.externals.iter().map(|external| external.id.clone()).take(ASKED);
    nodes.chain(services).chain(externals).chain(["192.0.2.1".to_owned()]).collect()
}

/// What the forms may do, to the first of each kind.
fn commands(topology: &Topology) -> Vec<EditCommand> {
    let labels = || BTreeMap::from([("app".to_owned(), "on".to_owned())]);
    let name = || "added".to_owned();
    let mut commands = vec![
        EditCommand::AddExamples,
        EditCommand::AddNamespace { name: name(), labels: labels() },
        EditCommand::AddPod {
            namespace: name(),
            name: name(),
            labels: labels(),
            ports: Vec::new(),
        },
        EditCommand::AddExternal { name: name(), addresses: vec!["203.0.113.9".to_owned()] },
    ];
    let nodes = topology
        .nodes
        .iter()
        .map(|node| Target::Node { namespace: node.namespace.clone(), name: node.name.clone() });
    let namespaces =
        topology.namespaces.iter().map(|it| Target::Namespace { name: it.name.clone() });
    for target in nodes.take(2).chain(namespaces.take(1)) {
        commands.push(EditCommand::Relabel { target: target.clone(), labels: labels() });
        commands.push(EditCommand::Delete { target });
    }
    commands
}

/// A text with edits applied.
fn changed(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.start as usize..edit.end as usize, &edit.text);
    }
    text
}
