//! Which flows are drawn, and what the matrix is about.

use netpol::view::{FlowQuery, FlowSource, MatrixQuery, PortSpec, Protocol, Verdict};
use serde::{Deserialize, Serialize};

/// So many flows are drawn at once; a picture with more says nothing.
const FLOWS: usize = 200;

/// So many rows and columns a matrix has.
const ENDPOINTS: usize = 60;

/// Which flows are drawn. `None` and the empty text let everything pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Where flows come from.
    pub source: FlowSource,
    /// Only flows with an end in this namespace.
    pub namespace: Option<String>,
    /// Only flows with this end.
    pub endpoint: Option<String>,
    /// Only flows on this port.
    pub port: Option<u16>,
    /// Only flows with this verdict.
    pub verdict: Option<Verdict>,
}

impl Filters {
    /// The query.
    pub fn query(&self) -> FlowQuery {
        FlowQuery {
            source: self.source,
            namespace: self.namespace.clone(),
            endpoint: self.endpoint.clone(),
            port: self.port,
            verdict: self.verdict,
            limit: FLOWS,
        }
    }

    /// Whether a filter is set.
    pub fn any(&self) -> bool {
        *self != Self { source: self.source, ..Self::default() }
    }
}

/// What the matrix is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixFilter {
    /// The port as typed; empty: the ports that each receiver declares.
    pub port: String,
    /// Only this protocol.
    pub protocol: Option<Protocol>,
}

impl MatrixFilter {
    /// The query.
    pub fn query(&self) -> MatrixQuery {
        MatrixQuery { port: PortSpec::parse(&self.port), protocol: self.protocol, limit: ENDPOINTS }
    }
}
