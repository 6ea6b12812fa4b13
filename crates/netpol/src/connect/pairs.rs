//! Pairs of ends, of which nothing can be told apart only one, over the address families that both
//! have.

use std::collections::BTreeSet;
use std::net::IpAddr;

use netpol_eval::{Connection, Found, IdentityId, PodId, Traffic, World, trace};
use netpol_model::{Families, PortRef, Protocol};

use super::seen::{Entrance, SeenAs, joint};
use super::{Dialled, Judged, LazyReachability, Path, Paths, Written, end, silent};
use crate::endpoint::EndRef;
use crate::view::{Section, Verdict};

/// What is the same for all connections that a question can mean.
pub(super) struct Connecting<'a, 'r> {
    pub(super) world: &'a World,
    pub(super) reachability: &'a LazyReachability<'r>,
    pub(super) written: Written,
}

/// How a connection arrives.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    pub(super) traffic: Traffic,
    /// Through which Service, if through one.
    pub(super) entrance: Option<Entrance>,
}

impl Connecting<'_, '_> {
    pub(super) fn senders(&self, from: &Found) -> Result<Vec<EndRef>, String> {
        match from {
            Found::Service(id) => Err(format!(
                "Service `{}` cannot open connections: ask about one of its pods",
                self.world.service(*id).meta.name
            )),
            other => self.ends(other),
        }
    }

    /// The ends that a name stands for.
    pub(super) fn ends(&self, found: &Found) -> Result<Vec<EndRef>, String> {
        Ok(match found {
            Found::Pod(pod) => vec![EndRef::Pod(*pod)],
            Found::External(id) => {
                vec![self.world.pod_of(*id).map_or(EndRef::External(*id), EndRef::Pod)]
            }
            Found::Address(address) => vec![EndRef::Address(*address)],
            Found::Groups(groups) => {
                let pods: Vec<EndRef> = groups
                    .iter()
                    .flat_map(|group| &self.world.group(*group).pods)
                    .map(|pod| EndRef::Pod(*pod))
                    .collect();
                if pods.is_empty() {
                    return Err("the workload asks for no pods".to_owned());
                }
                pods
            }
            Found::Service(_) => Vec::new(),
        })
    }

    pub(super) fn to_receivers(
        &self,
        senders: &[EndRef],
        receivers: &[EndRef],
        dialled: &Dialled,
    ) -> Paths {
        let mut paths = Paths::default();
        for (from, to) in self.pairs(senders, receivers, Nodes::DoNotMatter) {
            let to = behind_loopback(from, to);
            let traffic = match (dialled, to) {
                (Dialled::Ping, _) => Ok(Traffic::Ping),
                (Dialled::Port(PortRef::Number(number), protocol), _) => {
                    Ok(Traffic::Port(*protocol, *number))
                }
                (Dialled::Port(PortRef::Name(name), protocol), EndRef::Pod(pod)) => self
                    .world
                    .port_number(pod, name, *protocol)
                    .map(|number| Traffic::Port(*protocol, number))
                    .ok_or_else(|| self.no_such_port(pod, name, *protocol)),
                (Dialled::Port(PortRef::Name(name), _), _) => {
                    Err(format!("only pods and services have port names, `{name}` is one"))
                }
            };
            let arrival = traffic.map(|traffic| Arrival { traffic, entrance: None });
            self.judge(&mut paths.all, from, to, arrival);
        }
        paths
    }

    /// Pairs to ask about, one for each pair of classes that nothing can tell apart. Somebody to
    /// itself only where there is nobody else.
    pub(super) fn pairs(
        &self,
        senders: &[EndRef],
        receivers: &[EndRef],
        nodes: Nodes,
    ) -> Vec<(EndRef, EndRef)> {
        let single = senders.len() == 1 && receivers.len() == 1;
        if single {
            return vec![(senders[0], receivers[0])];
        }
        let mut seen: BTreeSet<(Class, Class)> = BTreeSet::new();
        let mut pairs = Vec::new();
        for from in self.representatives(senders, nodes) {
            for to in receivers.iter().filter(|to| **to != from) {
                if seen.insert((self.class(from, nodes), self.class(*to, nodes))) {
                    pairs.push((from, *to));
                }
            }
        }
        if pairs.is_empty() {
            pairs.extend(senders.iter().filter(|end| receivers.contains(end)).map(|e| (*e, *e)));
        }
        pairs
    }

    fn representatives(&self, ends: &[EndRef], nodes: Nodes) -> Vec<EndRef> {
        let mut seen = BTreeSet::new();
        ends.iter().copied().filter(|end| seen.insert(self.class(*end, nodes))).collect()
    }

    fn class(&self, end: EndRef, nodes: Nodes) -> Class {
        let EndRef::Pod(pod) = end else { return Class::Other(end) };
        let Some(identity) = (self.reachability)().of_pod(pod) else { return Class::Silent(pod) };
        let node = || self.world.template(self.world.pod(pod)).node_name.clone();
        Class::Identity(identity, if nodes == Nodes::Matter { node() } else { None })
    }

    /// Judges one pair over every address family that both have.
    pub(super) fn judge(
        &self,
        paths: &mut Vec<Path>,
        from: EndRef,
        to: EndRef,
        arrival: Result<Arrival, String>,
    ) {
        let world = self.world;
        if let Some(reason) = [from, to].into_iter().find_map(|end| self.silent(end)) {
            return paths.push(nothing(from, to, reason, Section::Lifecycle));
        }
        if !matches!(from, EndRef::Pod(_)) && !matches!(to, EndRef::Pod(_)) {
            let reason = "no pod is involved: policies only speak of pods".to_owned();
            return paths.push(nothing(from, to, reason, Section::Verdicts));
        }
        let Arrival { traffic, entrance } = match arrival {
            Ok(arrival) => arrival,
            Err(reason) => return paths.push(nothing(from, to, reason, Section::Ports)),
        };
        let mut known = Vec::new();
        let Written { from: sender, to: mut receiver } = self.written;
        if let (Families::Both, Some(entrance)) = (receiver, entrance) {
            receiver = entrance.families;
        }
        let senders = addresses_of(world, from, sender);
        let receivers = addresses_of(world, to, receiver);
        for (source, destination) in address_pairs(senders, receivers) {
            let (own, other) = (end(from, source), end(to, destination));
            let seen = match (entrance, to) {
                (Some(entrance), EndRef::Pod(pod)) => entrance.senders(world, own, pod),
                _ => vec![(SeenAs::Itself, own)],
            };
            let via_service = entrance.is_some();
            let mut judged: Vec<(SeenAs, Judged)> = Vec::new();
            for (seen_as, from) in seen {
                let connection = Connection { from, to: other, traffic, via_service };
                let trace = trace(world, &connection);
                // The same from two other nodes is said once.
                let is_new = judged
                    .iter()
                    .all(|(known, it)| *known != seen_as || it.trace.passes() != trace.passes());
                if is_new {
                    judged.push((seen_as, Judged { connection, trace }));
                }
            }
            let verdicts: Vec<Verdict> = judged.iter().map(|(_, it)| it.verdict()).collect();
            let joint = joint(world.options(), &verdicts);
            let mut prospects: Vec<_> = judged.iter().map(|(_, it)| it.prospects(world)).collect();
            prospects.dedup();
            if prospects.len() == 1 {
                judged.truncate(1);
            }
            // The second family is worth telling only where it differs, or would.
            if !known.contains(&prospects) {
                known.push(prospects);
                let path = |(seen_as, judged)| Path {
                    from,
                    to,
                    port: traffic.port(),
                    seen_as,
                    judged: Ok(judged),
                    nothing: None,
                    joint,
                };
                paths.extend(judged.into_iter().map(path));
            }
        }
    }

    fn silent(&self, end: EndRef) -> Option<String> {
        let EndRef::Pod(pod) = end else { return None };
        silent(self.world, pod)
    }

    fn no_such_port(&self, pod: PodId, name: &str, protocol: Protocol) -> String {
        let pod = self.world.pod_name(pod);
        format!("{pod} declares no {protocol} port for the name `{name}`")
    }
}

/// A pair about which there is nothing to judge.
pub(super) fn nothing(from: EndRef, to: EndRef, reason: String, section: Section) -> Path {
    Path {
        from,
        to,
        port: None,
        seen_as: SeenAs::Itself,
        judged: Err(reason),
        nothing: Some(section),
        joint: Verdict::NotApplicable,
    }
}

/// Whether it matters on which nodes pods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nodes {
    Matter,
    DoNotMatter,
}

/// Ends that nothing can tell apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Identity(IdentityId, Option<String>),
    Silent(PodId),
    Other(EndRef),
}

/// A pod's loopback addresses are the pod itself.
fn behind_loopback(from: EndRef, to: EndRef) -> EndRef {
    match (from, to) {
        (EndRef::Pod(_), EndRef::Address(address)) if address.is_loopback() => from,
        _ => to,
    }
}

/// The addresses of an end that are of some families; if none is, all of them.
fn addresses_of(world: &World, end: EndRef, families: Families) -> Vec<IpAddr> {
    let all = end.addresses(world);
    let meant: Vec<IpAddr> = all.iter().copied().filter(|it| families.contain(*it)).collect();
    if meant.is_empty() { all } else { meant }
}

/// Pairs of addresses of one family; if there is none, the first of each. An end whose address is
/// not known has those of the other one.
fn address_pairs(mut from: Vec<IpAddr>, mut to: Vec<IpAddr>) -> Vec<(IpAddr, IpAddr)> {
    if from.is_empty() {
        from.clone_from(&to);
    }
    if to.is_empty() {
        to.clone_from(&from);
    }
    let same: Vec<(IpAddr, IpAddr)> = [true, false]
        .into_iter()
        .filter_map(|v4| {
            let of = |addresses: &[IpAddr]| addresses.iter().copied().find(|a| a.is_ipv4() == v4);
            Some((of(&from)?, of(&to)?))
        })
        .collect();
    if same.is_empty() {
        return from.first().copied().zip(to.first().copied()).into_iter().collect();
    }
    same
}
