//! What network plugins do where Kubernetes leaves it open. Data, not code: one row a plugin.

use netpol_model::Options;

use crate::Topic;

/// How a fact about a plugin is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Its documentation, its source or its maintainers say so.
    Documented,
    /// Users report it, or it follows from what the plugin is built on.
    Reported,
}

/// An answer to an open question, and how it is known.
pub type Fact = Option<(bool, Evidence)>;

/// A network plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// As `Settings` name it.
    pub id: &'static str,
    /// As people name it.
    pub title: &'static str,
    /// Other names for it in `Settings`.
    pub aliases: &'static [&'static str],
    /// Whether it enforces NetworkPolicy at all.
    pub enforces: bool,
    /// Whether address blocks are compared with the addresses of pods.
    pub ip_block_matches_pods: Fact,
    /// Whether address blocks are compared with the addresses of nodes.
    pub ip_block_matches_nodes: Fact,
    /// Whether pods in their node's network are selected like other pods.
    pub host_network_pods_as_pods: Fact,
    /// Whether a pod may always connect to its own node.
    pub egress_to_own_node_allowed: Fact,
    /// Whether ICMP passes whatever the policies say.
    pub icmp_allowed: Fact,
    /// Whether a range of ports means all of them.
    pub end_port_supported: Fact,
    /// Whether names of ports mean something.
    pub named_ports_supported: Fact,
    /// Whether ports of SCTP mean something.
    pub sctp_supported: Fact,
    /// Whether who is denied is told so, rather than waiting in vain.
    pub denied_rejected: Fact,
    /// Where that is said.
    pub source: &'static str,
}

const YES: Fact = Some((true, Evidence::Documented));
const NO: Fact = Some((false, Evidence::Documented));
const REPORTED_YES: Fact = Some((true, Evidence::Reported));
const REPORTED_NO: Fact = Some((false, Evidence::Reported));

/// Enforces what Kubernetes defines; everything else is open.
const OPEN: Plugin = Plugin {
    id: "generic",
    title: "any plugin that enforces NetworkPolicy",
    aliases: &[],
    enforces: true,
    ip_block_matches_pods: None,
    ip_block_matches_nodes: None,
    host_network_pods_as_pods: None,
    egress_to_own_node_allowed: None,
    icmp_allowed: None,
    end_port_supported: None,
    named_ports_supported: None,
    sctp_supported: None,
    denied_rejected: None,
    source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};

/// All plugins that are known here; the first is the default.
pub const PLUGINS: &[Plugin] = &[
    OPEN,
    Plugin {
        id: "calico",
        title: "Calico",
        aliases: &["canal"],
        ip_block_matches_pods: YES,
        ip_block_matches_nodes: YES,
        host_network_pods_as_pods: NO,
        end_port_supported: REPORTED_YES,
        named_ports_supported: YES,
        sctp_supported: REPORTED_YES,
        denied_rejected: NO,
        source: "https://github.com/projectcalico/calico/issues/6634",
        ..OPEN
    },
    Plugin {
        id: "cilium",
        title: "Cilium",
        ip_block_matches_pods: NO,
        ip_block_matches_nodes: NO,
        host_network_pods_as_pods: NO,
        icmp_allowed: NO,
        end_port_supported: YES,
        named_ports_supported: REPORTED_YES,
        sctp_supported: NO,
        denied_rejected: NO,
        source: "https://github.com/cilium/cilium/issues/9209",
        ..OPEN
    },
    Plugin {
        id: "antrea",
        title: "Antrea",
        ip_block_matches_pods: YES,
        ip_block_matches_nodes: REPORTED_YES,
        host_network_pods_as_pods: NO,
        end_port_supported: REPORTED_YES,
        named_ports_supported: REPORTED_YES,
        sctp_supported: REPORTED_YES,
        denied_rejected: NO,
        source: "https://github.com/antrea-io/antrea/issues/3078",
        ..OPEN
    },
    Plugin {
        id: "ovn-kubernetes",
        title: "OVN-Kubernetes, OpenShift",
        aliases: &["openshift"],
        ip_block_matches_pods: YES,
        ip_block_matches_nodes: REPORTED_YES,
        host_network_pods_as_pods: REPORTED_NO,
        icmp_allowed: NO,
        end_port_supported: YES,
        sctp_supported: REPORTED_YES,
        denied_rejected: NO,
        source: "https://github.com/ovn-kubernetes/ovn-kubernetes/pull/2093",
        ..OPEN
    },
    Plugin {
        id: "kube-router",
        title: "kube-router, k3s",
        aliases: &["k3s"],
        ip_block_matches_pods: YES,
        ip_block_matches_nodes: YES,
        host_network_pods_as_pods: NO,
        icmp_allowed: YES,
        end_port_supported: YES,
        named_ports_supported: YES,
        sctp_supported: REPORTED_NO,
        denied_rejected: YES,
        source: "https://github.com/cloudnativelabs/kube-router/tree/master/pkg/controllers/netpol",
        ..OPEN
    },
    Plugin {
        id: "kindnet",
        title: "kindnet of kind 0.24 or newer",
        aliases: &["kind", "kindnet>=0.24"],
        ip_block_matches_pods: YES,
        ip_block_matches_nodes: YES,
        host_network_pods_as_pods: NO,
        end_port_supported: YES,
        named_ports_supported: YES,
        sctp_supported: YES,
        denied_rejected: NO,
        source: "https://kind.sigs.k8s.io/docs/user/known-issues/",
        ..OPEN
    },
    Plugin {
        id: "kindnet<0.24",
        title: "kindnet before kind 0.24",
        aliases: &["kindnet-0.23"],
        enforces: false,
        source: "https://github.com/kubernetes-sigs/kind/issues/842",
        ..OPEN
    },
    Plugin {
        id: "flannel",
        title: "flannel without its optional policy controller",
        enforces: false,
        source: "https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md",
        ..OPEN
    },
    Plugin {
        id: "aws-vpc-cni",
        title: "Amazon VPC CNI with network policy switched on",
        aliases: &["eks"],
        ip_block_matches_pods: REPORTED_YES,
        ip_block_matches_nodes: REPORTED_YES,
        end_port_supported: REPORTED_YES,
        named_ports_supported: YES,
        denied_rejected: NO,
        source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html",
        ..OPEN
    },
    Plugin {
        id: "gke-dpv2",
        title: "GKE Dataplane V2",
        aliases: &["gke-dataplane-v2"],
        ip_block_matches_pods: REPORTED_NO,
        ip_block_matches_nodes: REPORTED_NO,
        host_network_pods_as_pods: REPORTED_NO,
        icmp_allowed: REPORTED_NO,
        end_port_supported: REPORTED_YES,
        named_ports_supported: REPORTED_YES,
        sctp_supported: REPORTED_NO,
        denied_rejected: NO,
        source: "https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2",
        ..OPEN
    },
    Plugin {
        id: "aks-cilium",
        title: "AKS with Azure CNI powered by Cilium",
        ip_block_matches_pods: NO,
        ip_block_matches_nodes: NO,
        host_network_pods_as_pods: REPORTED_NO,
        icmp_allowed: REPORTED_NO,
        sctp_supported: REPORTED_NO,
        denied_rejected: NO,
        source: "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium",
        ..OPEN
    },
];

/// The plugin of that name, in whatever case.
///
/// ```
/// assert_eq!(netpol_eval::plugin("K3s").map(|plugin| plugin.id), Some("kube-router"));
/// assert!(netpol_eval::plugin("weave").is_none());
/// ```
pub fn plugin(name: &str) -> Option<&'static Plugin> {
    let is = |candidate: &str| candidate.eq_ignore_ascii_case(name);
    PLUGINS.iter().find(|plugin| is(plugin.id) || plugin.aliases.iter().any(|alias| is(alias)))
}

impl Plugin {
    /// What it answers to a question.
    pub fn fact(&self, topic: Topic) -> Fact {
        match topic {
            Topic::IpBlockMatchesPods => self.ip_block_matches_pods,
            Topic::IpBlockMatchesNodes => self.ip_block_matches_nodes,
            Topic::HostNetworkPods => self.host_network_pods_as_pods,
            Topic::EgressToOwnNode => self.egress_to_own_node_allowed,
            Topic::Icmp => self.icmp_allowed,
            Topic::HairpinViaService
            | Topic::ClientIpForExternalTraffic
            | Topic::UnknownAddress => None,
        }
    }

    /// The options with what the plugin answers filled in where they leave something open.
    pub fn complete(&self, options: Options) -> Options {
        let or = |option: Option<bool>, fact: Fact| option.or(fact.map(|(value, _)| value));
        Options {
            enforced: options.enforced.or(Some(self.enforces)),
            ip_block_matches_pods: or(options.ip_block_matches_pods, self.ip_block_matches_pods),
            ip_block_matches_nodes: or(options.ip_block_matches_nodes, self.ip_block_matches_nodes),
            host_network_pods_as_pods: or(
                options.host_network_pods_as_pods,
                self.host_network_pods_as_pods,
            ),
            egress_to_own_node_allowed: or(
                options.egress_to_own_node_allowed,
                self.egress_to_own_node_allowed,
            ),
            icmp_allowed: or(options.icmp_allowed, self.icmp_allowed),
            end_port_supported: or(options.end_port_supported, self.end_port_supported),
            named_ports_supported: or(options.named_ports_supported, self.named_ports_supported),
            sctp_supported: or(options.sctp_supported, self.sctp_supported),
            denied_rejected: or(options.denied_rejected, self.denied_rejected),
            ..options
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_means_one_plugin() {
        let mut names = BTreeSet::new();
        for plugin in PLUGINS {
            let names_of_it = plugin.aliases.iter().chain([&plugin.id, &plugin.title]);
            for name in names_of_it.chain([&plugin.source]) {
                assert!(names.insert(*name), "{name} is there twice");
            }
        }
    }

    #[test]
    fn options_that_are_set_win() {
        let cilium = plugin("cilium").unwrap();
        let set = Options { ip_block_matches_pods: Some(true), ..Options::default() };
        let complete = cilium.complete(set);
        assert_eq!(complete.ip_block_matches_pods, Some(true));
        assert_eq!(complete.ip_block_matches_nodes, Some(false));
        assert_eq!(complete.hairpin_via_service_allowed, None);
        assert_eq!((complete.sctp_supported, complete.denied_rejected), (Some(false), Some(false)));
    }
}
