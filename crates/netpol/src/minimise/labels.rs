//! Objects without labels that nobody asks for.

use std::collections::BTreeSet;
use std::sync::Arc;

use netpol_model::{LabelSelector, Labels, Namespace, PeerSelector, Pod, PolicyPeer, Workload};

use super::parts::Part;
use crate::redact::DNS_LABEL;

/// The keys of the labels that some selector asks for.
#[derive(Debug, Default)]
pub(super) struct Asked<'a> {
    of_pods: BTreeSet<&'a str>,
    of_namespaces: BTreeSet<&'a str>,
}

impl<'a> Asked<'a> {
    pub(super) fn by(parts: &'a [Part]) -> Self {
        let mut asked = Self::default();
        // By it the pods are found that look names up.
        asked.of_pods.insert(DNS_LABEL);
        for part in parts {
            match part {
                Part::Policy(policy) => {
                    asked.of_pods.extend(keys(&policy.pod_selector));
                    let rules = policy.ingress.iter().chain(&policy.egress);
                    rules.flat_map(|rule| &rule.peers).for_each(|peer| asked.peer(peer));
                }
                Part::Service(service) => {
                    let selector = service.selector.iter().flat_map(Labels::keys);
                    asked.of_pods.extend(selector.map(String::as_str));
                }
                _ => {}
            }
        }
        asked
    }

    fn peer(&mut self, peer: &'a PolicyPeer) {
        if let PeerSelector::Pods { namespaces, pods } = &peer.selector {
            self.of_pods.extend(pods.iter().flat_map(keys));
            self.of_namespaces.extend(namespaces.iter().flat_map(keys));
        }
    }

    /// The part with no other labels.
    pub(super) fn only(&self, part: &Part) -> Part {
        match part {
            Part::Namespace(it) => {
                let mut namespace = Namespace::clone(it);
                retain(&mut namespace.meta.labels, &self.of_namespaces);
                Part::Namespace(Arc::new(namespace))
            }
            Part::Pod(it) => {
                let mut pod = Pod::clone(it);
                retain(&mut pod.template.labels, &self.of_pods);
                Part::Pod(Arc::new(pod))
            }
            Part::Workload(it) => {
                let mut workload = Workload::clone(it);
                let labels = &mut workload.template.labels;
                let first = labels.first_key_value().map(|(key, it)| (key.clone(), it.clone()));
                retain(labels, &self.of_pods);
                if labels.is_empty() {
                    // It knows its pods by a label.
                    labels.extend(first);
                }
                Part::Workload(Arc::new(workload))
            }
            _ => part.clone(),
        }
    }
}

fn keys(selector: &LabelSelector) -> impl Iterator<Item = &str> {
    selector.requirements.iter().map(|requirement| requirement.key.as_str())
}

fn retain(labels: &mut Labels, asked: &BTreeSet<&str>) {
    labels.retain(|key, _| asked.contains(key.as_str()));
}
