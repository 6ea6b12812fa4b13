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

/// A part of who to whom, where endpoints share rows and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldedMatrix {
    /// How many endpoints there are.
    pub endpoints: usize,
    /// The number of the first row that is here, and of all.
    pub row: usize,
    /// How many rows there are.
    pub row_total: usize,
    /// The number of the first column that is here.
    pub column: usize,
    /// How many columns there are.
    pub column_total: usize,
    /// The senders.
    pub rows: Vec<MatrixGroup>,
    /// The receivers.
    pub columns: Vec<MatrixGroup>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<FoldedCell>>,
}

/// What shares a row and a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixGroup {
    /// The endpoint, the first of those that are alike, or the namespace.
    pub id: String,
    /// The namespace; empty outside the cluster.
    pub namespace: String,
    /// What it is.
    pub kind: MatrixGroupKind,
    /// How many endpoints it is.
    pub count: usize,
    /// The first of them.
    pub members: Vec<String>,
}

/// What shares a row and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatrixGroupKind {
    /// A single endpoint.
    Endpoint,
    /// Endpoints of a namespace that no connection can tell apart.
    Alike,
    /// All endpoints of a namespace.
    Namespace,
}

/// What becomes of connections between two rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldedCell {
    /// What becomes of all of them; `mixed` where they differ.
    pub verdict: Verdict,
    /// The ports that are allowed somewhere.
    pub ports: Vec<String>,
    /// The sides that stop them; empty unless denied.
    pub stops_at: Vec<Direction>,
    /// How many pairs of endpoints there is something to ask about.
    pub pairs: u64,
    /// How many of them may connect on all ports that are asked about.
    pub allowed: u64,
    /// The connection to ask about for an explanation.
    pub ask: Option<Asked>,
}

impl Default for FoldedCell {
    fn default() -> Self {
        let verdict = Verdict::NotApplicable;
        Self { verdict, ports: Vec::new(), stops_at: Vec::new(), pairs: 0, allowed: 0, ask: None }
    }
}

/// One connection of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// The port.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
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
