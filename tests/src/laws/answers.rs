//! What is said about a cluster, without what must be free to change: places and counts.

use std::collections::BTreeMap;

use netpol::view::{Cell, ConnectionQuery, MatrixQuery, PathView, PortSpec, Protocol, ReachQuery};
use netpol::{Analysis, Sources, analyse};
use serde_json::Value;

use super::text::{Form, text};

/// Who to whom.
pub(super) type Pair = (String, String);

/// The ports that are asked about.
pub(super) const PORTS: [(u16, Protocol); 4] =
    [(80, Protocol::Tcp), (8080, Protocol::Tcp), (53, Protocol::Udp), (443, Protocol::Sctp)];

/// What is said about each pair.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answers {
    /// A cell for each of the ports.
    pub(super) cells: BTreeMap<Pair, Vec<Cell>>,
    /// The ports on which they connect.
    pub(super) ports: BTreeMap<Pair, Vec<String>>,
}

pub(super) fn read(manifests: &[Value], form: Form) -> Analysis {
    analyse(Sources::single("cluster.yaml", text(manifests, form)))
}

pub(super) fn answers(manifests: &[Value]) -> Answers {
    answers_in(manifests, Form::Flow)
}

pub(super) fn answers_in(manifests: &[Value], form: Form) -> Answers {
    answers_of(&read(manifests, form))
}

pub(super) fn answers_of(analysis: &Analysis) -> Answers {
    let reach = analysis.reach(&ReachQuery::default()).unwrap().connections;
    let mut cells: BTreeMap<Pair, Vec<Cell>> = BTreeMap::new();
    for (port, protocol) in PORTS {
        let query = MatrixQuery {
            port: Some(PortSpec::Number(port)),
            protocol: Some(protocol),
            limit: usize::MAX,
        };
        let matrix = analysis.matrix(&query).unwrap();
        for (from, row) in matrix.endpoints.iter().zip(matrix.cells) {
            for (to, cell) in matrix.endpoints.iter().zip(row) {
                cells.entry((from.clone(), to.clone())).or_default().push(cell);
            }
        }
    }
    let ports = reach.into_iter().map(|it| ((it.from, it.to), it.ports)).collect();
    Answers { cells, ports }
}

impl Answers {
    /// The same with other names.
    pub(super) fn renamed(self, name: impl Fn(String) -> String) -> Self {
        let pair = |(from, to)| (name(from), name(to));
        Self {
            cells: self.cells.into_iter().map(|(it, cells)| (pair(it), cells)).collect(),
            ports: self.ports.into_iter().map(|(it, ports)| (pair(it), ports)).collect(),
        }
    }
}

/// The explanation of one connection, if nothing about it depends on the address family.
pub(super) fn path(
    analysis: &Analysis,
    (from, to): &Pair,
    (port, protocol): (u16, Protocol),
) -> Option<PathView> {
    let (from, to, port) = (from.clone(), to.clone(), PortSpec::Number(port));
    let query = ConnectionQuery { from, to, port, protocol };
    let [path] = <[_; 1]>::try_from(analysis.explain(&query).unwrap().paths).ok()?;
    Some(path)
}
