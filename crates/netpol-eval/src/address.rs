//! Addresses for pods whose manifests say none.

use std::net::Ipv4Addr;

/// An address that depends on the name alone, so that a shared document shows the same one
/// everywhere. `attempt` is 0, or more if the address is taken.
///
/// It lies in 10.128.0.0/9, where clusters commonly have their pods.
pub fn stable_address(namespace: &str, name: &str, attempt: u32) -> Ipv4Addr {
    const SIZE: u32 = 1 << 23;
    let hash = fnv1a(namespace.bytes().chain([b'/']).chain(name.bytes()));
    let offset = (hash as u32).wrapping_add(attempt.wrapping_mul(257)) % SIZE;
    let [_, second, third, last] = offset.to_be_bytes();
    // The first and last of each /24 look like network and broadcast addresses: leave them out.
    Ipv4Addr::new(10, 128 + second, third, 1 + last % 254)
}

/// The 64-bit FNV-1a hash: well mixed for short names, the same on every platform.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents that were shared years ago still show the same.
    #[test]
    fn the_same_name_always_has_the_same_address() {
        for (namespace, name, attempt, address) in [
            ("shop", "web", 0, "10.170.120.197"),
            ("shop", "web", 1, "10.170.121.198"),
            ("sho", "pweb", 0, "10.130.117.59"),
            ("kube-system", "coredns", 0, "10.148.171.56"),
            // Neither .0 nor .255.
            ("default", "p1147", 0, "10.182.244.1"),
            ("default", "p233", 0, "10.132.73.2"),
        ] {
            let found = stable_address(namespace, name, attempt).to_string();
            assert_eq!(found, address, "{namespace}/{name} {attempt}");
        }
    }

    #[test]
    fn names_are_mixed_as_fnv_does() {
        // Source: <http://www.isthe.com/chongo/src/fnv/test_fnv.c>
        for (name, hash) in [
            ("", 0xCBF2_9CE4_8422_2325),
            ("a", 0xAF63_DC4C_8601_EC8C),
            ("foobar", 0x8594_4171_F739_67E8),
        ] {
            assert_eq!(fnv1a(name.bytes()), hash, "{name}");
        }
    }
}
