//! The addresses outside the cluster, cut into ranges that no address block tells apart.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use netpol_eval::World;
use netpol_model::{Direction, IpBlock, PeerSelector};
use netpol_sort::{Gather, Sort};

/// Addresses of one family without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AddressRange {
    pub(crate) first: IpAddr,
    pub(crate) last: IpAddr,
}

/// `10.0.0.0-10.255.255.255`
impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

impl AddressRange {
    /// Whether an address is in it.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && self.first <= address && address <= self.last
    }

    /// The range of both, if the other one begins where this one ends.
    pub(crate) fn joined(self, next: Self) -> Option<Self> {
        let touch = self.first.is_ipv4() == next.first.is_ipv4()
            && number(self.last).checked_add(1) == Some(number(next.first));
        touch.then_some(Self { first: self.first, last: next.last })
    }

    /// An address that stands for the others: one of a node only if there are no others.
    pub(crate) fn representative(self, world: &World) -> IpAddr {
        let v4 = self.first.is_ipv4();
        (number(self.first)..=number(self.last))
            .map(|number| address(v4, number))
            .find(|address| !world.is_node_address(*address))
            .unwrap_or(self.first)
    }
}

/// Where the address space is cut: the first address of each range. Sorted, IPv4 first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cuts(BTreeSet<IpAddr>);

impl Cuts {
    /// Where the blocks of all rules of a direction begin and end. IPv6 is there if some block or
    /// some pod has such addresses.
    pub(crate) fn of(world: &World, direction: Direction) -> Self {
        let mut cuts: BTreeSet<IpAddr> = [IpAddr::V4(Ipv4Addr::UNSPECIFIED)].into_iter().gather();
        let pods = world.pods().iter().flat_map(|pod| &pod.addresses);
        if pods.copied().any(|address| address.is_ipv6())
            || blocks(world, Direction::Ingress).any(is_ipv6)
            || blocks(world, Direction::Egress).any(is_ipv6)
        {
            cuts.insert(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        }
        for block in blocks(world, direction) {
            add(&mut cuts, block);
        }
        Self(cuts)
    }

    /// Those of both.
    pub(crate) fn union(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The ranges between them, which together are the whole space.
    pub(crate) fn ranges(&self) -> Vec<AddressRange> {
        let mut ranges: Vec<AddressRange> = Vec::new();
        for first in self.0.iter().copied() {
            if let Some(before) =
                ranges.last_mut().filter(|it| it.first.is_ipv4() == first.is_ipv4())
            {
                before.last = address(first.is_ipv4(), number(first) - 1);
            }
            ranges.push(AddressRange { first, last: last_of_all(first.is_ipv4()) });
        }
        ranges
    }
}

fn blocks(world: &World, direction: Direction) -> impl Iterator<Item = &IpBlock> {
    let policies = world.objects().policies.iter().filter(|policy| !policy.rejected);
    let peers = policies.flat_map(move |it| it.rules(direction)).flat_map(|rule| &rule.peers);
    peers.filter_map(|peer| match &peer.selector {
        PeerSelector::Block(block) => Some(block),
        PeerSelector::Pods { .. } => None,
    })
}

fn is_ipv6(block: &IpBlock) -> bool {
    matches!(block.cidr, IpNet::V6(_))
}

/// Cuts at both ends of each part that exceptions leave of a block.
fn add(cuts: &mut BTreeSet<IpAddr>, block: &IpBlock) {
    let v4 = !is_ipv6(block);
    let ends = |net: &IpNet| (number(net.network()), number(net.broadcast()));
    let mut cut = |first: u128, last: u128| {
        cuts.insert(address(v4, first));
        if last < number(last_of_all(v4)) {
            cuts.insert(address(v4, last + 1));
        }
    };
    let (mut first, last) = ends(&block.cidr);
    let mut except: Vec<(u128, u128)> = block.except.iter().map(|(net, _)| ends(net)).collect();
    except.arrange();
    for (start, end) in except.into_iter().take_while(|(start, _)| *start <= last) {
        if start > first {
            cut(first, start - 1);
        }
        if end >= last {
            return;
        }
        first = first.max(end + 1);
    }
    cut(first, last);
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn address(v4: bool, number: u128) -> IpAddr {
    if v4 { Ipv4Addr::from_bits(number as u32).into() } else { Ipv6Addr::from_bits(number).into() }
}

fn last_of_all(v4: bool) -> IpAddr {
    if v4 { Ipv4Addr::BROADCAST.into() } else { Ipv6Addr::from_bits(u128::MAX).into() }
}

#[cfg(test)]
mod tests {
    use netpol_syntax::Span;

    use super::*;

    #[track_caller]
    fn check(blocks: &[(&str, &[&str])], expected: &[&str]) {
        let mut cuts = BTreeSet::from([IpAddr::V4(Ipv4Addr::UNSPECIFIED)]);
        for (cidr, except) in blocks {
            let span = Span::default();
            let except = except.iter().map(|net| (net.parse().unwrap(), span)).collect();
            add(&mut cuts, &IpBlock { cidr: cidr.parse().unwrap(), cidr_span: span, except });
        }
        let ranges: Vec<String> = Cuts(cuts).ranges().iter().map(ToString::to_string).collect();
        assert_eq!(ranges, expected);
    }

    #[test]
    fn the_space_is_cut_where_blocks_begin_and_end() {
        check(&[], &["0.0.0.0-255.255.255.255"]);
        check(&[("0.0.0.0/0", &[])], &["0.0.0.0-255.255.255.255"]);
        check(
            &[("10.0.0.0/8", &[])],
            &["0.0.0.0-9.255.255.255", "10.0.0.0-10.255.255.255", "11.0.0.0-255.255.255.255"],
        );
        check(
            &[("128.0.0.0/1", &[]), ("0.0.0.0/1", &[])],
            &["0.0.0.0-127.255.255.255", "128.0.0.0-255.255.255.255"],
        );
        check(
            &[("::/1", &[])],
            &[
                "0.0.0.0-255.255.255.255",
                "::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "8000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            ],
        );
    }

    #[test]
    fn an_exception_at_an_end_of_a_block_moves_the_end() {
        check(
            &[("10.0.0.0/8", &["10.0.0.0/24", "10.255.0.0/16"])],
            &["0.0.0.0-10.0.0.255", "10.0.1.0-10.254.255.255", "10.255.0.0-255.255.255.255"],
        );
    }

    #[test]
    fn exceptions_may_overlap_and_fill_a_block() {
        check(
            &[("10.0.0.0/8", &["10.1.0.0/16", "10.1.2.0/24", "10.2.0.0/16"])],
            &[
                "0.0.0.0-9.255.255.255",
                "10.0.0.0-10.0.255.255",
                "10.1.0.0-10.2.255.255",
                "10.3.0.0-10.255.255.255",
                "11.0.0.0-255.255.255.255",
            ],
        );
        check(&[("0.0.0.0/0", &["0.0.0.0/1", "128.0.0.0/1"])], &["0.0.0.0-255.255.255.255"]);
    }

    #[test]
    fn ranges_that_touch_are_joined() {
        let range = |first: &str, last: &str| AddressRange {
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
        };
        let low = range("0.0.0.0", "9.255.255.255");
        let high = range("10.0.0.0", "255.255.255.255");
        assert_eq!(low.joined(high), Some(range("0.0.0.0", "255.255.255.255")));
        assert_eq!(high.joined(low), None);
        assert_eq!(high.joined(range("::", "::1")), None);
    }
}
