//! Policies with other names.

use std::collections::BTreeSet;

use netpol_model::{
    IpBlock, LabelSelector, NetworkPolicy, PeerSelector, PolicyPeer, PolicyPort, PolicyRule,
    PortRef, Protocol, Requirement,
};
use netpol_sort::Gather;
use netpol_syntax::Span;

use super::Redaction;
use super::names::Class;
use crate::stored;
use crate::yaml::{Yaml, field, list, text};

impl Redaction<'_> {
    pub(super) fn policy(&mut self, policy: &NetworkPolicy) -> Yaml {
        if policy.rejected {
            // For this it is refused whatever the settings are.
            let metadata = self.metadata(&policy.meta, Class::Policy);
            let types = list("policyTypes", vec![text("Refused")]);
            let spec = field("spec", Yaml::Map(types.into_iter().collect()));
            let header = ("networking.k8s.io/v1", "NetworkPolicy");
            return super::manifests::object(header, metadata, vec![spec]);
        }
        let mut renamed = policy.clone();
        let meta = &mut renamed.meta;
        meta.name = self.names.name(Class::Policy, &meta.name);
        meta.namespace = self.names.name(Class::Namespace, &meta.namespace);
        meta.namespace_span = Some(meta.span).filter(|_| meta.namespace != "default");
        meta.labels.clear();
        self.selector(&mut renamed.pod_selector);
        for rule in renamed.ingress.iter_mut().chain(&mut renamed.egress) {
            self.rule(rule);
        }
        stored::manifest(&renamed, &with_protocol(&renamed)).into_written()
    }

    fn rule(&mut self, rule: &mut PolicyRule) {
        for PolicyPeer { selector, .. } in &mut rule.peers {
            match selector {
                PeerSelector::Block(IpBlock { cidr, except, .. }) => {
                    *cidr = self.addresses.block(*cidr);
                    for (net, _) in except {
                        *net = self.addresses.block(*net);
                    }
                }
                PeerSelector::Pods { namespaces, pods } => {
                    for selector in [namespaces, pods].into_iter().flatten() {
                        self.selector(selector);
                    }
                }
            }
        }
        for PolicyPort { port, .. } in &mut rule.ports {
            if let Some(PortRef::Name(name)) = port {
                *name = self.names.name(Class::Port, name);
            }
        }
    }

    fn selector(&mut self, selector: &mut LabelSelector) {
        for Requirement { key, values, .. } in &mut selector.requirements {
            for value in values {
                *value = self.names.value(key, value);
            }
            *key = self.names.name(Class::LabelKey, key);
        }
    }
}

/// The ports that must say their protocol.
fn with_protocol(policy: &NetworkPolicy) -> BTreeSet<Span> {
    let ports = policy.ingress.iter().chain(&policy.egress).flat_map(|rule| &rule.ports);
    ports.filter(|port| port.protocol != Protocol::Tcp).map(|port| port.span).gather()
}
