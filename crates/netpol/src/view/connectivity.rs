//! Who reaches whom, as np-guard's netpol-analyzer lists it.

use serde::{Deserialize, Serialize};

/// What is allowed for certain between workloads and the world outside.
///
/// Names and ports occur once, so that the list of a large cluster is small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Connectivity {
    /// Everyone who takes part in a connection, sorted by name.
    pub peers: Vec<Peer>,
    /// Sets of ports, such as `["TCP/80", "UDP/*"]`.
    pub port_sets: Vec<Vec<String>>,
    /// One for each pair with any allowed port, sorted by the names of sender and receiver.
    pub connections: Vec<Connection>,
    /// How many more pairs connect in some implementations only.
    pub undecided: usize,
}

/// A workload, or a part of the world outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Peer {
    /// `NAMESPACE/NAME[KIND]`, `external/NAME` or `FIRST-LAST[External]`.
    pub id: String,
    /// The workload's namespace; `None` outside.
    pub namespace: Option<String>,
}

/// One pair, as positions in the lists of [`Connectivity`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The sender.
    pub from: u32,
    /// The receiver.
    pub to: u32,
    /// The ports.
    pub ports: u32,
}

impl Connectivity {
    /// Each pair: sender, receiver, ports.
    pub fn rows(&self) -> impl Iterator<Item = (&Peer, &Peer, &[String])> {
        self.connections.iter().filter_map(|Connection { from, to, ports }| {
            let peer = |position: u32| self.peers.get(position as usize);
            Some((peer(*from)?, peer(*to)?, self.port_sets.get(*ports as usize)?.as_slice()))
        })
    }
}
