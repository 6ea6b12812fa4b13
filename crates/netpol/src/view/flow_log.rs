//! Flows as a list of events, with the identities that they name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ConnectionQuery, Verdict};

/// What an observer in the cluster would note down if every flow were tried once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowLog {
    /// One for each line of each flow, in the order of the flows.
    pub events: Vec<FlowEvent>,
    /// How many more there are of these flows.
    pub omitted: usize,
    /// How many flows there are, with those that are not among the given ones.
    pub total: u64,
    /// Everyone that the events name, by number.
    pub identities: Vec<IdentityView>,
}

/// One connection attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowEvent {
    /// The flow that it belongs to, as a question.
    pub connection: ConnectionQuery,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What became of it before the last edit, if that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Verdict>,
    /// Whether the sender is told that it is denied, rather than left waiting.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rejected: bool,
    /// The sender.
    pub from: FlowEnd,
    /// The receiver.
    pub to: FlowEnd,
}

/// One end of a connection attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowEnd {
    /// `NAMESPACE/NAME`, a name outside the cluster, or an address.
    pub name: String,
    /// The port.
    pub port: u16,
    /// The number of its labels; `None`: outside the cluster.
    pub identity: Option<u32>,
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

impl FlowEvent {
    /// What Hubble says became of it; it knows no plugin that rejects.
    pub fn outcome(&self) -> &'static str {
        match self.verdict {
            Verdict::Denied if self.rejected => "Policy denied REJECTED",
            Verdict::Denied => "Policy denied DROPPED",
            Verdict::Allowed if self.to.identity.is_none() => "to-stack FORWARDED",
            Verdict::Allowed => "to-endpoint FORWARDED",
            _ => "depends on the network plugin",
        }
    }

    /// Between the ends: `->` if it arrives, `<>` if not.
    pub fn arrow(&self) -> &'static str {
        if self.verdict == Verdict::Allowed { "->" } else { "<>" }
    }
}
