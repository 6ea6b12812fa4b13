//! Who reaches whom, with the world outside cut into ranges of addresses, as np-guard's
//! netpol-analyzer lists it.
//!
//! Each range is judged by an address that stands for it, in a world to which these addresses are
//! added: what blocks, pods and nodes mean is decided where every other verdict is.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{ExternalId, Found, GroupId, GroupKind, PortRange, Reachability, World};
use netpol_model::{Direction, External, Labels, Meta};
use netpol_sort::{Gather, Sort};
use netpol_syntax::Span;

use crate::connect::port_ref;
use crate::endpoint;
use crate::outside::{AddressRange, Cuts};
use crate::party::{Party, PartyKind, parties, range_text};
use crate::table::transport;
use crate::view::{Connection, Connectivity, Peer, QueryError, ReachQuery, Verdict};

/// Everything that is allowed for certain.
pub(crate) fn connectivity(world: &World, query: &ReachQuery) -> Result<Connectivity, QueryError> {
    let map = Map::of(world, &Cutting::of(world));
    let rows = map.rows(query)?;
    Ok(map.view(rows))
}

/// Where the addresses outside are cut: blocks of ingress rules cut senders, blocks of egress rules
/// receivers.
#[derive(Clone, Debug)]
pub(crate) struct Cutting {
    senders: Cuts,
    receivers: Cuts,
}

impl Cutting {
    pub(crate) fn of(world: &World) -> Self {
        Self {
            senders: Cuts::of(world, Direction::Ingress),
            receivers: Cuts::of(world, Direction::Egress),
        }
    }

    /// At all places of both.
    pub(crate) fn union(self, other: Self) -> Self {
        Self {
            senders: self.senders.union(other.senders),
            receivers: self.receivers.union(other.receivers),
        }
    }

    /// The ranges, each with whether it sends and receives.
    fn ranges(&self) -> Vec<(AddressRange, [bool; 2])> {
        let mut ranges: BTreeMap<AddressRange, [bool; 2]> = BTreeMap::new();
        for (side, cuts) in [&self.senders, &self.receivers].into_iter().enumerate() {
            for range in cuts.ranges() {
                ranges.entry(range).or_default()[side] = true;
            }
        }
        ranges.into_iter().collect()
    }
}

/// Someone who sends or receives.
#[derive(Debug)]
pub(crate) struct End {
    party: Party,
    pub(crate) kind: EndKind,
    sends: bool,
    receives: bool,
}

/// What an end is.
#[derive(Debug)]
pub(crate) enum EndKind {
    /// Pods that people think of as one thing.
    Workload(Vec<GroupId>),
    /// A named outside address.
    External(ExternalId),
    /// Addresses that no block tells apart.
    Range(AddressRange),
}

impl End {
    /// As lists name it.
    pub(crate) fn name(&self) -> &str {
        &self.party.id
    }
}

/// A pair with allowed ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Positions in [`Map::ends`].
    pub(crate) ends: (usize, usize),
    /// A position in [`Rows::port_sets`].
    pub(crate) ports: usize,
}

/// All pairs with allowed ports.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) all: Vec<Row>,
    pub(crate) port_sets: Vec<Vec<PortRange>>,
    /// Pairs that connect in some implementations only.
    pub(crate) undecided: usize,
}

/// Everyone, judged.
#[derive(Debug)]
pub(crate) struct Map<'a> {
    world: &'a World,
    reachability: Reachability,
    /// Sorted by name.
    pub(crate) ends: Vec<End>,
}

impl<'a> Map<'a> {
    pub(crate) fn of(world: &'a World, cutting: &Cutting) -> Self {
        let ranges = cutting.ranges();
        let named = world.objects().externals.len();
        let mut objects = world.objects().clone();
        objects.externals.extend(ranges.iter().map(|(range, _)| stand_in(world, *range).into()));
        let surrounded = World::resolve(objects);
        let reachability = Reachability::of(&surrounded);
        let mut ends: BTreeMap<String, End> = BTreeMap::new();
        for mut party in parties(&surrounded, &reachability) {
            let (kind, [sends, receives]) = match party.kind {
                PartyKind::Group(group) => {
                    party.id = workload_name(world, group);
                    (EndKind::Workload(vec![group]), [true, true])
                }
                PartyKind::External(id) => match ranges.get(id.index().wrapping_sub(named)) {
                    Some((range, sides)) => {
                        party.id = format!("{range}[External]");
                        (EndKind::Range(*range), *sides)
                    }
                    None => (EndKind::External(id), [true, true]),
                },
            };
            match (ends.get_mut(&party.id), kind) {
                (
                    Some(End { party: known, kind: EndKind::Workload(all), .. }),
                    EndKind::Workload(more),
                ) => {
                    known.absorb(party);
                    all.extend(more);
                }
                (_, kind) => {
                    ends.insert(party.id.clone(), End { party, kind, sends, receives });
                }
            }
        }
        Self { world, reachability, ends: ends.into_values().collect() }
    }

    /// The pairs that a query asks for.
    pub(crate) fn rows(&self, query: &ReachQuery) -> Result<Rows, QueryError> {
        let senders = self.chosen(query.from.as_deref(), |end| end.sends)?;
        let receivers = self.chosen(query.to.as_deref(), |end| end.receives)?;
        let mut rows = Rows::default();
        let mut known: BTreeMap<Vec<PortRange>, usize> = BTreeMap::new();
        for (sender, from) in senders {
            let may_reach = from.party.may_reach(&self.reachability);
            for (receiver, to) in receivers.iter().filter(|(_, to)| may_reach(&to.party)) {
                let Some((verdict, ports)) = self.ports(query, from, to) else { continue };
                if verdict == Verdict::ImplementationDefined {
                    rows.undecided += 1;
                    continue;
                }
                let next = known.len();
                let ports = *known.entry(ports).or_insert(next);
                rows.all.push(Row { ends: (sender, *receiver), ports });
            }
        }
        let mut port_sets: Vec<(usize, Vec<PortRange>)> =
            known.into_iter().map(|(ports, position)| (position, ports)).collect();
        port_sets.arrange();
        rows.port_sets = port_sets.into_iter().map(|(_, ports)| ports).collect();
        Ok(rows)
    }

    /// The ports on which a pair connects, and the verdict about them.
    fn ports(&self, query: &ReachQuery, from: &End, to: &End) -> Option<(Verdict, Vec<PortRange>)> {
        if from.name() == to.name()
            || !from.party.can_meet(&to.party)
            || !self.share_family(from, to)
        {
            return None;
        }
        let wanted = transport(query.protocol)?;
        let Some(port) = query.port.as_ref().and_then(port_ref) else {
            let (verdict, mut ranges) = from.party.ports(&self.reachability, &to.party)?;
            ranges.retain(|range| wanted.is_none_or(|wanted| wanted == range.protocol));
            return (!ranges.is_empty()).then_some((verdict, ranges));
        };
        let protocol = wanted.unwrap_or_default();
        let number = to.party.port_number(self.world, &port, protocol)?;
        let verdict = from.party.connect(&self.reachability, &to.party, protocol, number).verdict;
        (verdict != Verdict::Denied).then(|| (verdict, vec![PortRange::single(protocol, number)]))
    }

    /// Whether a workload may have an address of a range's family.
    fn share_family(&self, from: &End, to: &End) -> bool {
        let ((EndKind::Workload(groups), EndKind::Range(range))
        | (EndKind::Range(range), EndKind::Workload(groups))) = (&from.kind, &to.kind)
        else {
            return true;
        };
        let pods = groups.iter().flat_map(|group| &self.world.group(*group).pods);
        pods.map(|pod| self.world.pod(*pod)).any(|pod| {
            let same = |address: &std::net::IpAddr| address.is_ipv4() == range.first.is_ipv4();
            !pod.declared_address || pod.addresses.iter().any(same)
        })
    }

    /// The ends of one side, or the one of them that a person names.
    fn chosen(
        &self,
        name: Option<&str>,
        on_side: impl Fn(&End) -> bool,
    ) -> Result<Vec<(usize, &End)>, QueryError> {
        let side = || self.ends.iter().enumerate().filter(|(_, end)| on_side(end));
        let Some(name) = name else { return Ok(side().collect()) };
        if let Some(end) = side().find(|(_, end)| end.name() == name) {
            return Ok(vec![end]);
        }
        let (_, found) = endpoint::find(self.world, name)?;
        let chosen: Vec<(usize, &End)> =
            side().filter(|(_, end)| self.is_part_of(end, &found)).collect();
        if chosen.is_empty() {
            return Err(QueryError {
                message: format!("`{name}` cannot be listed"),
                help: Some("name a pod, a workload, `external/NAME` or an address".to_owned()),
            });
        }
        Ok(chosen)
    }

    /// Whether what a person named is an end, or a part of it.
    fn is_part_of(&self, end: &End, found: &Found) -> bool {
        match (&end.kind, found) {
            (EndKind::Workload(groups), Found::Pod(pod)) => {
                groups.contains(&self.world.pod(*pod).group)
            }
            (EndKind::Workload(groups), Found::Groups(named)) => {
                groups.iter().any(|group| named.contains(group))
            }
            (EndKind::External(id), Found::External(named)) => id == named,
            (EndKind::Range(range), Found::Address(address)) => range.contains(*address),
            _ => false,
        }
    }

    /// What front ends see, with those only who take part in a connection.
    fn view(&self, rows: Rows) -> Connectivity {
        let used: BTreeSet<usize> =
            rows.all.iter().flat_map(|row| [row.ends.0, row.ends.1]).gather();
        let used: Vec<usize> = used.into_iter().collect();
        let position = |end: usize| used.binary_search(&end).unwrap_or_default() as u32;
        let connections = rows.all.iter().map(|row| Connection {
            from: position(row.ends.0),
            to: position(row.ends.1),
            ports: row.ports as u32,
        });
        let texts = |ports: Vec<PortRange>| ports.into_iter().map(range_text).collect();
        Connectivity {
            connections: connections.collect(),
            peers: used.iter().map(|end| self.peer(&self.ends[*end])).collect(),
            port_sets: rows.port_sets.into_iter().map(texts).collect(),
            undecided: rows.undecided,
        }
    }

    fn peer(&self, end: &End) -> Peer {
        let namespace = match &end.kind {
            EndKind::Workload(groups) => groups
                .first()
                .map(|group| self.world.namespace(self.world.group(*group).namespace).name.clone()),
            EndKind::External(_) | EndKind::Range(_) => None,
        };
        Peer { id: end.name().to_owned(), namespace }
    }
}

/// `NAMESPACE/NAME[KIND]`; a pod whose owner is not declared goes by the owner's name.
fn workload_name(world: &World, id: GroupId) -> String {
    let group = world.group(id);
    let namespace = &world.namespace(group.namespace).name;
    let objects = world.objects();
    let (name, kind) = match group.kind {
        GroupKind::Pod(index) => match &objects.pods[index].meta.owner {
            // A node owns the static pods that run on it, which have nothing else in common.
            Some(owner) if owner.kind != "Node" => match owner.kind.as_str() {
                "" => (&owner.name, "Pod"),
                kind => (&owner.name, kind),
            },
            _ => (&group.name, "Pod"),
        },
        GroupKind::Workload(index) => (&objects.workloads[index].meta.name, world.group_kind(id)),
        GroupKind::ImpliedDns => (&group.name, "Pod"),
    };
    format!("{namespace}/{name}[{kind}]")
}

/// An address that stands for a range.
fn stand_in(world: &World, range: AddressRange) -> External {
    let meta = Meta {
        span: Span::default(),
        name: range.to_string(),
        name_span: Span::default(),
        namespace: String::new(),
        namespace_span: None,
        labels: Labels::new(),
        owner: None,
    };
    External { meta, addresses: vec![range.representative(world)] }
}

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;
