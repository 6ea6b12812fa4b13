//! Everyone who can take part in a connection: pods, those of a workload together, and named
//! outside addresses.

use netpol_eval::{
    Answer, ExternalId, GroupId, GroupKind, IdentityId, Reachability, Receivers, World,
};
use netpol_model::{Direction as Way, EndpointName, PortRef, Protocol};
use netpol_sort::Sort;

use crate::connect::{Stops, combined, stopping, verdict};
use crate::endpoint::external_name;
use crate::view::Verdict;

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartyKind {
    /// A pod or workload.
    Group(GroupId),
    /// A named outside address.
    External(ExternalId),
}

/// One who can take part in a connection.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// As connections name it.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: PartyKind,
    /// The group that its pods are of; `None`: it is no pod.
    group: Option<GroupId>,
    /// Its classes of members that nothing can tell apart, each with its number of members.
    identities: Vec<(IdentityId, usize)>,
}

/// A verdict, and the sides that stop the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PairVerdict {
    /// What becomes of it.
    pub(crate) verdict: Verdict,
    /// Empty unless denied.
    pub(crate) stops_at: Stops,
}

/// All parties, sorted by name, pods before outside addresses. The DNS pods that nobody declared
/// are among them only if an expectation names them.
pub(crate) fn parties(world: &World, reachability: &Reachability) -> Vec<Party> {
    let groups = (0..world.groups().len() as u32)
        .map(GroupId)
        .filter(|id| is_shown(world, *id))
        .map(|id| group_party(world, reachability, id));
    let externals = (0..world.objects().externals.len() as u32).map(ExternalId).map(|id| {
        let pod = world.pod_of(id);
        let identity = match pod {
            Some(pod) => reachability.of_pod(pod),
            None => reachability.of_external(id),
        };
        Party {
            id: external_name(world, id),
            kind: PartyKind::External(id),
            group: pod.map(|pod| world.pod(pod).group),
            identities: identity.into_iter().map(|id| (id, 1)).collect(),
        }
    });
    let mut externals: Vec<Party> = externals.collect();
    externals.arrange_by(|a, b| a.id.cmp(&b.id));
    groups.chain(externals).collect()
}

fn group_party(world: &World, reachability: &Reachability, id: GroupId) -> Party {
    let mut identities: Vec<(IdentityId, usize)> = Vec::new();
    for identity in world.group(id).pods.iter().filter_map(|pod| reachability.of_pod(*pod)) {
        match identities.iter_mut().find(|(known, _)| *known == identity) {
            Some((_, count)) => *count += 1,
            None => identities.push((identity, 1)),
        }
    }
    let (kind, group) = (PartyKind::Group(id), Some(id));
    Party { id: world.group_name(id), kind, group, identities }
}

/// Whether lists and pictures show a group that nobody may have asked for.
pub(crate) fn is_shown(world: &World, id: GroupId) -> bool {
    let group = world.group(id);
    if group.kind != GroupKind::ImpliedDns {
        return true;
    }
    let namespace = &world.namespace(group.namespace).name;
    let names_it = |name: &EndpointName| {
        matches!(name, EndpointName::Pod { namespace: ns, name }
            if ns == namespace && *name == group.name)
    };
    let expectations = &world.objects().expectations;
    expectations.iter().flat_map(|e| &e.connections).any(|c| names_it(&c.from) || names_it(&c.to))
}

impl Party {
    /// Takes in the members of another one.
    pub(crate) fn absorb(&mut self, other: Self) {
        for (identity, members) in other.identities {
            match self.identities.iter_mut().find(|(known, _)| *known == identity) {
                Some((_, count)) => *count += members,
                None => self.identities.push((identity, members)),
            }
        }
    }

    /// The identities of its members, sorted.
    pub(crate) fn identity_ids(&self) -> Vec<IdentityId> {
        let mut ids: Vec<IdentityId> = self.identities.iter().map(|(id, _)| *id).collect();
        ids.arrange();
        ids
    }

    /// Whether it has no members that take part in traffic.
    pub(crate) fn is_nobody(&self) -> bool {
        self.identities.is_empty()
    }

    /// Whether it is outside the cluster.
    pub(crate) fn is_outside(&self) -> bool {
        matches!(self.kind, PartyKind::External(_))
    }

    /// The identity of all members with their number, if they are of one.
    pub(crate) fn only_identity(&self) -> Option<(IdentityId, usize)> {
        match self.identities.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The ports that its pods declare, each once, sorted.
    pub(crate) fn declared_ports(&self, world: &World) -> Vec<(Protocol, u16)> {
        let PartyKind::Group(id) = self.kind else { return Vec::new() };
        let ports = &world.group_template(id).ports;
        let mut ports: Vec<(Protocol, u16)> =
            ports.iter().map(|port| (port.protocol, port.number)).collect();
        ports.arrange();
        ports.dedup();
        ports
    }

    /// The number of a port here.
    pub(crate) fn port_number(
        &self,
        world: &World,
        port: &PortRef,
        protocol: Protocol,
    ) -> Option<u16> {
        match (port, self.kind) {
            (PortRef::Number(number), _) => Some(*number),
            (PortRef::Name(name), PartyKind::Group(id)) => world
                .group_template(id)
                .ports
                .iter()
                .find(|port| port.protocol == protocol && port.name.as_deref() == Some(name))
                .map(|port| port.number),
            (PortRef::Name(_), PartyKind::External(_)) => None,
        }
    }

    /// The pairs of classes that a connection between two different members can be of; none for a
    /// pod with itself, and between outside addresses.
    fn pairs<'a>(
        &'a self,
        to: &'a Self,
    ) -> impl Iterator<Item = (IdentityId, IdentityId)> + use<'a> {
        let judged = self.group.is_some() || to.group.is_some();
        let same = judged && self.group == to.group;
        let senders = self.identities.iter().filter(move |_| judged);
        senders.flat_map(move |(from, _)| {
            let receivers = to.identities.iter();
            receivers
                .filter(move |(to, members)| !(same && *members == 1 && to == from))
                .map(move |(to, _)| (*from, *to))
        })
    }

    /// Whether there is anything to judge between two parties.
    pub(crate) fn can_meet(&self, to: &Self) -> bool {
        self.pairs(to).next().is_some()
    }

    /// What becomes of a connection.
    pub(crate) fn connect(
        &self,
        reachability: &Reachability,
        to: &Self,
        protocol: Protocol,
        port: u16,
    ) -> PairVerdict {
        let verdicts = self.pairs(to).map(|(from, to)| {
            let answer = reachability.connects(from, to, protocol, port);
            answer.map_or(Verdict::Mixed, verdict)
        });
        let verdict = combined(verdicts);
        let strictest = |way| {
            let sides = self
                .pairs(to)
                .filter_map(|(from, to)| reachability.side(way, from, to, protocol, port));
            sides.min().unwrap_or(Answer::Yes)
        };
        let stops_at = match verdict {
            Verdict::Denied => stopping(strictest(Way::Egress), strictest(Way::Ingress)),
            _ => Stops::default(),
        };
        PairVerdict { verdict, stops_at }
    }

    /// Those whom a connection may reach, however open questions are read.
    pub(crate) fn receivers<'a>(
        &self,
        reachability: &Reachability,
        parties: &'a [Self],
    ) -> impl Iterator<Item = &'a Self> + use<'a> {
        let may_reach = self.may_reach(reachability);
        parties.iter().filter(move |to| may_reach(to))
    }

    /// Whether a connection may reach one, however open questions are read.
    pub(crate) fn may_reach(&self, reachability: &Reachability) -> impl Fn(&Self) -> bool + use<> {
        let sets: Vec<Receivers> =
            self.identities.iter().map(|(from, _)| reachability.receivers(*from)).collect();
        move |to| to.identities.iter().any(|(to, _)| sets.iter().any(|set| set.contains(*to)))
    }

    /// The ports on which two parties connect, and the verdict about them; `None`: none.
    pub(crate) fn ports(
        &self,
        reachability: &Reachability,
        to: &Self,
    ) -> Option<(Verdict, Vec<netpol_eval::PortRange>)> {
        for (answer, word) in
            [(Answer::Yes, Verdict::Allowed), (Answer::Depends, Verdict::ImplementationDefined)]
        {
            let ports = |(from, to)| reachability.ports_by_family(from, to, answer);
            let mut all: Vec<Vec<netpol_eval::PortRange>> =
                self.pairs(to).flat_map(ports).collect();
            all.dedup();
            match all.as_slice() {
                [] => return None,
                [only] if only.is_empty() => {}
                [only] => return Some((word, only.clone())),
                _ => return Some((Verdict::Mixed, union(all.concat()))),
            }
        }
        None
    }
}

/// Ranges that overlap or touch, merged.
fn union(mut ranges: Vec<netpol_eval::PortRange>) -> Vec<netpol_eval::PortRange> {
    ranges.arrange();
    ranges.dedup_by(|next, range| {
        let joined = range.protocol == next.protocol
            && range.last.checked_add(1).is_none_or(|behind| next.first <= behind);
        if joined {
            range.last = range.last.max(next.last);
        }
        joined
    });
    ranges
}

/// `TCP/80`, `TCP/1000-2000`, `UDP/*`
pub(crate) fn range_text(range: netpol_eval::PortRange) -> String {
    let protocol = range.protocol;
    if range == netpol_eval::PortRange::whole(protocol) {
        format!("{protocol}/*")
    } else if range.first == range.last {
        format!("{protocol}/{}", range.first)
    } else {
        format!("{protocol}/{}-{}", range.first, range.last)
    }
}
