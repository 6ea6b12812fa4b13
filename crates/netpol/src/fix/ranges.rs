//! Sets of ports: sorted ranges that neither overlap nor touch.

use netpol_eval::PortRange;
use netpol_sort::Sort;

/// The ports of `all` that are not in `taken`.
pub(super) fn without(all: &[PortRange], taken: &[PortRange]) -> Vec<PortRange> {
    let mut left = all.to_vec();
    for cut in taken {
        left = left.into_iter().flat_map(|range| cut_out(range, *cut)).collect();
    }
    left
}

fn cut_out(range: PortRange, cut: PortRange) -> impl Iterator<Item = PortRange> {
    let apart = range.protocol != cut.protocol || cut.last < range.first || range.last < cut.first;
    let below =
        (!apart && range.first < cut.first).then(|| PortRange { last: cut.first - 1, ..range });
    let above =
        (!apart && cut.last < range.last).then(|| PortRange { first: cut.last + 1, ..range });
    apart.then_some(range).into_iter().chain(below).chain(above)
}

/// The ports of either.
pub(super) fn union(a: &[PortRange], b: &[PortRange]) -> Vec<PortRange> {
    let mut all = [a, b].concat();
    all.arrange();
    let mut merged: Vec<PortRange> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last)
                if last.protocol == range.protocol
                    && u32::from(range.first) <= u32::from(last.last) + 1 =>
            {
                last.last = last.last.max(range.last);
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use netpol_model::Protocol::{self, Tcp, Udp};

    use super::*;

    fn set(ranges: &[(Protocol, u16, u16)]) -> Vec<PortRange> {
        ranges
            .iter()
            .map(|(protocol, first, last)| PortRange {
                protocol: *protocol,
                first: *first,
                last: *last,
            })
            .collect()
    }

    #[test]
    fn differences() {
        let all = set(&[(Tcp, 1, 65535), (Udp, 10, 20)]);
        assert_eq!(without(&all, &[]), all);
        assert_eq!(without(&all, &all), []);
        let middle = set(&[(Tcp, 80, 80), (Udp, 1, 10), (Udp, 20, 65535)]);
        assert_eq!(without(&all, &middle), set(&[(Tcp, 1, 79), (Tcp, 81, 65535), (Udp, 11, 19)]));
        assert_eq!(without(&set(&[(Tcp, 1, 5)]), &set(&[(Tcp, 6, 9)])), set(&[(Tcp, 1, 5)]));
    }

    #[test]
    fn unions() {
        let a = set(&[(Tcp, 1, 5), (Udp, 1, 1)]);
        assert_eq!(union(&a, &set(&[(Tcp, 6, 9)])), set(&[(Tcp, 1, 9), (Udp, 1, 1)]));
        assert_eq!(union(&a, &set(&[(Tcp, 2, 3)])), a);
        assert_eq!(union(&set(&[(Tcp, 1, 65535)]), &set(&[(Tcp, 7, 7)])), set(&[(Tcp, 1, 65535)]));
    }
}
