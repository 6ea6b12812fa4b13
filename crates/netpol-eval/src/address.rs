//! Addresses for pods whose manifests say none.

use std::net::Ipv4Addr;

/// An address that depends on the name alone, so that a shared document shows the same one
/// everywhere. `attempt` is 0, or more if the address is taken.
///
/// It lies in 10.128.0.0/9, where clusters commonly have their pods.
pub fn stable_address(namespace: &str, name: &str, attempt: u32) -> Ipv4Addr {
    const BLOCK: u32 = 0x0A80_0000;
    const SIZE: u32 = 1 << 23;
    let hash = fnv1a(namespace.bytes().chain([b'/']).chain(name.bytes()));
    // The first and last of each /24 look like network and broadcast addresses: leave them out.
    let offset = ((hash % u64::from(SIZE)) as u32).wrapping_add(attempt.wrapping_mul(257)) % SIZE;
    let host = 1 + (offset & 0xFF) % 254;
    Ipv4Addr::from(BLOCK | (offset & !0xFF) | host)
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

    #[test]
    fn the_same_name_always_has_the_same_address() {
        let web = stable_address("shop", "web", 0);
        assert_eq!(web, stable_address("shop", "web", 0));
        assert_ne!(web, stable_address("shop", "web", 1));
        assert_ne!(web, stable_address("sho", "pweb", 0));
        assert_eq!(web.octets()[0], 10);
        assert!(web.octets()[1] >= 128);
    }
}
