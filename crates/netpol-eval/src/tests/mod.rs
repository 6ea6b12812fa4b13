//! What is said about connections in small clusters, as tables.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod groups;
mod identities;
mod names;
mod pairs;
mod peers;
mod plugins;
mod ports;
mod services;
mod sides;

use std::fmt::Write as _;

use expect_test::Expect;
use netpol_model::Protocol;
use netpol_syntax::{FileId, parse};

use crate::{Connection, End, Side, Traffic, Unknown, World, trace};

/// The world that manifests describe.
fn world(manifests: &str) -> World {
    World::resolve(netpol_model::decode(&parse(FileId(0), manifests).documents).0)
}

/// An end: an address, `NAMESPACE/POD` by its first address, or somebody without a known one.
fn end(world: &World, name: &str) -> End {
    if let Ok(address) = name.parse() {
        return End::Outside(address);
    }
    if let Some((who, family)) = name.split_once('?') {
        let who = match who {
            "outside" => Unknown::Outside,
            "own-node" => Unknown::OwnNode,
            "other-node" => Unknown::OtherNode,
            _ => panic!("`{who}` is nobody"),
        };
        return End::Unknown { who, ipv4: family == "4" };
    }
    let pod = world.pod_ids().find(|id| world.pod_name(*id) == name).expect("a pod");
    End::Pod { pod, address: world.pod(pod).addresses[0] }
}

/// Reads `FROM -> TO PORT/PROTOCOL`, or `FROM -> TO ping`, and `via service` behind it.
fn connection(world: &World, row: &str) -> Connection {
    let mut words = row.split_whitespace();
    let mut next = || words.next().expect("FROM -> TO PORT/PROTOCOL");
    let (from, _arrow, to, port) = (next(), next(), next(), next());
    let traffic = port.split_once('/').map_or(Traffic::Ping, |(port, protocol)| {
        let protocol = Protocol::from_manifest(protocol).expect("a protocol");
        Traffic::Port(protocol, port.parse().expect("a number"))
    });
    Connection {
        from: end(world, from),
        to: end(world, to),
        traffic,
        via_service: words.next().is_some(),
    }
}

/// Judges connections; `show` prints what a table is about, behind a colon.
#[track_caller]
fn check(
    manifests: &str,
    rows: &[&str],
    show: impl Fn(&World, &Connection) -> String,
    expected: &Expect,
) {
    let world = world(manifests);
    let mut table = String::new();
    for row in rows {
        writeln!(table, "{row}:{}", show(&world, &connection(&world, row))).expect("text grows");
    }
    expected.assert_eq(&table);
}

/// Both sides and what comes of them.
fn sides(world: &World, connection: &Connection) -> String {
    let trace = trace(world, connection);
    let side = |side: &Side| {
        let Side { passes, reason, exempt, .. } = side;
        match exempt.as_slice() {
            [] => format!("{passes:?} {reason:?}"),
            topics => format!("{passes:?} {reason:?} {topics:?}"),
        }
    };
    let [egress, ingress] = [&trace.egress, &trace.ingress].map(side);
    format!(" {:?}; egress {egress}; ingress {ingress}", trace.passes())
}
