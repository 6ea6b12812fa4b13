//! Policies that Kubernetes' own tests call valid or invalid.

use netpol::{Sources, analyse};
use serde::Deserialize;
use serde_json::Value;

use super::tally::Tally;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    #[serde(rename = "suite")]
    _suite: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(rename = "source")]
    _source: String,
    policy: Value,
    valid: bool,
}

/// Whether the same policies are refused.
pub(super) fn suite(text: &str) -> Tally {
    let suite: Suite = serde_json::from_str(text).expect("the format of the README");
    let mut tally = Tally::default();
    for case in &suite.cases {
        let analysis = analyse(Sources::single(&case.id, case.policy.to_string()));
        let policies = analysis.topology().policies;
        let [policy] = policies.as_slice() else { panic!("{}: {policies:?}", case.id) };
        tally.cases += 1;
        tally.compare(&format!("{}: is it valid?", case.id), &case.valid, &!policy.rejected);
    }
    tally
}
