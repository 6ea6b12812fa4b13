//! Each step of a lesson is what it says: the document does not yet do what is asked for, its solution does.

use netpol::view::{ConnectionQuery, PortSpec, Protocol, Severity};
use netpol::{Analysis, Sources, analyse};
use netpol_lessons::{LESSONS, Step};

fn steps() -> impl Iterator<Item = (String, &'static Step)> {
    let named = |id: &'static str, step: &'static Step| (format!("{id}: {}", step.title), step);
    LESSONS.iter().flat_map(move |it| it.steps.iter().map(move |step| named(it.id, step)))
}

fn judged(text: String) -> Analysis {
    analyse(Sources::single("lesson.yaml", text))
}

#[test]
fn what_is_to_be_done_is_not_done_yet() {
    for (name, step) in steps().filter(|(_, step)| step.solved().is_some()) {
        let report = judged(step.document()).test();
        assert!(report.failed > 0, "{name}: {report:#?}");
    }
}

#[test]
fn the_solution_is_one() {
    for (name, step) in steps() {
        let Some(text) = step.solved() else { continue };
        let analysis = judged(text);
        let wrong: Vec<_> = analysis.test().results.into_iter().filter(|it| !it.ok).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        let bad: Vec<_> =
            analysis.findings().into_iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
    }
}

#[test]
fn every_step_begins_with_manifests_that_an_api_server_takes() {
    for (name, step) in steps() {
        let findings = judged(step.document()).findings();
        let bad: Vec<_> = findings.iter().filter(|it| it.severity == Severity::Error).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
    }
}

#[test]
fn the_connection_of_every_step_is_explained() {
    for (name, step) in steps() {
        let (from, rest) = step.flow.split_once('>').expect(&name);
        let (to, port) = rest.rsplit_once(':').expect(&name);
        let query = ConnectionQuery {
            from: from.to_owned(),
            to: to.to_owned(),
            port: PortSpec::Number(port.parse().expect(&name)),
            protocol: Protocol::Tcp,
        };
        let explained = judged(step.document()).explain(&query);
        assert!(explained.is_ok(), "{name}: {explained:?}");
    }
}
