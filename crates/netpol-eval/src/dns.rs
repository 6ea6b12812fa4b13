//! Where names are looked up.
//!
//! Source: <https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/>

use std::net::IpAddr;

use netpol_model::{EndpointName, Labels, PortRef, Protocol, Service};

use crate::{Found, PodId, PodState, ServiceId, Target, TargetAt, World};

/// Where clusters have their DNS pods.
pub(crate) const NAMESPACE: &str = "kube-system";
/// The label that Kubernetes' own DNS manifests and their successors carry.
pub(crate) const LABEL: (&str, &str) = ("k8s-app", "kube-dns");
/// What the implied DNS pods are called.
pub(crate) const NAME: &str = "coredns";
/// The port that clients ask at.
const PORT: u16 = 53;

/// OpenShift has its DNS elsewhere, see
/// <https://docs.openshift.com/container-platform/latest/networking/dns-operator.html>.
const OPENSHIFT: (&str, &str) = ("openshift-dns", "dns-default");

/// Whether a pod or workload of that name answers lookups.
pub(crate) fn is_dns(namespace: &str, name: &str, labels: &Labels) -> bool {
    namespace == NAMESPACE && (name == NAME || is_labelled(labels))
}

fn is_labelled(labels: &Labels) -> bool {
    labels.get(LABEL.0).is_some_and(|value| value == LABEL.1)
}

fn is_dns_service(service: &Service) -> bool {
    let meta = &service.meta;
    let (namespace, name) = (meta.namespace.as_str(), meta.name.as_str());
    (namespace, name) == OPENSHIFT
        || namespace == NAMESPACE && (name == LABEL.1 || is_labelled(&meta.labels))
}

impl World {
    /// Where a lookup arrives that asks the server at an address.
    pub fn resolver_at(&self, address: IpAddr, protocol: Protocol) -> Vec<Target> {
        let at = match self.find(&EndpointName::Address(address)) {
            Some(Found::Service(id)) => {
                let targets = self.service_targets(id, &PortRef::Number(PORT), protocol, false);
                return targets.map(|targets| targets.all).unwrap_or_default();
            }
            Some(Found::Pod(pod)) => TargetAt::Pod(pod),
            _ => TargetAt::Address(address),
        };
        vec![Target { at, port: PORT, node: None }]
    }

    /// Where lookups arrive: behind the cluster's DNS Service, or else at its DNS pods. None, if
    /// there are none.
    pub fn resolvers(&self, protocol: Protocol) -> Vec<Target> {
        let services = self.objects().services.iter();
        if let Some(index) = services.clone().position(|it| is_dns_service(it)) {
            let id = ServiceId(index as u32);
            let targets = self.service_targets(id, &PortRef::Number(PORT), protocol, false);
            return targets.map(|targets| targets.all).unwrap_or_default();
        }
        let Some(namespace) = self.namespace_id(NAMESPACE) else { return Vec::new() };
        let answers = |id: &PodId| {
            let pod = self.pod(*id);
            let name = &self.group(pod.group).name;
            pod.state == PodState::Active
                && pod.ready
                && is_dns(NAMESPACE, name, &self.template(pod).labels)
        };
        let pods =
            self.groups_in(namespace).flat_map(|group| self.group(group).pods.iter().copied());
        pods.filter(answers)
            .map(|pod| Target {
                at: TargetAt::Pod(pod),
                port: PORT,
                node: self.template(self.pod(pod)).node_name.clone(),
            })
            .collect()
    }
}
