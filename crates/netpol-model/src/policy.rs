//! NetworkPolicy, as it is stored: defaults are filled in.
//!
//! Source: `networking.k8s.io/v1`, `pkg/apis/networking/v1/defaults.go`.

use std::fmt;

use ipnet::IpNet;
use netpol_syntax::Span;

use crate::{LabelSelector, Meta, PortRef, Protocol};

/// Into a pod or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Connections that arrive.
    Ingress,
    /// Connections that leave.
    Egress,
}

impl Direction {
    /// As in `policyTypes`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A policy that the API server would accept. Of one that it would refuse there are only findings,
/// and [`NetworkPolicy::rejected`] is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPolicy {
    /// Its metadata.
    pub meta: Meta,
    /// Whether the API server would refuse it. Such a policy judges nothing.
    pub rejected: bool,
    /// The pods of its namespace that it applies to.
    pub pod_selector: LabelSelector,
    /// Whether it isolates for ingress, after defaulting.
    pub isolates_ingress: bool,
    /// Whether it isolates for egress, after defaulting.
    pub isolates_egress: bool,
    /// Where `policyTypes` stands, if it is written with at least one entry.
    pub policy_types_span: Option<Span>,
    /// The rules of `ingress`, also where they have no effect.
    pub ingress: Vec<PolicyRule>,
    /// The rules of `egress`, also where they have no effect.
    pub egress: Vec<PolicyRule>,
}

impl NetworkPolicy {
    /// Whether it isolates the pods that it selects in that direction.
    pub fn isolates(&self, direction: Direction) -> bool {
        match direction {
            Direction::Ingress => self.isolates_ingress,
            Direction::Egress => self.isolates_egress,
        }
    }

    /// The rules of that direction.
    pub fn rules(&self, direction: Direction) -> &[PolicyRule] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }
}

/// One entry of `ingress` or `egress`: these peers, on these ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRule {
    /// Where it stands.
    pub span: Span,
    /// `from` or `to`; empty: everyone.
    pub peers: Vec<PolicyPeer>,
    /// `ports`; empty: every port of every protocol.
    pub ports: Vec<PolicyPort>,
}

/// One entry of `from` or `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPeer {
    /// Where it stands.
    pub span: Span,
    /// Whom it means.
    pub selector: PeerSelector,
}

/// Whom a peer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerSelector {
    /// Pods of namespaces; at least one of the two is there.
    Pods {
        /// Which namespaces; `None`: the policy's own.
        namespaces: Option<LabelSelector>,
        /// Which pods in them; `None`: all.
        pods: Option<LabelSelector>,
    },
    /// Addresses.
    Block(IpBlock),
}

/// A block of addresses without some others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IpBlock {
    /// The block.
    pub cidr: IpNet,
    /// Where the block stands.
    pub cidr_span: Span,
    /// What is taken out of it, each with its place.
    pub except: Vec<(IpNet, Span)>,
}

/// One entry of `ports`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPort {
    /// Where it stands.
    pub span: Span,
    /// The protocol, TCP if it is not written.
    pub protocol: Protocol,
    /// The port; `None`: every port of the protocol.
    pub port: Option<PortRef>,
    /// The last port of a range that starts at `port`, which then is a number.
    pub end_port: Option<u16>,
}
