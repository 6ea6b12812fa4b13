//! Flows as a list of events, with the identities that they name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Verdict;

/// What an observer in the cluster would note down if every flow were tried once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowLog {
    /// One for each line of each flow, in the order of the flows.
    pub events: Vec<FlowEvent>,
    /// Everyone that the events name, by number.
    pub identities: Vec<IdentityView>,
}

/// One connection attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowEvent {
    /// The position of its flow among the flows.
    pub flow: usize,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The line, in the compact form of `hubble observe`.
    pub text: String,
}

/// A set of labels, as Cilium numbers them: pods with the same labels are one identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    /// Its number; the same labels have the same number in every document, unless two sets meet.
    pub number: u32,
    /// Its labels with where they come from, such as `k8s:app` or `reserved:world`.
    pub labels: BTreeMap<String, String>,
    /// The pods, workloads and addresses that have them.
    pub members: Vec<String>,
}
