//! What network plugins are called and what they answer.

use std::fmt::Write as _;

use expect_test::expect;
use netpol_model::Options;

use crate::Evidence::{Documented, Reported};
use crate::{Fact, PLUGINS, Plugin, Topic, plugin};

#[test]
fn plugins_have_the_names_of_what_they_come_with() {
    for (name, id) in [
        ("calico", "calico"),
        ("canal", "calico"),
        ("OpenShift", "ovn-kubernetes"),
        ("k3s", "kube-router"),
        ("kind", "kindnet"),
        ("kindnet>=0.24", "kindnet"),
        ("kindnet-0.23", "kindnet<0.24"),
        ("EKS", "aws-vpc-cni"),
        ("gke-dataplane-v2", "gke-dpv2"),
    ] {
        assert_eq!(plugin(name).map(|plugin| plugin.id), Some(id), "{name}");
    }
    assert_eq!(plugin("weave"), None);
}

type Question = (&'static str, fn(&Plugin) -> Fact);

/// Question by question; who is not listed leaves it open.
#[test]
fn who_answers_what() {
    let questions: [Question; 10] = [
        ("enforces", |it| Some((it.enforces, Documented))),
        ("blocks match pods", |it| it.fact(Topic::IpBlockMatchesPods)),
        ("blocks match nodes", |it| it.fact(Topic::IpBlockMatchesNodes)),
        ("selects pods in their node's network", |it| it.fact(Topic::HostNetworkPods)),
        ("lets pods reach their node", |it| it.fact(Topic::EgressToOwnNode)),
        ("lets pings pass", |it| it.fact(Topic::Icmp)),
        ("supports ranges", |it| it.end_port_supported),
        ("supports names of ports", |it| it.named_ports_supported),
        ("supports SCTP", |it| it.sctp_supported),
        ("tells who is denied", |it| it.denied_rejected),
    ];
    let answers = [
        ("yes", (true, Documented)),
        ("no", (false, Documented)),
        ("yes (reported)", (true, Reported)),
        ("no (reported)", (false, Reported)),
    ];
    let mut table = String::new();
    for (question, fact) in questions {
        writeln!(table, "{question}").expect("text grows");
        for (word, answer) in answers {
            let who = PLUGINS.iter().filter(|plugin| fact(plugin) == Some(answer));
            let who: Vec<&str> = who.map(|plugin| plugin.id).collect();
            if !who.is_empty() {
                writeln!(table, "  {word}: {}", who.join(", ")).expect("text grows");
            }
        }
    }
    expect![[r#"
        enforces
          yes: generic, calico, cilium, antrea, ovn-kubernetes, kube-router, kindnet, aws-vpc-cni, gke-dpv2, aks-cilium
          no: kindnet<0.24, flannel
        blocks match pods
          yes: calico, antrea, ovn-kubernetes, kube-router, kindnet
          no: cilium, aks-cilium
          yes (reported): aws-vpc-cni
          no (reported): gke-dpv2
        blocks match nodes
          yes: calico, kube-router, kindnet
          no: cilium, aks-cilium
          yes (reported): antrea, ovn-kubernetes, aws-vpc-cni
          no (reported): gke-dpv2
        selects pods in their node's network
          no: calico, cilium, antrea, kube-router, kindnet
          no (reported): ovn-kubernetes, gke-dpv2, aks-cilium
        lets pods reach their node
        lets pings pass
          yes: kube-router
          no: cilium, ovn-kubernetes
          no (reported): gke-dpv2, aks-cilium
        supports ranges
          yes: cilium, ovn-kubernetes, kube-router, kindnet
          yes (reported): calico, antrea, aws-vpc-cni, gke-dpv2
        supports names of ports
          yes: calico, kube-router, kindnet, aws-vpc-cni
          yes (reported): cilium, antrea, gke-dpv2
        supports SCTP
          yes: kindnet
          no: cilium
          yes (reported): calico, antrea, ovn-kubernetes
          no (reported): kube-router, gke-dpv2, aks-cilium
        tells who is denied
          yes: kube-router
          no: calico, cilium, antrea, ovn-kubernetes, kindnet, aws-vpc-cni, gke-dpv2, aks-cilium
    "#]].assert_eq(&table);
}

#[test]
fn a_plugin_answers_what_the_options_leave_open() {
    let asked = |options: &Options| {
        [
            options.enforced,
            options.ip_block_matches_pods,
            options.ip_block_matches_nodes,
            options.host_network_pods_as_pods,
            options.egress_to_own_node_allowed,
            options.icmp_allowed,
            options.end_port_supported,
            options.named_ports_supported,
            options.sctp_supported,
            options.denied_rejected,
        ]
    };
    let yes = Some((true, Documented));
    let says_yes = Plugin {
        ip_block_matches_pods: yes,
        ip_block_matches_nodes: yes,
        host_network_pods_as_pods: yes,
        egress_to_own_node_allowed: yes,
        icmp_allowed: yes,
        end_port_supported: yes,
        named_ports_supported: yes,
        sctp_supported: yes,
        denied_rejected: yes,
        ..PLUGINS[0]
    };
    let complete = says_yes.complete(Options::default());
    assert_eq!(asked(&complete), [Some(true); 10]);
    assert_eq!(complete.hairpin_via_service_allowed, None);
    assert_eq!(asked(&PLUGINS[0].complete(complete)), [Some(true); 10]);
}
