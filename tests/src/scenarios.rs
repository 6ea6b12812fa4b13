//! What the scenarios say must hold, holds.

use std::collections::BTreeMap;

use netpol::edit::{EditCommand, Target, edits};
use netpol::view::{ConnectionQuery, PortSpec, Protocol, Severity, Verdict};
use netpol::{Analysis, Sources, analyse};
use netpol_lessons::SCENARIOS;

#[test]
fn every_expectation_of_every_scenario_holds() {
    for scenario in SCENARIOS {
        let report = analyse(Sources::single(scenario.id, scenario.manifests)).test();
        let wrong: Vec<_> = report.results.iter().filter(|result| !result.ok).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", scenario.id);
        assert!(report.passed > 0, "{}", scenario.id);
    }
}

#[test]
fn scenarios_have_nothing_to_complain_about() {
    for scenario in SCENARIOS {
        let findings = analyse(Sources::single(scenario.id, scenario.manifests)).findings();
        let bad: Vec<_> = findings.iter().filter(|it| it.severity != Severity::Info).collect();
        assert!(bad.is_empty(), "{}: {bad:#?}", scenario.id);
    }
}

#[test]
fn a_label_opens_what_it_should_not() {
    let text = netpol_lessons::scenario("bookstore").unwrap().manifests;
    let analysis = analyse(Sources::single("bookstore.yaml", text));
    assert_eq!(intruder_to_catalog(&analysis), Verdict::Denied);
    let name = "intruder".to_owned();
    let target = Target::Node { namespace: "bookstore".to_owned(), name };
    let labels = BTreeMap::from([("app".to_owned(), "storefront".to_owned())]);
    let edits = edits(&analysis, &EditCommand::Relabel { target, labels }).unwrap();
    let [edit] = edits.as_slice() else { panic!("one label, one edit: {edits:?}") };
    let mut changed = text.to_owned();
    changed.replace_range(edit.start as usize..edit.end as usize, &edit.text);
    assert_eq!(changed, text.replace("{app: intruder}", "{app: storefront}"));
    assert_eq!(intruder_to_catalog(&analyse(Sources::single("t", changed))), Verdict::Allowed);
}

fn intruder_to_catalog(analysis: &Analysis) -> Verdict {
    let (from, to) = ("bookstore/intruder".to_owned(), "bookstore/catalog".to_owned());
    let query = ConnectionQuery { from, to, port: PortSpec::Number(8080), protocol: Protocol::Tcp };
    analysis.explain(&query).unwrap().verdict
}
