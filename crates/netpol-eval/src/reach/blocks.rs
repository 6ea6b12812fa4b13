//! Addresses that no rule tells apart.
//!
//! What counts is not which block holds an address but which rules do: the ten thousand blocks of
//! one rule are one question. Rules of a policy that differ in their peers only are one rule here.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;
use netpol_model::{Direction, PeerSelector, PortRef, Protocol};

use crate::World;

/// A block: its range, and what is taken out of it.
type Block = (IpNet, Vec<IpNet>);

/// The ports of a rule as they are written.
type Ports<'a> = Vec<(Protocol, Option<&'a PortRef>, Option<u16>)>;

/// Addresses in classes; every rule treats those of one class alike.
#[derive(Debug)]
pub(super) struct AddressClasses {
    /// Sorted.
    addresses: Vec<IpAddr>,
    /// The class of each.
    classes: Vec<usize>,
    /// Greater than every class.
    next: usize,
}

impl AddressClasses {
    /// Divides addresses by the rules of a world.
    pub(super) fn of(world: &World, addresses: impl Iterator<Item = IpAddr>) -> Self {
        let mut addresses: Vec<IpAddr> = addresses.collect();
        addresses.sort_unstable();
        addresses.dedup();
        let mut all = Self { classes: vec![0; addresses.len()], addresses, next: 1 };
        for blocks in block_sets(world) {
            all.divide(&blocks);
        }
        all
    }

    /// The class of an address; the same for all that are not among them.
    pub(super) fn class(&self, address: IpAddr) -> usize {
        self.addresses.binary_search(&address).map_or(self.next, |at| self.classes[at])
    }

    /// Parts those that some of the blocks hold from those that none does.
    fn divide(&mut self, blocks: &BTreeSet<Block>) {
        let mut held: Vec<usize> = blocks.iter().flat_map(|block| self.held(block)).collect();
        held.sort_unstable();
        held.dedup();
        let mut parted: BTreeMap<usize, usize> = BTreeMap::new();
        for at in held {
            let next = self.next + parted.len();
            self.classes[at] = *parted.entry(self.classes[at]).or_insert(next);
        }
        self.next += parted.len();
    }

    /// The positions of the addresses that a block holds.
    fn held<'a>(&'a self, (range, except): &'a Block) -> impl Iterator<Item = usize> + use<'a> {
        within(&self.addresses, *range, |address| *address)
            .filter(|at| !except.iter().any(|net| net.contains(&self.addresses[*at])))
    }
}

/// The positions of those elements whose address is in a range, of a slice sorted by address.
pub(super) fn within<T>(
    sorted: &[T],
    range: IpNet,
    address: impl Fn(&T) -> IpAddr,
) -> std::ops::Range<usize> {
    let start = sorted.partition_point(|element| address(element) < range.network());
    let end = sorted.partition_point(|element| address(element) <= range.broadcast());
    start..end.max(start)
}

/// The blocks that admit alike, each set once.
fn block_sets(world: &World) -> BTreeSet<BTreeSet<Block>> {
    let mut sets = BTreeSet::new();
    for policy in world.objects().policies.iter().filter(|policy| !policy.rejected) {
        for direction in [Direction::Ingress, Direction::Egress] {
            let mut by_ports: BTreeMap<Ports<'_>, BTreeSet<Block>> = BTreeMap::new();
            for rule in policy.rules(direction) {
                let blocks = rule.peers.iter().filter_map(|peer| match &peer.selector {
                    PeerSelector::Block(block) => {
                        Some((block.cidr, block.except.iter().map(|(net, _)| *net).collect()))
                    }
                    PeerSelector::Pods { .. } => None,
                });
                let ports = rule.ports.iter();
                let ports =
                    ports.map(|entry| (entry.protocol, entry.port.as_ref(), entry.end_port));
                by_ports.entry(ports.collect()).or_default().extend(blocks);
            }
            sets.extend(by_ports.into_values().filter(|blocks| !blocks.is_empty()));
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks as `RANGE`, or `RANGE except RANGE`; the classes of the addresses as groups.
    fn groups(addresses: &str, sets: &[&[&str]]) -> String {
        let all: Vec<IpAddr> = addresses.split(' ').map(|text| text.parse().unwrap()).collect();
        let mut classes =
            AddressClasses { classes: vec![0; all.len()], addresses: all.clone(), next: 1 };
        for set in sets {
            let block = |text: &&str| {
                let mut nets = text.split(" except ").map(|net| net.parse().unwrap());
                (nets.next().unwrap(), nets.collect())
            };
            classes.divide(&set.iter().map(block).collect());
        }
        let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for address in all {
            groups.entry(classes.class(address)).or_default().push(address.to_string());
        }
        let mut groups: Vec<String> = groups.into_values().map(|group| group.join(" ")).collect();
        groups.sort();
        groups.join(" | ")
    }

    #[test]
    fn what_no_rule_tells_apart_is_one_class() {
        let five = "10.0.0.1 10.0.0.2 10.0.0.3 192.0.2.1 ::1";
        let whole = "0.0.0.0/0";
        for (sets, expected) in [
            (vec![], "10.0.0.1 10.0.0.2 10.0.0.3 192.0.2.1 ::1"),
            (vec![&[whole][..]], "10.0.0.1 10.0.0.2 10.0.0.3 192.0.2.1 | ::1"),
            // Two blocks of one rule are one question, in two rules they are two.
            (vec![&["10.0.0.1/32", "10.0.0.3/32"]], "10.0.0.1 10.0.0.3 | 10.0.0.2 192.0.2.1 ::1"),
            (
                vec![&["10.0.0.1/32"], &["10.0.0.3/32"]],
                "10.0.0.1 | 10.0.0.2 192.0.2.1 ::1 | 10.0.0.3",
            ),
            // What one rule's blocks part from the others, another's may part again.
            (
                vec![&["10.0.0.1/32", "10.0.0.3/32"], &["10.0.0.1/32", "10.0.0.2/32"]],
                "10.0.0.1 | 10.0.0.2 | 10.0.0.3 | 192.0.2.1 ::1",
            ),
            // An exception of one block says nothing about another.
            (
                vec![&["10.0.0.0/8 except 10.0.0.2/31"]],
                "10.0.0.1 | 10.0.0.2 10.0.0.3 192.0.2.1 ::1",
            ),
            (
                vec![&["10.0.0.0/8 except 10.0.0.2/31", "10.0.0.3/32"]],
                "10.0.0.1 10.0.0.3 | 10.0.0.2 192.0.2.1 ::1",
            ),
            (vec![&["::/0"], &[whole, "::/0"]], "10.0.0.1 10.0.0.2 10.0.0.3 192.0.2.1 | ::1"),
        ] {
            assert_eq!(groups(five, &sets), expected, "{sets:?}");
        }
    }
}
