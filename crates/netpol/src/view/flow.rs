//! Connections as a picture draws them.

use serde::{Deserialize, Serialize};

use super::{Direction, Place, PortSpec, Protocol, Verdict};

/// The flows that a query chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flows {
    /// The flows, at most as many as asked for.
    pub flows: Vec<Flow>,
    /// How many the filters let pass.
    pub total: usize,
    /// Whether they are the document's expectations.
    pub from_expectations: bool,
}

/// A connection that somebody could make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The sender, as asked.
    pub from: String,
    /// The receiver, as asked; may be a service.
    pub to: String,
    /// The port that the sender dials.
    pub port: PortSpec,
    /// The protocol.
    pub protocol: Protocol,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What an expectation says should become of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Verdict>,
    /// Where the expectation stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What to draw: one line for each pair of nodes that it can mean, sorted.
    pub edges: Vec<FlowEdge>,
}

/// One line from node to node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowEdge {
    /// The id of a node of the topology, `external/NAME`, or an address.
    pub from: String,
    /// The same for the receiver.
    pub to: String,
    /// The port on which it arrives.
    pub port: u16,
    /// What becomes of it here.
    pub verdict: Verdict,
    /// The sides that stop it; empty unless denied.
    pub stops_at: Vec<Direction>,
}
