//! The connection that is explained, as its fields hold it.

use netpol::view::{ConnectionQuery, Flow, Flows, PortSpec, Protocol, Verdict};

/// The connection that is explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The query; `None` as long as a field is empty or the port is none.
    pub fn query(&self) -> Option<ConnectionQuery> {
        let (from, to) = (self.from.trim(), self.to.trim());
        if from.is_empty() || to.is_empty() {
            return None;
        }
        Some(ConnectionQuery {
            from: from.to_owned(),
            to: to.to_owned(),
            port: PortSpec::parse(&self.port)?,
            protocol: self.protocol,
        })
    }

    /// What keeps the fields from being a question.
    pub fn missing(&self) -> Option<&'static str> {
        if self.from.trim().is_empty() || self.to.trim().is_empty() {
            Some("choose a sender and a receiver")
        } else if self.port.trim().is_empty() {
            Some("choose a port")
        } else if PortSpec::parse(&self.port).is_none() {
            Some("a port is a name, or a number from 1 to 65535")
        } else {
            None
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
            && PortSpec::parse(&self.port).as_ref() == Some(&flow.port)
    }

    /// The flow to explain first: one that is denied at both ends has the most to tell.
    pub fn first_of(flows: &Flows) -> Option<Self> {
        let denied = || flows.flows.iter().filter(|flow| flow.verdict == Verdict::Denied);
        let both = denied().find(|flow| flow.edges.iter().any(|edge| edge.stops_at.len() == 2));
        both.or(denied().next()).or(flows.flows.first()).map(|flow| Self {
            from: flow.from.clone(),
            to: flow.to.clone(),
            port: flow.port.to_string(),
            protocol: flow.protocol,
        })
    }
}

impl From<ConnectionQuery> for Question {
    fn from(query: ConnectionQuery) -> Self {
        let ConnectionQuery { from, to, port, protocol } = query;
        Self { from, to, port: port.to_string(), protocol }
    }
}
