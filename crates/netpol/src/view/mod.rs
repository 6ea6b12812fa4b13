//! What an analysis answers: plain data, the same for the page and for `--format json`.

mod connectivity;
mod diff;
mod explanation;
mod finding;
mod flow;
mod flow_log;
mod lint;
mod query;
mod question;
mod stored;
mod suggestion;
mod table;
mod topology;
mod validation;

pub use connectivity::{Connection, Connectivity, Peer};
pub use diff::{Diff, DiffEntry, DiffKind};
pub use explanation::{
    Answer, EndpointKind, EndpointView, Explanation, LookupStep, LookupView, NotApplicable,
    PartView, PathView, PolicyRef, PolicyView, RuleView, SideView,
};
pub use finding::{Edit, FindingView, FixView, Place, Severity};
pub use flow::{Bundle, Fate, Flow, FlowEdge, Flows};
pub use flow_log::{FlowEnd, FlowEvent, FlowLog, IdentityView};
pub use lint::LintReport;
pub use query::{
    ConnectionQuery, FlowQuery, FlowSource, FoldedQuery, MatrixQuery, PortSpec, QueryError,
    ReachQuery,
};
pub use question::{AnswerView, BranchView, Judging, PluginView, QuestionView, Section};
pub use stored::StoredLine;
pub use suggestion::{DiffLine, OtherChanges, PairChange, PolicyChange, Suggestion};
pub use table::{
    Asked, Cell, ExpectationResult, FoldedCell, FoldedMatrix, Matrix, MatrixGroup, MatrixGroupKind,
    PairCounts, Reach, ReachEntry, Stats, TestReport,
};
pub use topology::{
    ExternalView, Isolation, NamespaceView, NodeView, Origin, OtherKind, PolicySummary, PortView,
    ServiceView, Topology,
};
pub use validation::{FieldValidation, ObjectReview, Validation};

use serde::{Deserialize, Serialize};

/// What becomes of a connection. The words are the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Both sides let it pass.
    Allowed,
    /// At least one side stops it.
    Denied,
    /// Kubernetes leaves it open and network plugins differ.
    ImplementationDefined,
    /// There is nothing to judge: no address, no endpoint, no such port.
    NotApplicable,
    /// An endpoint stands for several pods and they differ.
    Mixed,
}

impl Verdict {
    /// All verdicts, in the order in which lists of them are shown.
    pub const ALL: [Self; 5] = [
        Self::Allowed,
        Self::Denied,
        Self::ImplementationDefined,
        Self::NotApplicable,
        Self::Mixed,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::ImplementationDefined => "implementation-defined",
            Self::NotApplicable => "not-applicable",
            Self::Mixed => "mixed",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A side of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Leaving the sender.
    Egress,
    /// Entering the receiver.
    Ingress,
}

impl Direction {
    /// The word, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Egress => "egress",
            Self::Ingress => "ingress",
        }
    }
}

/// A protocol of a connection.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Protocol {
    /// TCP, the default.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
    /// ICMP, of which only echo requests are judged: whether a ping arrives. It has no ports.
    Icmp,
}

impl Protocol {
    /// Those that rules can name: all but ICMP.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Sctp];

    /// As manifests write it.
    pub fn as_str(self) -> &'static str {
        self.transport().map_or("ICMP", netpol_model::Protocol::as_str)
    }

    /// The protocol as rules name it; `None` for ICMP.
    pub(crate) fn transport(self) -> Option<netpol_model::Protocol> {
        match self {
            Self::Tcp => Some(netpol_model::Protocol::Tcp),
            Self::Udp => Some(netpol_model::Protocol::Udp),
            Self::Sctp => Some(netpol_model::Protocol::Sctp),
            Self::Icmp => None,
        }
    }
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<netpol_model::Protocol> for Protocol {
    fn from(protocol: netpol_model::Protocol) -> Self {
        match protocol {
            netpol_model::Protocol::Tcp => Self::Tcp,
            netpol_model::Protocol::Udp => Self::Udp,
            netpol_model::Protocol::Sctp => Self::Sctp,
        }
    }
}
