//! Prints a dump of a large cluster, of so many megabytes (100 if not said):
//! `cargo run --release -p netpol --example dump -- 100 > dump.yaml`.

use std::io::Write;

#[path = "../tests/dump/mod.rs"]
mod dump;

#[expect(clippy::disallowed_methods, reason = "an example, and no part of the library")]
fn main() -> std::io::Result<()> {
    let megabytes = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100);
    std::io::stdout().write_all(dump::dump(megabytes * 1_000_000).as_bytes())
}
