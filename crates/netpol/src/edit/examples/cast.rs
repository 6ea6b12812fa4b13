//! Who is there, and who is to come.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use netpol_eval::World;
use netpol_model::{
    IpBlock, LabelSelector, NetworkPolicy, Objects, PolicyPort, PortRef, Requirement,
};
use netpol_sort::Gather;

use super::super::find;
use super::super::names::{self, NAMESPACE_NAME_LABEL};
use super::{Labels, address_in, create, labels_for, meant_by};
use crate::view::{PortView, Protocol};

/// What a pod listens on that nothing is said about.
const USUAL_PORT: u16 = 80;

/// The first of the numbers for ports of which only a name is known.
const NAMED_PORTS: u16 = 8080;

/// Whom no rule means.
const STRANGER: &str = "other";

/// What a label is worth that says no more than that it is there.
const YES: [&str; 5] = ["", "true", "yes", "enabled", "allow"];

/// Everybody of the cluster, as far as policies can tell.
pub(super) struct Cast<'a> {
    objects: &'a Objects,
    /// The labels of all namespaces, with the one that every namespace has.
    namespaces: BTreeMap<String, Labels>,
    /// Those of them that manifests declare, or that every cluster has.
    declared: BTreeSet<String>,
    members: Vec<Member>,
    addresses: Vec<(String, IpAddr)>,
    /// How many of the addresses were there.
    known_addresses: usize,
}

struct Member {
    namespace: String,
    name: String,
    labels: Labels,
    /// What it is to listen on; of no interest for those who are there.
    ports: Vec<PortView>,
    is_new: bool,
}

impl<'a> Cast<'a> {
    pub(super) fn of(world: &'a World) -> Self {
        let namespaces = world.namespaces();
        let declared = namespaces.iter().filter(|it| it.object.is_some());
        let member = |pod: &netpol_eval::WorldPod| Member {
            namespace: world.namespace(pod.namespace).name.clone(),
            name: pod.name.clone(),
            labels: world.template(pod).labels.clone(),
            ports: Vec::new(),
            is_new: false,
        };
        // Policies do not see pods on their node's network.
        let pods = world.pods().iter().filter(|pod| !world.template(pod).host_network);
        let externals = world.objects().externals.iter();
        let addresses: Vec<_> = externals
            .flat_map(|it| it.addresses.iter().map(|address| (it.meta.name.clone(), *address)))
            .collect();
        Self {
            objects: world.objects(),
            namespaces: namespaces.iter().map(|it| (it.name.clone(), it.labels.clone())).gather(),
            declared: declared.map(|it| it.name.clone()).chain(find::initial_namespaces()).gather(),
            members: pods.map(member).collect(),
            known_addresses: addresses.len(),
            addresses,
        }
    }

    /// How many there are.
    pub(super) fn size(&self) -> usize {
        self.members.len() + self.addresses.len()
    }

    /// Sees to it that the policy selects somebody, who listens where the rules let somebody in.
    pub(super) fn subject(&mut self, policy: &NetworkPolicy) {
        let is_subject = |member: &Member| selects(policy, member);
        if !self.members.iter().any(is_subject) {
            let Some(labels) = labels_for(&policy.pod_selector) else { return };
            self.join(&policy.meta.namespace, labels);
        }
        let ports = policy.ingress.iter().flat_map(|rule| &rule.ports);
        for member in self.members.iter_mut().filter(|member| is_subject(member)) {
            member.listen(ports.clone());
            member.listen_at_all();
        }
    }

    /// Sees to it that there is somebody whom a rule of the policy means, and who is none of the
    /// policy's own pods if that can be. Whom the rule lets the policy's pods dial `listens` on its ports.
    pub(super) fn peer(
        &mut self,
        policy: &NetworkPolicy,
        namespaces: Option<&LabelSelector>,
        pods: Option<&LabelSelector>,
        listens: Option<&[PolicyPort]>,
    ) {
        let own = &policy.meta.namespace;
        let Some(labels) = pods.map_or_else(|| Some(Labels::new()), labels_for) else { return };
        let would_be_subject = policy.pod_selector.matches(&labels);
        let is_meant = |cast: &Self, member: &Member| {
            let namespace = || cast.namespaces.get(&member.namespace);
            let in_it = |it: &LabelSelector| namespace().is_some_and(|labels| it.matches(labels));
            namespaces.map_or(member.namespace == *own, in_it)
                && pods.is_none_or(|pods| pods.matches(&member.labels))
                && !selects(policy, member)
        };
        if !self.members.iter().any(|member| is_meant(self, member)) {
            let home = match namespaces {
                None => Some(own.clone()).filter(|_| !would_be_subject),
                Some(selector) => self.home(own, selector, would_be_subject),
            };
            // Without a home it would be one of the policy's own pods, and they are there.
            let Some(home) = home else { return };
            self.join(&home, labels);
        }
        let Some(ports) = listens else { return };
        let meant: Vec<_> = self.members.iter().map(|member| is_meant(self, member)).collect();
        for (member, _) in self.members.iter_mut().zip(meant).filter(|(_, meant)| *meant) {
            member.listen(ports);
            member.listen_at_all();
        }
    }

    /// A namespace that the selector selects, best another than the policy's own.
    fn home(&mut self, own: &String, selector: &LabelSelector, not_own: bool) -> Option<String> {
        let is_asked = |name: &String| {
            let asks =
                |it: &Requirement| it.key == NAMESPACE_NAME_LABEL && it.values.contains(name);
            selector.requirements.iter().any(asks)
        };
        // Nobody means the namespaces of the cluster itself without naming them.
        let is_usual = |name: &String| find::initial_namespaces().any(|it| it == *name);
        let all = self.namespaces.iter().filter(|(_, labels)| selector.matches(labels));
        let mut all = all.map(|(name, _)| name).filter(|it| !is_usual(it) || is_asked(it));
        if let Some(other) = all.clone().find(|it| *it != own) {
            return Some(other.clone());
        }
        // Who means all namespaces means more than the own one.
        let suits = |name: &String| !(not_own && name == own);
        let own_suits = all.next().filter(|it| suits(it) && !selector.is_empty()).cloned();
        own_suits.or_else(|| self.invent(selector).filter(suits))
    }

    /// A namespace that the selector selects: a new one, or one that nobody has declared or lives in.
    fn invent(&mut self, selector: &LabelSelector) -> Option<String> {
        let asked = labels_for(selector)?;
        let name = match asked.get(NAMESPACE_NAME_LABEL) {
            Some(name) => name.clone(),
            None => free(&words(&asked, "elsewhere"), |name| self.namespaces.contains_key(name)),
        };
        names::namespace(&name).ok()?;
        let known = self.namespaces.get(&name);
        let mut labels = known.cloned().unwrap_or_else(|| named(&name));
        labels.extend(asked);
        let lives_there = |it: &Member| it.namespace == name;
        let is_settled = self.declared.contains(&name) || self.members.iter().any(lives_there);
        if !selector.matches(&labels) || is_settled && known != Some(&labels) {
            return None;
        }
        self.namespaces.insert(name.clone(), labels);
        Some(name)
    }

    /// Sees to it that there is somebody outside whom the block means.
    pub(super) fn outside(&mut self, block: &IpBlock) {
        if self.addresses.iter().any(|(_, address)| meant_by(block, *address)) {
            return;
        }
        let Some(address) = address_in(block) else { return };
        let is_taken = |name: &str| self.addresses.iter().any(|(taken, _)| taken == name);
        self.addresses.push((free("outside", is_taken), address));
    }

    /// Somebody in the policy's namespace whom no rule means, where nobody was before; to be dialled
    /// in vain by whom the policy keeps in.
    pub(super) fn stranger(&mut self, policy: &NetworkPolicy) {
        let namespace = &policy.meta.namespace;
        let mut here = self.members.iter().filter(|it| it.namespace == *namespace);
        if !here.any(|it| !it.is_new || it.name == STRANGER) {
            self.join_as(namespace, STRANGER, Labels::new());
        }
        let is_it = |it: &&mut Member| it.namespace == *namespace && it.name == STRANGER;
        if let Some(stranger) =
            self.members.iter_mut().find(is_it).filter(|_| policy.isolates_egress)
        {
            stranger.listen_at_all();
        }
    }

    /// Somebody in another namespace, where all are in one.
    pub(super) fn stranger_elsewhere(&mut self) {
        let new = self.members.iter().filter(|it| it.is_new).map(|it| it.namespace.as_str());
        let all: BTreeSet<&str> = new.gather();
        let was_alone = self.members.iter().all(|it| it.is_new || it.namespace == "kube-system");
        if all.len() == 1 && was_alone {
            let name = free("elsewhere", |name| self.namespaces.contains_key(name));
            self.namespaces.insert(name.clone(), named(&name));
            self.join_as(&name, STRANGER, Labels::new());
        }
    }

    fn join(&mut self, namespace: &str, labels: Labels) {
        let name = words(&labels, "pod");
        self.join_as(namespace, &name, labels);
    }

    fn join_as(&mut self, namespace: &str, name: &str, labels: Labels) {
        let is_taken = |name: &str| {
            find::kind_of_node(self.objects, namespace, name).is_some()
                || self.members.iter().any(|it| it.namespace == namespace && it.name == name)
        };
        let name = free(name, is_taken);
        let namespace = namespace.to_owned();
        self.members.push(Member { namespace, name, labels, ports: Vec::new(), is_new: true });
    }

    /// The manifests of those who are to come, with the namespaces that they need.
    pub(super) fn manifests(&self) -> Vec<String> {
        let new = || self.members.iter().filter(|member| member.is_new);
        let needed: BTreeSet<&String> = new().map(|member| &member.namespace).gather();
        let namespaces =
            needed.into_iter().filter(|name| !self.declared.contains(*name)).map(|name| {
                let mut labels = self.namespaces.get(name).cloned().unwrap_or_default();
                labels.remove(NAMESPACE_NAME_LABEL);
                create::namespace(name, &labels)
            });
        let pods = new().map(|Member { namespace, name, labels, ports, .. }| {
            create::pod(namespace, name, labels, ports)
        });
        let addresses = self.addresses[self.known_addresses..].iter();
        let addresses =
            addresses.map(|(name, address)| create::external(name, &[address.to_string()]));
        namespaces.chain(pods).chain(addresses).collect()
    }
}

impl Member {
    /// Listens on some port, if it is to come.
    fn listen_at_all(&mut self) {
        if self.is_new && self.ports.is_empty() {
            self.ports.push(PortView { number: USUAL_PORT, protocol: Protocol::Tcp, name: None });
        }
    }

    /// Listens on the ports too, if it is to come.
    fn listen<'p>(&mut self, ports: impl IntoIterator<Item = &'p PolicyPort>) {
        for port in ports {
            let protocol = Protocol::from(port.protocol);
            let taken =
                |number| self.ports.iter().any(|it| (it.number, it.protocol) == (number, protocol));
            let (number, name) = match &port.port {
                None => (USUAL_PORT, None),
                Some(PortRef::Number(number)) => (*number, None),
                Some(PortRef::Name(name))
                    if self.ports.iter().any(|it| it.name.as_ref() == Some(name)) =>
                {
                    continue;
                }
                Some(PortRef::Name(name)) => {
                    let Some(number) = (NAMED_PORTS..=u16::MAX).find(|number| !taken(*number))
                    else {
                        continue;
                    };
                    (number, Some(name.clone()))
                }
            };
            if self.is_new && !taken(number) {
                self.ports.push(PortView { number, protocol, name });
            }
        }
    }
}

fn selects(policy: &NetworkPolicy, member: &Member) -> bool {
    member.namespace == policy.meta.namespace && policy.pod_selector.matches(&member.labels)
}

/// The label that a namespace of that name always has.
fn named(namespace: &str) -> Labels {
    Labels::from([(NAMESPACE_NAME_LABEL.to_owned(), namespace.to_owned())])
}

/// A name that people recognise: the values of the labels, or their keys where the value says nothing.
fn words(labels: &Labels, otherwise: &str) -> String {
    let word = |(key, value): (&String, &String)| {
        let last = key.rsplit('/').next().unwrap_or_default();
        if YES.contains(&value.as_str()) { last.to_owned() } else { value.clone() }
    };
    let text = labels.iter().map(word).collect::<Vec<_>>().join("-").to_lowercase();
    let allowed = text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let mut name = allowed.collect::<Vec<_>>().join("-");
    // Names of namespaces have at most 63 bytes, and a number may follow.
    name.truncate(50);
    let name = name.trim_end_matches('-');
    if name.is_empty() { otherwise.to_owned() } else { name.to_owned() }
}

/// The name, with a number where it is taken.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}
