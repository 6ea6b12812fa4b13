//! Who can talk to whom, by the letter of the API's documentation: the slow and obvious way.
//!
//! Everything is read from the manifests again, as plain JSON; of the engine only the addresses
//! are taken that it gives to pods without one. Where Kubernetes leaves a choice to network
//! plugins, every combination of choices is judged, and the verdict is
//! `implementation-defined` if they do not all agree.

mod cluster;
mod rules;

use std::collections::BTreeSet;
use std::net::IpAddr;

use netpol::view::{Protocol, Verdict};

pub(super) use cluster::{Addresses, Model};
use cluster::{Behind, Dialled, Pod, Target, namespace, word};
pub(super) use rules::{is_refused, types};

/// What plugins may choose, in the order of the generator's options.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one yes or no of the documentation")]
struct Choice {
    blocks_match_pods: bool,
    blocks_match_nodes: bool,
    host_network_is_pod: bool,
    hairpin_allowed: bool,
    own_node_allowed: bool,
    icmp_allowed: bool,
    /// Not a choice: whether an address that nobody knows is in the blocks that do not hold all.
    unknown_is_in_blocks: bool,
}

impl Choice {
    /// All that agree with the options that are set.
    fn all(options: [Option<bool>; 7]) -> impl Iterator<Item = Self> {
        let [pods, nodes, host, hairpin, own, _, icmp] = options;
        let options = [pods, nodes, host, hairpin, own, icmp, Some(false)];
        (0..128_u8).filter_map(move |bits| {
            let chosen: [bool; 7] = std::array::from_fn(|bit| bits >> bit & 1 == 1);
            let agrees =
                options.iter().zip(chosen).all(|(set, it)| set.is_none_or(|set| set == it));
            let [pods, nodes, host, hairpin, own, icmp, unknown_is_in_blocks] = chosen;
            agrees.then_some(Self {
                blocks_match_pods: pods,
                blocks_match_nodes: nodes,
                host_network_is_pod: host,
                hairpin_allowed: hairpin,
                own_node_allowed: own,
                icmp_allowed: icmp,
                unknown_is_in_blocks,
            })
        })
    }
}

/// Somebody who may connect: a pod, or an outside address.
#[derive(Clone, Debug)]
struct Member {
    pod: Option<usize>,
    addresses: Vec<IpAddr>,
}

impl Member {
    fn is(&self, other: &Self) -> bool {
        self.pod == other.pod && (self.pod.is_some() || self.addresses == other.addresses)
    }

    /// As somebody sees it who dials an address of that family.
    fn dialled_at(&self, address: Option<IpAddr>) -> Self {
        let is_meant = |it: &&IpAddr| address.is_none_or(|at| at.is_ipv4() == it.is_ipv4());
        let meant: Vec<IpAddr> = self.addresses.iter().filter(is_meant).copied().collect();
        let addresses = if meant.is_empty() { self.addresses.clone() } else { meant };
        Self { pod: self.pod, addresses }
    }
}

/// One end of one connection.
#[derive(Clone, Copy)]
struct End<'a> {
    pod: Option<&'a Pod>,
    address: IpAddr,
    /// The node that the address belongs to.
    node: Option<&'a str>,
    /// Whether the address is not known, but for its family.
    unknown: bool,
    /// Whether it is the node of the pod at the other end, whichever that is.
    own_node: bool,
}

/// A connection between two ends.
#[derive(Clone, Copy)]
struct Connection<'a> {
    from: End<'a>,
    to: End<'a>,
    port: u16,
    protocol: Protocol,
    /// Whether it is one pod on both ends, and how it got there.
    itself: Option<Itself>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Itself {
    Directly,
    ViaService,
}

/// The node whose port was dialled, and the address if it was written.
#[derive(Clone, Copy, Default)]
struct Entry<'a> {
    node: Option<&'a str>,
    address: Option<IpAddr>,
}

impl Model {
    /// The verdict about a connection; `None` if one of the names means nothing.
    pub(super) fn verdict(
        &self,
        from: &str,
        to: &str,
        port: u16,
        protocol: Protocol,
    ) -> Option<Verdict> {
        let senders = self.members(from)?;
        if let Some(service) = to.strip_prefix("service:") {
            return Some(self.to_service(&senders, service, port, protocol, Entry::default()));
        }
        let receivers = self.members(to)?;
        if let [Member { pod: None, addresses }] = receivers.as_slice()
            && addresses.iter().any(|it| self.node_at(*it).is_some())
            && let Some(service) = self.on_nodes(port, protocol)
        {
            let service =
                format!("{}/{}", namespace(service), word(&service["metadata"], "name", ""));
            let entry = Entry {
                node: addresses.iter().find_map(|it| self.node_at(*it)),
                address: to.parse().ok(),
            };
            return Some(self.to_service(&senders, &service, port, protocol, entry));
        }
        let all = |itself: bool| {
            let pairs = senders.iter().flat_map(|from| receivers.iter().map(move |to| (from, to)));
            pairs
                .filter(|(from, to)| from.is(to) == itself)
                .flat_map(|(from, to)| self.pair(from, to, port, protocol, false))
                .collect::<BTreeSet<_>>()
        };
        // A pod of a workload to itself only where there is no other.
        let others = all(false);
        Some(combined(if others.is_empty() { all(true) } else { others }))
    }

    /// Whether both are names of one pod.
    pub(super) fn is_same_pod(&self, from: &str, to: &str) -> bool {
        let pod = |name| self.members(name)?.first()?.pod;
        pod(from).is_some() && pod(from) == pod(to)
    }

    /// Of all ordered pairs of different pods: how many connect on one of the ports.
    pub(super) fn connected_pairs(&self, ports: &BTreeSet<(u16, Protocol)>) -> usize {
        let pods = || (0..self.pods.len()).map(|pod| self.member(pod));
        let pairs = pods().flat_map(|from| pods().map(move |to| (from.clone(), to)));
        let connects = |from: &Member, to: &Member| {
            ports.iter().any(|(port, protocol)| {
                self.pair(from, to, *port, *protocol, false).contains(&Verdict::Allowed)
            })
        };
        pairs.filter(|(from, to)| !from.is(to) && connects(from, to)).count()
    }

    /// Ordered pairs of different pods that can talk.
    pub(super) fn pairs(&self) -> usize {
        let talking = self.pods.iter().filter(|pod| !pod.silent).count();
        talking * talking.saturating_sub(1)
    }

    fn node_at(&self, address: IpAddr) -> Option<&str> {
        let node = self.nodes.iter().find(|(_, addresses)| addresses.contains(&address))?;
        Some(&node.0)
    }

    /// The node of a sender, if that is known.
    fn node_of(&self, member: &Member) -> Option<&str> {
        match member.pod {
            Some(pod) => self.pods[pod].node.as_deref(),
            None => member.addresses.iter().find_map(|it| self.node_at(*it)),
        }
    }

    fn to_service(
        &self,
        senders: &[Member],
        name: &str,
        port: u16,
        protocol: Protocol,
        Entry { node: entry, address }: Entry<'_>,
    ) -> Verdict {
        let outside = |it: &Member| it.pod.is_none() && self.node_of(it).is_none();
        let from_outside = senders.iter().any(outside);
        let dialled = Dialled { port, protocol, from_outside: from_outside || entry.is_some() };
        let mut verdicts = BTreeSet::new();
        for from in senders {
            match self.behind(name, dialled) {
                Behind::Nothing => {}
                Behind::Outside(receivers) => {
                    verdicts.extend(self.pair(from, &receivers[0], port, protocol, false));
                }
                Behind::Unknown => verdicts.extend(self.to_unknown(from, port, protocol)),
                Behind::Endpoints(service, targets) => {
                    let policy = if from_outside {
                        "externalTrafficPolicy"
                    } else {
                        "internalTrafficPolicy"
                    };
                    let own = if from_outside { entry } else { self.node_of(from) };
                    let is_far = |it: &Target| {
                        service["spec"][policy] == "Local"
                            && own.zip(it.node.as_deref()).is_some_and(|(a, b)| a != b)
                    };
                    if !targets.is_empty() && targets.iter().all(is_far) {
                        verdicts.insert(Verdict::NotApplicable);
                    }
                    for Target { to, port, .. } in targets.iter().filter(|it| !is_far(it)) {
                        let to = &to.dialled_at(address);
                        let through = service["spec"]["type"] == "NodePort"
                            || service["spec"]["type"] == "LoadBalancer";
                        let local = service["spec"]["externalTrafficPolicy"] == "Local";
                        if through && from_outside && !local && to.pod.is_some() {
                            verdicts.extend(self.through_node(from, to, *port, protocol, entry));
                        } else {
                            verdicts.extend(self.pair(from, to, *port, protocol, true));
                        }
                    }
                }
            }
        }
        combined(verdicts)
    }

    /// From outside through a node: policies see the client, or the node where it came in.
    fn through_node(
        &self,
        from: &Member,
        to: &Member,
        port: u16,
        protocol: Protocol,
        entry: Option<&str>,
    ) -> BTreeSet<Verdict> {
        let preserved = self.options[5];
        let judge = |(source, destination): (IpAddr, IpAddr)| {
            let to = self.end(to, destination);
            let mut verdicts = Vec::new();
            let mut see = |from| {
                verdicts.push(self.judge(Connection { from, to, port, protocol, itself: None }));
            };
            let client = self.end(from, source);
            if preserved != Some(false) {
                see(client);
            }
            if preserved != Some(true) {
                for (name, addresses) in &self.nodes {
                    let node = Some(name.as_str());
                    let address = addresses.iter().find(|it| it.is_ipv4() == source.is_ipv4());
                    if entry.is_none_or(|entry| entry == name) {
                        see(End { node, address: *address.unwrap(), ..client });
                    }
                }
                if entry.is_none() {
                    see(End { own_node: true, ..client });
                }
            }
            match combined(verdicts) {
                Verdict::Mixed if preserved.is_none() => Verdict::ImplementationDefined,
                verdict => verdict,
            }
        };
        families(&from.addresses, &to.addresses).into_iter().map(judge).collect()
    }

    /// To a name outside the cluster, whose address would have to be known where it matters.
    fn to_unknown(&self, from: &Member, port: u16, protocol: Protocol) -> BTreeSet<Verdict> {
        let silent = from.pod.is_none_or(|pod| self.pods[pod].silent);
        if silent {
            return [Verdict::NotApplicable].into();
        }
        let judge = |address: &IpAddr| {
            let from = self.end(from, *address);
            let to = End { pod: None, node: None, unknown: true, ..from };
            let connection = Connection { from, to, port, protocol, itself: None };
            let hinges = Choice::all(self.options).any(|choice| {
                let known = Choice { unknown_is_in_blocks: true, ..choice };
                self.may_leave(choice, connection) != self.may_leave(known, connection)
            });
            if hinges { Verdict::NotApplicable } else { self.judge(connection) }
        };
        from.addresses.iter().map(judge).collect()
    }

    /// The verdicts over the address families that both have.
    fn pair(
        &self,
        from: &Member,
        to: &Member,
        port: u16,
        protocol: Protocol,
        via_service: bool,
    ) -> BTreeSet<Verdict> {
        let silent = |member: &Member| member.pod.is_some_and(|pod| self.pods[pod].silent);
        if silent(from) || silent(to) || (from.pod.is_none() && to.pod.is_none()) {
            return [Verdict::NotApplicable].into();
        }
        let itself = (from.pod.is_some() && from.pod == to.pod).then_some(if via_service {
            Itself::ViaService
        } else {
            Itself::Directly
        });
        let judge = |(source, destination)| {
            let from = self.end(from, source);
            let to = self.end(to, destination);
            self.judge(Connection { from, to, port, protocol, itself })
        };
        families(&from.addresses, &to.addresses).into_iter().map(judge).collect()
    }

    fn end(&self, member: &Member, address: IpAddr) -> End<'_> {
        let pod = member.pod.map(|pod| &self.pods[pod]);
        let of_node = || {
            let node = self.nodes.iter().find(|(_, addresses)| addresses.contains(&address));
            node.map(|(name, _)| name.as_str())
        };
        let node = match pod {
            Some(pod) => pod.node.as_deref().filter(|_| pod.host_network),
            None => of_node(),
        };
        End { pod, address, node, unknown: false, own_node: false }
    }

    fn judge(&self, connection: Connection<'_>) -> Verdict {
        let mut options = self.options;
        if connection.protocol != Protocol::Icmp {
            options[6] = Some(false);
        }
        let mut choices = Choice::all(options);
        let passes = |choice: Choice| match connection.itself {
            Some(Itself::Directly) => true,
            Some(Itself::ViaService) if choice.hairpin_allowed => true,
            _ => self.may_leave(choice, connection) && self.may_enter(choice, connection),
        };
        let first = choices.next().map(passes);
        match first {
            Some(first) if choices.any(|choice| passes(choice) != first) => {
                Verdict::ImplementationDefined
            }
            Some(true) => Verdict::Allowed,
            _ => Verdict::Denied,
        }
    }

    fn may_leave(&self, choice: Choice, connection: Connection<'_>) -> bool {
        let Some(pod) = connection.from.pod.filter(|pod| pod.is_selectable(choice)) else {
            return true;
        };
        let to_node = connection.itself.is_none() && is_on_own_node(pod, connection.to);
        choice.own_node_allowed && to_node
            || choice.icmp_allowed && connection.protocol == Protocol::Icmp
            || self.admits(choice, "Egress", pod, connection.to, connection)
    }

    fn may_enter(&self, choice: Choice, connection: Connection<'_>) -> bool {
        let Some(pod) = connection.to.pod.filter(|pod| pod.is_selectable(choice)) else {
            return true;
        };
        connection.itself.is_none() && is_on_own_node(pod, connection.from)
            || choice.icmp_allowed && connection.protocol == Protocol::Icmp
            || self.admits(choice, "Ingress", pod, connection.from, connection)
    }
}

impl Pod {
    fn is_selectable(&self, choice: Choice) -> bool {
        !self.host_network || choice.host_network_is_pod
    }
}

/// Whether the other end is the pod's node, or shares its network.
fn is_on_own_node(pod: &Pod, other: End<'_>) -> bool {
    other.own_node || other.node.is_some() && other.node == pod.node.as_deref()
}

/// Pairs of addresses of one family; if there is none, the first of each.
fn families(from: &[IpAddr], to: &[IpAddr]) -> Vec<(IpAddr, IpAddr)> {
    let mut pairs = Vec::new();
    for v4 in [true, false] {
        let of = |list: &[IpAddr]| list.iter().copied().find(|address| address.is_ipv4() == v4);
        pairs.extend(of(from).zip(of(to)));
    }
    if pairs.is_empty() {
        pairs.extend(from.first().copied().zip(to.first().copied()));
    }
    pairs
}

/// What all say, if they say the same.
fn combined(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let verdicts: BTreeSet<Verdict> = verdicts.into_iter().collect();
    match verdicts.first() {
        None => Verdict::NotApplicable,
        Some(only) if verdicts.len() == 1 => *only,
        Some(_) => Verdict::Mixed,
    }
}
