//! The questions that Kubernetes leaves open.

use netpol_model::{
    CLIENT_IP, EGRESS_TO_OWN_NODE, HAIRPIN_VIA_SERVICE, HOST_NETWORK_PODS, ICMP_WORDS, Options,
};

/// A question that Kubernetes leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whether address blocks are compared with the addresses of pods.
    IpBlockMatchesPods,
    /// Whether address blocks are compared with the addresses of nodes.
    IpBlockMatchesNodes,
    /// Whether pods in their node's network are selected like other pods, or count as the node.
    HostNetworkPods,
    /// Whether a pod's connection to itself through a Service is subject to policies.
    HairpinViaService,
    /// Whether a pod may always connect to its own node.
    EgressToOwnNode,
    /// Whose address policies see when a client outside the cluster comes in through a node.
    ClientIpForExternalTraffic,
    /// Whether policies concern ICMP.
    Icmp,
    /// Not a question to implementations: what the address is that nobody wrote down.
    UnknownAddress,
}

/// An option that answers a question.
type Answered = Option<bool>;

impl Topic {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::IpBlockMatchesPods,
        Self::IpBlockMatchesNodes,
        Self::HostNetworkPods,
        Self::HairpinViaService,
        Self::EgressToOwnNode,
        Self::ClientIpForExternalTraffic,
        Self::Icmp,
        Self::UnknownAddress,
    ];

    /// The option of the `Settings` that decides; `None` if none does.
    pub fn option(self) -> Option<&'static str> {
        match self {
            Self::IpBlockMatchesPods => Some("ipBlockMatchesPods"),
            Self::IpBlockMatchesNodes => Some("ipBlockMatchesNodes"),
            Self::HostNetworkPods => Some("hostNetworkPods"),
            Self::HairpinViaService => Some("hairpinViaService"),
            Self::EgressToOwnNode => Some("egressToOwnNode"),
            Self::ClientIpForExternalTraffic => Some("clientIPForExternalTraffic"),
            Self::Icmp => Some("icmp"),
            Self::UnknownAddress => None,
        }
    }

    /// How the option's values are written: no, then yes.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::IpBlockMatchesPods | Self::IpBlockMatchesNodes | Self::UnknownAddress => {
                ["false", "true"]
            }
            Self::HostNetworkPods => HOST_NETWORK_PODS,
            Self::HairpinViaService => HAIRPIN_VIA_SERVICE,
            Self::EgressToOwnNode => EGRESS_TO_OWN_NODE,
            Self::ClientIpForExternalTraffic => CLIENT_IP,
            Self::Icmp => ICMP_WORDS,
        }
    }

    /// Sets the option.
    pub fn answer(self, options: &mut Options, value: bool) {
        if let Some(option) = self.of(options) {
            *option = Some(value);
        }
    }

    fn of(self, options: &mut Options) -> Option<&mut Answered> {
        match self {
            Self::IpBlockMatchesPods => Some(&mut options.ip_block_matches_pods),
            Self::IpBlockMatchesNodes => Some(&mut options.ip_block_matches_nodes),
            Self::HostNetworkPods => Some(&mut options.host_network_pods_as_pods),
            Self::HairpinViaService => Some(&mut options.hairpin_via_service_allowed),
            Self::EgressToOwnNode => Some(&mut options.egress_to_own_node_allowed),
            Self::ClientIpForExternalTraffic => Some(&mut options.client_ip_preserved),
            Self::Icmp => Some(&mut options.icmp_allowed),
            Self::UnknownAddress => None,
        }
    }
}
