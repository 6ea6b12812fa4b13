//! All pairs, counts, and the results of expectations.

use serde::{Deserialize, Serialize};

use super::{Direction, Place, PortSpec, Protocol, Verdict};

/// Who to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The port asked for; `None`: the ports that each receiver declares.
    pub port: Option<PortSpec>,
    /// The protocol asked for.
    pub protocol: Option<Protocol>,
    /// The ids of all nodes and outside addresses, sorted; both rows (senders) and columns.
    pub endpoints: Vec<String>,
    /// How many endpoints there are without the limit.
    pub total: usize,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<Cell>>,
}

/// One pair of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What becomes of a connection: `mixed` also where ports differ; `not-applicable` for a pod
    /// to itself, between outside addresses, and where there is no port to ask about.
    pub verdict: Verdict,
    /// The ports that are allowed, such as `8080` or `53/UDP`.
    pub ports: Vec<String>,
    /// The sides that stop it; empty unless denied.
    pub stops_at: Vec<Direction>,
    /// The port to ask about for an explanation.
    pub ask: Option<(u16, Protocol)>,
}

/// All connections that are possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reach {
    /// One entry for each pair with any allowed port, sorted by sender, then receiver.
    pub connections: Vec<ReachEntry>,
}

/// What one endpoint can reach at another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReachEntry {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// `allowed`; `implementation-defined` if no port is allowed everywhere; `mixed` if the pods
    /// of an endpoint differ.
    pub verdict: Verdict,
    /// The ports, such as `TCP/80`, `TCP/1000-2000`, `UDP/*`.
    pub ports: Vec<String>,
}

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stats {
    /// Namespaces, inferred ones too.
    pub namespaces: usize,
    /// Pods, those that workloads make too.
    pub pods: usize,
    /// Services.
    pub services: usize,
    /// Policies that are judged.
    pub policies: usize,
    /// Policies that the API server would refuse.
    pub rejected_policies: usize,
    /// Classes of pods that no policy can tell apart.
    pub identities: usize,
    /// Ordered pairs of two different pods.
    pub pairs: PairCounts,
}

/// Ordered pairs by verdict. A pair is allowed when any port of any protocol is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PairCounts {
    /// All of them.
    pub total: u64,
    /// Those with an allowed port.
    pub allowed: u64,
    /// The rest.
    pub denied: u64,
}

/// The results of all expectations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TestReport {
    /// One for each expected connection, in the order of the text.
    pub results: Vec<ExpectationResult>,
    /// How many are as expected.
    pub passed: usize,
    /// How many are not.
    pub failed: usize,
}

/// The result of one expected connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectationResult {
    /// The expectation's name.
    pub name: String,
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// The port.
    pub port: PortSpec,
    /// The protocol.
    pub protocol: Protocol,
    /// What should become of it.
    pub expected: Verdict,
    /// What becomes of it; `None` if the question cannot be answered, `reason` says why.
    pub actual: Option<Verdict>,
    /// Whether both are the same.
    pub ok: bool,
    /// One sentence: the verdict's reason.
    pub reason: String,
    /// Where it stands.
    pub place: Place,
}
