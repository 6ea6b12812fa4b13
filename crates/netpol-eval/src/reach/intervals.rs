//! The ports of each protocol, cut where rules begin and end.

use std::collections::BTreeSet;

use netpol_model::{PolicyRule, Protocol};
use netpol_sort::Gather;

use crate::{PortRange, World, port};

/// Intervals of ports that no rule tells apart. Together they cover every port of every protocol.
#[derive(Debug)]
pub(super) struct Intervals {
    /// Sorted by protocol, then number.
    ranges: Vec<PortRange>,
}

impl Intervals {
    /// The intervals that the rules of a world mention.
    pub(super) fn of(world: &World) -> Self {
        let mut starts: BTreeSet<(Protocol, u16)> =
            Protocol::ALL.into_iter().map(|protocol| (protocol, PortRange::FIRST)).gather();
        let mut cut = |range: PortRange| {
            starts.insert((range.protocol, range.first));
            if let Some(next) = range.last.checked_add(1) {
                starts.insert((range.protocol, next));
            }
        };
        let policies = world.objects().policies.iter().filter(|policy| !policy.rejected);
        let rules = policies.flat_map(|policy| policy.ingress.iter().chain(&policy.egress));
        let mut names = BTreeSet::new();
        for entry in rules.flat_map(|rule: &PolicyRule| &rule.ports) {
            port::ranges(entry, None, world.options()).for_each(&mut cut);
            if let Some(netpol_model::PortRef::Name(name)) = &entry.port {
                names.insert((name.as_str(), entry.protocol));
            }
        }
        if !names.is_empty() {
            for declared in world.pods().iter().flat_map(|pod| &world.template(pod).ports) {
                let name = declared.name.as_deref().unwrap_or_default();
                if names.contains(&(name, declared.protocol)) {
                    cut(PortRange::single(declared.protocol, declared.number));
                }
            }
        }
        Self { ranges: ranges(&starts) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The interval that a port is in; port 0, which does not exist, counts as port 1.
    pub(super) fn index(&self, protocol: Protocol, port: u16) -> usize {
        let at = (protocol, port.max(PortRange::FIRST));
        self.ranges.partition_point(|range| (range.protocol, range.first) <= at).max(1) - 1
    }

    /// The intervals that a range consists of.
    pub(super) fn within(&self, range: PortRange) -> std::ops::Range<usize> {
        let end =
            self.ranges.partition_point(|i| (i.protocol, i.first) <= (range.protocol, range.last));
        self.index(range.protocol, range.first)..end
    }

    /// The ports of sorted intervals, merged where they touch.
    pub(super) fn merged(&self, intervals: impl IntoIterator<Item = usize>) -> Vec<PortRange> {
        let mut merged: Vec<PortRange> = Vec::new();
        for range in intervals.into_iter().map(|index| self.ranges[index]) {
            match merged.last_mut() {
                Some(last)
                    if last.protocol == range.protocol
                        && last.last.checked_add(1) == Some(range.first) =>
                {
                    last.last = range.last;
                }
                _ => merged.push(range),
            }
        }
        merged
    }
}

fn ranges(starts: &BTreeSet<(Protocol, u16)>) -> Vec<PortRange> {
    let starts: Vec<(Protocol, u16)> = starts.iter().copied().collect();
    let last_of = |index: usize, protocol| match starts.get(index + 1) {
        Some((next, first)) if *next == protocol => first - 1,
        _ => u16::MAX,
    };
    starts
        .iter()
        .enumerate()
        .map(|(index, (protocol, first))| PortRange {
            protocol: *protocol,
            first: *first,
            last: last_of(index, *protocol),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_touches_in_one_protocol_is_merged() {
        let range = |protocol, first, last| PortRange { protocol, first, last };
        let intervals = Intervals {
            ranges: vec![
                range(Protocol::Tcp, 1, 79),
                range(Protocol::Tcp, 80, 80),
                range(Protocol::Tcp, 81, u16::MAX),
                range(Protocol::Udp, 1, 52),
                range(Protocol::Udp, 53, u16::MAX),
            ],
        };
        let rows: [(&[usize], &[&str]); 4] = [
            (&[0, 1, 2, 3, 4], &["TCP 1-65535", "UDP 1-65535"]),
            (&[0, 2], &["TCP 1-79", "TCP 81-65535"]),
            (&[1, 2, 3], &["TCP 80-65535", "UDP 1-52"]),
            (&[0, 4], &["TCP 1-79", "UDP 53-65535"]),
        ];
        for (indexes, expected) in rows {
            let merged = intervals.merged(indexes.iter().copied()).into_iter();
            let merged: Vec<String> =
                merged.map(|it| format!("{} {}-{}", it.protocol, it.first, it.last)).collect();
            assert_eq!(merged, expected, "{indexes:?}");
        }
    }
}
