//! The connection that is explained, as its fields hold it.

use netpol::view::{ConnectionQuery, Flow, Flows, PortSpec, Protocol, Topology, Verdict};
use serde::{Deserialize, Serialize};

use super::Model;

/// The connection that is explained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// The port as typed.
    pub port: String,
    /// The protocol.
    pub protocol: Protocol,
}

impl Question {
    /// Reads `FROM>TO:PORT/PROTOCOL`; the protocol may be missing.
    pub fn parse(flow: &str) -> Option<Self> {
        let (from, rest) = flow.split_once('>')?;
        let named = |name: &str| {
            let mut all = Protocol::ALL.into_iter().chain([Protocol::Icmp]);
            all.find(|protocol| protocol.as_str().eq_ignore_ascii_case(name))
        };
        let (rest, protocol) = rest
            .rsplit_once('/')
            .and_then(|(rest, name)| Some((rest, named(name)?)))
            .unwrap_or((rest, Protocol::Tcp));
        let (to, port) =
            if protocol == Protocol::Icmp { (rest, "") } else { rest.rsplit_once(':')? };
        let (from, to, port) = (from.to_owned(), to.to_owned(), port.to_owned());
        Some(Self { from, to, port, protocol })
    }

    /// The query; `None` as long as a field is empty or the port is none.
    pub fn query(&self) -> Option<ConnectionQuery> {
        let (from, to) = (self.from.trim(), self.to.trim());
        if from.is_empty() || to.is_empty() {
            return None;
        }
        Some(ConnectionQuery {
            from: from.to_owned(),
            to: to.to_owned(),
            port: self.port()?,
            protocol: self.protocol,
        })
    }

    /// The port; `None` if what was typed is none.
    fn port(&self) -> Option<PortSpec> {
        match self.protocol {
            Protocol::Icmp => Some(PortSpec::None),
            _ => PortSpec::parse(&self.port),
        }
    }

    /// What keeps the fields from being a question.
    pub fn missing(&self) -> Option<&'static str> {
        if self.from.trim().is_empty() || self.to.trim().is_empty() {
            Some("choose a sender and a receiver")
        } else if self.port().is_some() {
            None
        } else if self.port.trim().is_empty() {
            Some("choose a port")
        } else {
            Some("a port is a name, or a number from 1 to 65535")
        }
    }

    /// Whether nobody has asked anything yet.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is about this flow.
    pub fn is_about(&self, flow: &Flow) -> bool {
        self.from == flow.from
            && self.to == flow.to
            && self.protocol == flow.protocol
            && self.port().as_ref() == Some(&flow.port)
    }

    /// The flow to explain first: one that is denied at both ends has the most to tell.
    pub fn first_of(flows: &Flows) -> Option<Self> {
        let denied = || flows.flows.iter().filter(|flow| flow.verdict == Verdict::Denied);
        let both = denied().find(|flow| flow.edges.iter().any(|edge| edge.stops_at.len() == 2));
        both.or(denied().next()).or(flows.flows.first()).map(Self::about)
    }

    /// The question to begin with, of a picture with these flows.
    pub fn first(flows: Option<&Flows>, topology: &Topology) -> Option<Self> {
        flows.and_then(Self::first_of).or_else(|| Self::between_first(topology))
    }

    /// The question about a flow.
    pub fn about(flow: &Flow) -> Self {
        let Flow { from, to, port, protocol, .. } = flow;
        Self { from: from.clone(), to: to.clone(), port: typed(port), protocol: *protocol }
    }

    /// A question where there are too many flows to name one: from the first pod to the first other
    /// one with a port.
    pub fn between_first(topology: &Topology) -> Option<Self> {
        let nodes = || topology.nodes.iter().filter(|node| node.place.is_some());
        let to = nodes().skip(1).chain(nodes()).find(|node| !node.ports.is_empty())?;
        let from = nodes().find(|node| node.id != to.id)?;
        let port = to.ports.first()?;
        Some(Self {
            from: from.id.clone(),
            to: to.id.clone(),
            port: port.number.to_string(),
            protocol: port.protocol,
        })
    }

    /// Whether neither of its ends is there: it is about another document. Only of the first
    /// nodes is it known that they are there.
    pub fn is_lost(&self, topology: &Topology) -> bool {
        let has = |end: &str| {
            topology.nodes.iter().any(|it| it.id == end)
                || topology.externals.iter().any(|it| it.id == end)
                || topology.services.iter().any(|it| it.id == end)
        };
        !self.is_blank() && !has(self.from.trim()) && !has(self.to.trim())
    }
}

impl Model {
    /// The question to begin with.
    pub fn first_question(&self) -> Option<Question> {
        Question::first(self.answers.drawn(), &self.answers.overview.topology)
    }
}

impl From<ConnectionQuery> for Question {
    fn from(query: ConnectionQuery) -> Self {
        let ConnectionQuery { from, to, port, protocol } = query;
        Self { from, to, port: typed(&port), protocol }
    }
}

/// A port as a person types it.
fn typed(port: &PortSpec) -> String {
    match port {
        PortSpec::None => String::new(),
        port => port.to_string(),
    }
}
