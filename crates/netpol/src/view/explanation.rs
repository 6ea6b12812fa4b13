//! Why a verdict is what it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BranchView, Direction, Place, PortSpec, Protocol, QuestionView, Section, Verdict};

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The sender.
    pub from: EndpointView,
    /// The receiver.
    pub to: EndpointView,
    /// The port that the sender dials.
    pub port: PortSpec,
    /// The protocol.
    pub protocol: Protocol,
    /// What becomes of the connection.
    pub verdict: Verdict,
    /// One sentence that answers the question.
    pub summary: String,
    /// Where it is explained that the question means nothing, if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// What else to know: the port is not declared, a service translates it, and so on.
    pub notes: Vec<String>,
    /// The lookup of the receiver's name that a client makes before it connects by name. It is no
    /// part of the verdict: whoever knows the address needs none. `None`: the receiver is not named
    /// by DNS, or it is not known whom the sender asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<LookupView>,
    /// One for each pair of pods that the question can mean; often exactly one. Of identical
    /// ones only the first is there.
    pub paths: Vec<PathView>,
}

/// Whether a name can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupView {
    /// The name.
    pub name: String,
    /// Whether it can be looked up: whether the cluster's DNS can be asked over UDP, which is how
    /// clients begin.
    pub verdict: Verdict,
    /// One sentence.
    pub summary: String,
    /// Where that is explained.
    pub section: Section,
    /// Over UDP, then over TCP, which clients use when an answer is too long.
    pub steps: Vec<LookupStep>,
}

/// A lookup over one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupStep {
    /// The protocol.
    pub protocol: Protocol,
    /// What becomes of the connections to the DNS servers.
    pub verdict: Verdict,
    /// One sentence.
    pub summary: String,
    /// One for each pair of a sender and a DNS server.
    pub paths: Vec<PathView>,
}

/// What an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndpointKind {
    /// One pod.
    Pod,
    /// All pods of a workload.
    Workload,
    /// A service.
    Service,
    /// A named address outside the cluster.
    External,
    /// An address.
    Address,
}

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EndpointView {
    /// As connections name it.
    pub id: String,
    /// What it is.
    pub kind: EndpointKind,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The connection between two pods or addresses, after services are resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PathView {
    /// The sender: a pod, `external/NAME` or an address.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// As whom the receiver's policies see the sender, if not as who it is: a client outside the
    /// cluster that comes in through a node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_as: Option<String>,
    /// The port on which it arrives; `None` if that cannot be told.
    pub port: Option<u16>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// One sentence.
    pub summary: String,
    /// Where it is explained that there is nothing to judge, if there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// The questions that the verdict hinges on and that Kubernetes leaves open; where policies may
    /// see the sender in several ways, all of those of one pair have the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionView>,
    /// Which plugins make what of it, if that is open and the settings name no plugin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<BranchView>,
    /// Leaving the sender.
    pub egress: SideView,
    /// Entering the receiver.
    pub ingress: SideView,
}

/// Whether something lets the connection pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It does not.
    No,
    /// Network plugins differ.
    Depends,
    /// It does.
    Yes,
}

/// One side of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SideView {
    /// Which side.
    pub direction: Direction,
    /// Whether it lets the connection pass.
    pub passes: Answer,
    /// Whether the pod is isolated in this direction.
    pub isolated: bool,
    /// One sentence: why it passes or not.
    pub summary: String,
    /// Where that is explained.
    pub section: Section,
    /// The policies that isolate the pod, each with its rules. Those that let the connection
    /// pass come first, then near misses, then the rest; within that in the order of the text.
    pub policies: Vec<PolicyView>,
    /// The other policies of the pod's namespace, in the order of the text.
    pub not_applicable: Vec<NotApplicable>,
}

/// A policy of the side's namespace that does not apply to the side's pod in this direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotApplicable {
    /// Which policy.
    pub policy: PolicyRef,
    /// Why it does not apply.
    pub why: String,
    /// Where that is explained.
    pub section: Section,
    /// The place that says so.
    pub place: Place,
}

/// A policy by name and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its place.
    pub place: Place,
}

/// A policy that applies to the side's pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Which policy.
    pub policy: PolicyRef,
    /// Where its `podSelector` stands.
    pub selector: Place,
    /// Whether one of its rules admits the connection.
    pub admits: Answer,
    /// One sentence.
    pub summary: String,
    /// Its rules in this direction.
    pub rules: Vec<RuleView>,
}

/// A rule, and whether it matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    /// Its number, from 1.
    pub number: u32,
    /// Whether a peer and a port match.
    pub matches: Answer,
    /// One sentence: what matched, or what did not.
    pub summary: String,
    /// Its place.
    pub place: Place,
    /// Whether one of the peers matches.
    pub peers_match: Answer,
    /// Its peers; empty: it is for everyone.
    pub peers: Vec<PartView>,
    /// Whether one of the ports matches.
    pub ports_match: Answer,
    /// Its ports; empty: it is for every port.
    pub ports: Vec<PartView>,
}

/// A peer or a port of a rule, and whether it matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartView {
    /// Whether it matches.
    pub matches: Answer,
    /// What it asks for, such as: pods with `app=storefront`.
    pub wants: String,
    /// Why it matches or not, such as: label `app` is `intruder`, the rule wants `storefront`.
    pub why: String,
    /// Where that is explained.
    pub section: Section,
    /// Its place; where one label or one block decides, that place.
    pub place: Place,
}
