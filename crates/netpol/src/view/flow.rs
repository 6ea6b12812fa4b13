//! Connections as a picture draws them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Direction, Place, PortSpec, Protocol, Verdict};

/// The flows that a query chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flows {
    /// The first flows of each bundle, at most about as many as asked for.
    pub flows: Vec<Flow>,
    /// How many the filters let pass.
    pub total: u64,
    /// The lines to draw, at most as many as asked for.
    pub bundles: Vec<Bundle>,
    /// How many of the flows had another verdict before, by what they have now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changed: BTreeMap<Verdict, u64>,
    /// How many of the flows belong to no line that is drawn, as there would be too many.
    pub undrawn: u64,
    /// Whether they are the document's expectations.
    pub from_expectations: bool,
    /// Whether the network plugin tells senders that they are denied, rather than let them wait.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rejects: bool,
}

/// Flows between the same two cards that share a fate: one line of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The sender: the id of a node, `external/NAME`, an address, or what the query puts in its
    /// place.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// What becomes of the flows.
    pub fate: Fate,
    /// How many there are.
    pub count: u64,
    /// The ports on which they arrive: the first few.
    pub ports: Vec<(u16, Protocol)>,
    /// How many such ports there are.
    pub port_total: usize,
    /// Positions of the first of them in [`Flows::flows`].
    pub flows: Vec<usize>,
}

/// What tells the bundles between two cards apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fate {
    /// What becomes of the flows.
    pub verdict: Verdict,
    /// The sides that stop them, sorted; empty unless denied.
    pub stops_at: Vec<Direction>,
    /// What became of them before the last edit, if that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Verdict>,
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
    /// What became of it before the last edit, if that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Verdict>,
}
