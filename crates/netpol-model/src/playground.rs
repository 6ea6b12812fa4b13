//! Our own kinds, `apiVersion: netpol/v1`.

use std::net::IpAddr;

use netpol_syntax::Span;

use crate::{FieldValidation, Meta, PortRef, Protocol};

/// A named address outside the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its metadata.
    pub meta: Meta,
    /// Its addresses, at most one of each family, at least one.
    pub addresses: Vec<IpAddr>,
}

/// What must hold: a unit test for policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Its metadata.
    pub meta: Meta,
    /// The connections, in the order of the text.
    pub connections: Vec<ExpectedConnection>,
}

/// One connection and what should become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedConnection {
    /// Where it stands.
    pub span: Span,
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// What is sent.
    pub traffic: ExpectedTraffic,
    /// What should become of it.
    pub verdict: ExpectedVerdict,
}

/// What an expectation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedTraffic {
    /// A connection to a port that the sender dials, over TCP if no protocol is written.
    Port(PortRef, Protocol),
    /// An ICMP echo request, which has no port.
    Ping,
}

/// The word for ICMP where a protocol is written.
pub(crate) const ICMP: &str = "ICMP";

/// The verdict words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExpectedVerdict {
    /// `allowed`
    Allowed,
    /// `denied`
    Denied,
    /// `implementation-defined`
    ImplementationDefined,
    /// `not-applicable`
    NotApplicable,
    /// `mixed`
    Mixed,
}

impl ExpectedVerdict {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Allowed,
        Self::Denied,
        Self::ImplementationDefined,
        Self::NotApplicable,
        Self::Mixed,
    ];

    /// The verdict's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::ImplementationDefined => "implementation-defined",
            Self::NotApplicable => "not-applicable",
            Self::Mixed => "mixed",
        }
    }

    /// The verdict with that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }
}

/// One end of a connection as a person writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointName {
    /// `NAMESPACE/NAME`: a pod, or all pods of a workload.
    Pod {
        /// The namespace.
        namespace: String,
        /// The pod's or the workload's name.
        name: String,
    },
    /// `service:NAMESPACE/NAME`
    Service {
        /// The namespace.
        namespace: String,
        /// The Service's name.
        name: String,
    },
    /// `external/NAME`
    External(String),
    /// An address.
    Address(IpAddr),
}

impl EndpointName {
    /// Reads what a person wrote; `None` if it is none of the four forms.
    ///
    /// ```
    /// use netpol_model::EndpointName;
    ///
    /// let pod = EndpointName::Pod { namespace: "shop".into(), name: "web".into() };
    /// assert_eq!(EndpointName::parse("shop/web"), Some(pod));
    /// assert_eq!(EndpointName::parse("shop"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(Self::Address(address.to_canonical()));
        }
        let (service, path) = match text.strip_prefix("service:") {
            Some(path) => (true, path),
            None => (false, text),
        };
        let (namespace, name) = path.split_once('/')?;
        if namespace.is_empty() || name.is_empty() || name.contains('/') {
            return None;
        }
        let (namespace, name) = (namespace.to_owned(), name.to_owned());
        Some(match (service, namespace.as_str()) {
            (true, _) => Self::Service { namespace, name },
            (false, "external") => Self::External(name),
            (false, _) => Self::Pod { namespace, name },
        })
    }
}

impl std::fmt::Display for EndpointName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pod { namespace, name } => write!(f, "{namespace}/{name}"),
            Self::Service { namespace, name } => write!(f, "service:{namespace}/{name}"),
            Self::External(name) => write!(f, "external/{name}"),
            Self::Address(address) => address.fmt(f),
        }
    }
}

/// How to judge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where the object stands; an empty range at the first text's start if there is none.
    pub span: Span,
    /// The network plugin, as written.
    pub plugin: Option<String>,
    /// The Kubernetes version, as written.
    pub kubernetes_version: Option<String>,
    /// What becomes of unknown fields.
    pub field_validation: Option<FieldValidation>,
    /// The single options.
    pub options: Options,
}

/// What implementations do differently. `None`: left open, the verdict says where it matters; what
/// Kubernetes defines and not all of them support is taken to be supported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `enforced`: whether policies are enforced, not just stored.
    pub enforced: Option<bool>,
    /// `ipBlockMatchesPods`: whether an address block is compared with pods' addresses.
    pub ip_block_matches_pods: Option<bool>,
    /// `ipBlockMatchesNodes`: whether an address block is compared with nodes' addresses.
    pub ip_block_matches_nodes: Option<bool>,
    /// `hostNetworkPods`: whether pods in their node's network are selected like other pods
    /// (`as-pod`), or count as their node (`as-node`).
    pub host_network_pods_as_pods: Option<bool>,
    /// `hairpinViaService`: whether a pod's connection to itself through a Service is allowed
    /// (`allow`) or not exempt (`subject-to-policy`).
    pub hairpin_via_service_allowed: Option<bool>,
    /// `egressToOwnNode`: whether a pod may always connect to its own node (`always-allowed`) or
    /// not (`subject`).
    pub egress_to_own_node_allowed: Option<bool>,
    /// `icmp`: whether ICMP passes whatever the policies say (`always-allowed`), or is denied to
    /// isolated pods where no rule without ports admits it (`subject`).
    pub icmp_allowed: Option<bool>,
    /// `clientIPForExternalTraffic`: whether policies see the address of a client outside the cluster
    /// that comes in through a node (`preserved`) or that node's (`replaced`).
    pub client_ip_preserved: Option<bool>,
    /// `endPortSupported`: whether a range of ports means all of them; otherwise its first port alone.
    pub end_port_supported: Option<bool>,
    /// `namedPortsSupported`: whether the name of a port means something; otherwise it matches nothing.
    pub named_ports_supported: Option<bool>,
    /// `sctpSupported`: whether ports of SCTP mean something; otherwise they match nothing.
    pub sctp_supported: Option<bool>,
    /// `denyStyle`: whether who is denied is told so (`reject`), or waits in vain (`drop`).
    pub denied_rejected: Option<bool>,
    /// `implicitDNS`: whether the cluster's DNS pods are there though nobody declared them.
    pub implicit_dns: Option<bool>,
}
