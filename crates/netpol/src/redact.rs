//! Manifests with other names, in which every connection has the same verdict: to show a problem
//! without showing whose it is.
//!
//! What comes out is written anew from what was read, so that only what decides about traffic is in
//! it: no comments, annotations, images, environments. Objects are written twice. The first time only
//! collects the names and addresses that there are; then all get new ones; the second time counts.

mod addresses;
mod manifests;
mod names;
mod policies;
#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use netpol_eval::{PodId, PodState, World};
use netpol_model::{EndpointName, Labels, Pod, Workload};
use netpol_sort::Gather;

use crate::Analysis;
use crate::view::{ConnectionQuery, PortSpec};
use crate::yaml::Yaml;

use addresses::{Addresses, Cell};
use names::{Class, Names};

/// The label by which those are found whom pods ask for names.
pub(crate) const DNS_LABEL: &str = names::DNS.0;

/// Manifests with other names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redacted {
    /// The manifests.
    pub text: String,
    /// The questions with the names that the manifests have now, without those whose ends are not
    /// written as ends are.
    pub questions: Vec<ConnectionQuery>,
}

/// Gives namespaces, pods, workloads, services, policies, nodes, labels, ports and addresses other
/// names, everywhere the same. Every verdict stays what it is; a policy that the API server refuses
/// stays refused, but not what for. Names and labels that Kubernetes itself gives a meaning stay.
///
/// ```
/// use netpol::view::{ConnectionQuery, PortSpec, Protocol};
/// use netpol::{Sources, analyse, redact};
///
/// let secret = "
/// {apiVersion: v1, kind: Pod, metadata: {name: vault, namespace: bank, labels: {app: vault}}}
/// ---
/// {apiVersion: v1, kind: Pod, metadata: {name: teller, namespace: bank, labels: {app: teller}}}
/// ---
/// apiVersion: networking.k8s.io/v1
/// kind: NetworkPolicy
/// metadata: {name: keep-out, namespace: bank}
/// spec: {podSelector: {matchLabels: {app: vault}}}
/// ";
/// let question = ConnectionQuery {
///     from: "bank/teller".to_owned(),
///     to: "bank/vault".to_owned(),
///     port: PortSpec::Number(443),
///     protocol: Protocol::Tcp,
/// };
/// let analysis = analyse(Sources::single("bank.yaml", secret));
/// let redacted = redact(&analysis, std::slice::from_ref(&question));
/// assert!(!redacted.text.contains("bank") && !redacted.text.contains("vault"));
///
/// let asked = &redacted.questions[0];
/// assert_eq!((asked.from.as_str(), asked.to.as_str()), ("ns-1/pod-1", "ns-1/pod-2"));
/// let verdict = analysis.explain(&question)?.verdict;
/// let redacted = analyse(Sources::single("redacted.yaml", redacted.text));
/// assert_eq!(redacted.explain(asked)?.verdict, verdict);
/// # Ok::<(), netpol::view::QueryError>(())
/// ```
pub fn redact(analysis: &Analysis, questions: &[ConnectionQuery]) -> Redacted {
    let mut redaction = Redaction::new(analysis.world());
    redaction.manifests();
    redaction.questions(questions);
    redaction.decide();
    let manifests: Vec<String> = redaction.manifests().iter().map(Yaml::document).collect();
    Redacted { text: manifests.join("---\n"), questions: redaction.questions(questions) }
}

/// The manifests under the names that they have.
pub(crate) fn written(world: &World) -> String {
    let manifests: Vec<String> =
        Redaction::new(world).manifests().iter().map(Yaml::document).collect();
    manifests.join("---\n")
}

/// What is known while objects are written.
struct Redaction<'a> {
    world: &'a World,
    names: Names,
    addresses: Addresses,
    /// Addresses that names give and that have to be told, as the new names would give others: of
    /// declared pods by namespace and name ...
    told: BTreeMap<(String, String), IpAddr>,
    /// ... and pods of workloads.
    made: Vec<PodId>,
}

impl<'a> Redaction<'a> {
    fn new(world: &'a World) -> Self {
        let kind =
            |it: &Arc<Workload>| (it.meta.name.clone(), it.kind.as_str().to_ascii_lowercase());
        let workloads: BTreeMap<String, String> =
            world.objects().workloads.iter().rev().map(kind).gather();
        Self {
            world,
            names: Names::new(workloads),
            addresses: Addresses::default(),
            told: BTreeMap::new(),
            made: Vec::new(),
        }
    }

    /// Gives everything that was met its new name.
    fn decide(&mut self) {
        self.names.number();
        let mut cells: BTreeMap<Cell, usize> = BTreeMap::new();
        let mut fixed = None;
        for id in self.world.pod_ids() {
            let Some(address) = self.derived(id) else { continue };
            let cell = self.addresses.cell(address);
            *cells.entry(cell).or_default() += 1;
            // Whose address cannot be told decides for all.
            let template = self.world.template(self.world.pod(id));
            if self.world.is_implied(id) || template.host_network {
                fixed.get_or_insert(cell);
            }
        }
        let most = cells.into_iter().max_by_key(|(_, count)| *count).map(|(cell, _)| cell);
        let chosen = fixed.or(most).unwrap_or_default();
        for group in self.world.groups() {
            let derived = || group.pods.iter().filter_map(|id| Some((*id, self.derived(*id)?)));
            if derived().all(|(_, address)| self.addresses.cell(address) == chosen) {
                continue;
            }
            let derived: Vec<(PodId, IpAddr)> = derived().collect();
            for (id, address) in derived {
                self.addresses.point(address);
                self.tell(id, address);
            }
        }
        self.addresses.lay_out(chosen);
    }

    fn tell(&mut self, id: PodId, address: IpAddr) {
        let pod = self.world.pod(id);
        let namespace = &self.world.namespace(pod.namespace).name;
        let is_it = |it: &&Arc<Pod>| it.meta.name == pod.name && it.meta.namespace == *namespace;
        if self.world.objects().pods.iter().find(is_it).is_some() {
            self.told.insert((namespace.clone(), pod.name.clone()), address);
        } else {
            self.made.push(id);
        }
    }

    /// The address of a pod, if its name gives it.
    fn derived(&self, id: PodId) -> Option<IpAddr> {
        let pod = self.world.pod(id);
        let is_derived = pod.state == PodState::Active && !pod.declared_address;
        pod.addresses.first().copied().filter(|_| is_derived)
    }

    fn questions(&mut self, questions: &[ConnectionQuery]) -> Vec<ConnectionQuery> {
        let mut renamed = Vec::new();
        for ConnectionQuery { from, to, port, protocol } in questions {
            let ends = [from, to].map(|end| EndpointName::parse(end));
            let [Some(from), Some(to)] = ends else { continue };
            let port = match port {
                PortSpec::Name(name) => PortSpec::Name(self.names.name(Class::Port, name)),
                port => port.clone(),
            };
            let [from, to] = [from, to].map(|end| self.endpoint(&end));
            renamed.push(ConnectionQuery { from, to, port, protocol: *protocol });
        }
        renamed
    }

    fn endpoint(&mut self, name: &EndpointName) -> String {
        let mut in_namespace = |class, namespace: &str, name: &str| {
            let namespace = self.names.name(Class::Namespace, namespace);
            (namespace, self.names.name(class, name))
        };
        let renamed = match name {
            EndpointName::Pod { namespace, name } => {
                let (namespace, name) = in_namespace(Class::Pod, namespace, name);
                EndpointName::Pod { namespace, name }
            }
            EndpointName::Service { namespace, name } => {
                let (namespace, name) = in_namespace(Class::Service, namespace, name);
                EndpointName::Service { namespace, name }
            }
            EndpointName::External(name) => {
                EndpointName::External(self.names.name(Class::External, name))
            }
            EndpointName::Address(address) => EndpointName::Address(self.addresses.point(*address)),
        };
        renamed.to_string()
    }

    fn labels(&mut self, labels: &Labels) -> Labels {
        let label = |(key, value): (&String, &String)| {
            (self.names.name(Class::LabelKey, key), self.names.value(key, value))
        };
        labels.iter().map(label).gather()
    }
}
