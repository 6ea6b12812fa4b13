//! Policies that Kubernetes' own tests call valid or invalid.

use netpol::{Sources, analyse};
use serde::Deserialize;
use serde_json::Value;

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

#[test]
fn k8s_validation() {
    let suite: Suite = serde_json::from_str(&super::read("k8s-validation")).unwrap();
    let mut disagreements = Vec::new();
    for case in &suite.cases {
        let analysis = analyse(Sources::single(&case.id, case.policy.to_string()));
        let policies = analysis.topology().policies;
        let [policy] = policies.as_slice() else { panic!("{}: {policies:?}", case.id) };
        if policy.rejected == case.valid {
            let said: Vec<String> = analysis.findings().into_iter().map(|it| it.message).collect();
            disagreements.push(format!("{}: valid {}, said: {said:?}", case.id, case.valid));
        }
    }
    let (cases, wrong) = (suite.cases.len(), disagreements.len());
    println!("k8s-validation: {} of {cases} cases agree", cases - wrong);
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert_eq!(cases, 42);
}
