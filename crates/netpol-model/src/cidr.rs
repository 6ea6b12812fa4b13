//! Blocks of addresses, as the API server reads them.
//!
//! It still reads what older releases of Go read: leading zeros, IPv4 addresses inside IPv6 ones,
//! bits beyond the prefix. Source: `k8s.io/utils/net` `ParseCIDRSloppy`, and
//! `k8s.io/apimachinery/pkg/util/validation` for what is wrong with such forms.

use std::net::Ipv4Addr;

use ipnet::IpNet;

/// A block as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cidr {
    /// The address and the prefix length; an IPv4 address inside an IPv6 one is still inside.
    written: IpNet,
    has_leading_zeros: bool,
}

/// What an older form of a block is wrong about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    LeadingZeros,
    MappedAddress,
    HostBits,
}

impl Cidr {
    /// Reads a block; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, prefix_len) = text.split_once('/')?;
        if prefix_len.bytes().any(|byte| !byte.is_ascii_digit()) {
            return None;
        }
        let plain_address = without_leading_zeros(address);
        let plain_len = without_leading_zeros(prefix_len);
        let has_leading_zeros = plain_address != address || plain_len != prefix_len;
        let written = IpNet::new(plain_address.parse().ok()?, plain_len.parse().ok()?).ok()?;
        Some(Self { written, has_leading_zeros })
    }

    /// What is wrong with how it is written, if anything.
    pub(crate) fn oddity(self) -> Option<Oddity> {
        if self.has_leading_zeros {
            Some(Oddity::LeadingZeros)
        } else if self.mapped_address().is_some() {
            Some(Oddity::MappedAddress)
        } else if self.has_host_bits() {
            Some(Oddity::HostBits)
        } else {
            None
        }
    }

    fn mapped_address(self) -> Option<Ipv4Addr> {
        match self.written {
            IpNet::V4(_) => None,
            IpNet::V6(block) => block.addr().to_ipv4_mapped(),
        }
    }

    /// Whether its address is not the first of the block.
    pub(crate) fn has_host_bits(self) -> bool {
        self.written.addr() != self.written.network()
    }

    /// The block that it means.
    pub(crate) fn block(self) -> IpNet {
        let mapped = self.mapped_address().zip(self.written.prefix_len().checked_sub(96));
        mapped
            .and_then(|(address, prefix_len)| IpNet::new(address.into(), prefix_len).ok())
            .unwrap_or(self.written)
            .trunc()
    }

    /// The block that holds nothing but its address, as Go writes it.
    pub(crate) fn single_address(self) -> String {
        format!("{}/{}", self.written.addr().to_canonical(), self.written.max_prefix_len())
    }

    /// How it should be written if it is IPv6 and is not written so (RFC 5952).
    pub(crate) fn canonical_ipv6(self, text: &str) -> Option<String> {
        let canonical = self.written.to_string();
        (self.written.addr().is_ipv6() && canonical != text).then_some(canonical)
    }

    /// Whether every address of `other` is in this block and not the other way round. Prefix
    /// lengths are compared as written, as the API server does.
    pub(crate) fn strictly_contains(self, other: Self) -> bool {
        self.written.prefix_len() < other.written.prefix_len()
            && self.block().contains(&other.block().network())
    }
}

/// The text without the zeros that start a group of digits and are not all of it. In an IPv6
/// address of up to four digits a group they are usual and stay.
fn without_leading_zeros(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['.', ':']).unwrap_or(rest.len());
        let (group, tail) = rest.split_at(end);
        let in_ipv4 = tail.starts_with('.') || plain.ends_with('.') || !text.contains(':');
        let is_long = in_ipv4 || group.len() > 4;
        let significant = group.trim_start_matches('0');
        match (is_long, significant.is_empty()) {
            (false, _) => plain.push_str(group),
            (true, true) => plain.push_str(if group.is_empty() { "" } else { "0" }),
            (true, false) => plain.push_str(significant),
        }
        let separator = tail.len().min(1);
        plain.push_str(&tail[..separator]);
        rest = &tail[separator..];
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_as_go_reads_them() {
        let rows = [
            ("10.0.0.0/8", Some("10.0.0.0/8"), None),
            ("0.0.0.0/0", Some("0.0.0.0/0"), None),
            ("::/0", Some("::/0"), None),
            ("FE80:0abc::/32", Some("fe80:abc::/32"), None),
            ("10.0.0.1/8", Some("10.0.0.0/8"), Some(Oddity::HostBits)),
            ("2001:db8::1/64", Some("2001:db8::/64"), Some(Oddity::HostBits)),
            ("010.0.0.0/8", Some("10.0.0.0/8"), Some(Oddity::LeadingZeros)),
            ("10.00.0.0/8", Some("10.0.0.0/8"), Some(Oddity::LeadingZeros)),
            ("10.0.0.0/08", Some("10.0.0.0/8"), Some(Oddity::LeadingZeros)),
            ("::ffff:10.0.0.0/104", Some("10.0.0.0/8"), Some(Oddity::MappedAddress)),
            ("::ffff:10.0.00.0/104", Some("10.0.0.0/8"), Some(Oddity::LeadingZeros)),
            ("::ffff:10.0.0.00/104", Some("10.0.0.0/8"), Some(Oddity::LeadingZeros)),
            ("00fd00::/32", Some("fd00::/32"), Some(Oddity::LeadingZeros)),
            ("0fd0::/32", Some("fd0::/32"), None),
            ("10.0.0.0", None, None),
            ("10.0.0.0/", None, None),
            ("10.0.0.0/33", None, None),
            ("10.0.0.0/+8", None, None),
            (" 10.0.0.0/8", None, None),
            ("10.0.0/8", None, None),
            ("fe80::1%eth0/64", None, None),
            ("/8", None, None),
            ("", None, None),
        ];
        for (text, block, oddity) in rows {
            let cidr = Cidr::parse(text);
            let written = cidr.map(|cidr| cidr.block().to_string());
            assert_eq!(written.as_deref(), block, "{text}");
            assert_eq!(cidr.and_then(Cidr::oddity), oddity, "{text}");
        }
    }

    #[test]
    fn ipv6_has_one_canonical_form() {
        let rows = [
            ("fd00::/32", None),
            ("FD00::/32", Some("fd00::/32")),
            ("fd00:0::/32", Some("fd00::/32")),
            ("10.0.0.0/8", None),
            ("010.0.0.0/8", None),
        ];
        for (text, canonical) in rows {
            let cidr = Cidr::parse(text).unwrap();
            assert_eq!(cidr.canonical_ipv6(text).as_deref(), canonical, "{text}");
        }
    }
}
