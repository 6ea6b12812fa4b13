//! What the scenarios say must hold, holds.

use netpol::view::Severity;
use netpol::{Sources, analyse};
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
