//! Our verdicts beside the expected ones.

use netpol::view::{Answer, ConnectionQuery, Explanation, PortSpec, Protocol, Verdict};
use netpol::{Sources, analyse};

use super::case::{Case, Suite, World};
use super::tally::Tally;
use super::world::manifests;

/// Judges all cases of a suite.
pub(super) fn suite(text: &str) -> Tally {
    let suite: Suite = serde_json::from_str(text).expect("the format of the README");
    let mut tally = Tally::default();
    for it in &suite.cases {
        tally.cases += 1;
        case(&suite.worlds[&it.world], it, &mut tally);
    }
    tally
}

fn case(world: &World, case: &Case, tally: &mut Tally) {
    let analysis = analyse(Sources::single(&case.id, manifests(world, case)));
    let refused = analysis.topology().policies.into_iter().filter(|policy| policy.rejected);
    let refused = refused.map(|policy| format!("{}: policy {} is refused", case.id, policy.name));
    tally.disagreements.extend(refused);
    for table in &case.tables {
        for port in &table.ports {
            let (port, protocol) = port_and_protocol(port);
            for (from, row) in table.from.iter().zip(&table.rows) {
                assert_eq!(row.len(), table.to.len(), "{}: row {row}", case.id);
                for (to, expected) in table.to.iter().zip(row.chars()).filter(|(_, e)| *e != '-') {
                    let (from, to) = (endpoint(world, from), endpoint(world, to));
                    let query = ConnectionQuery { from, to, port: port.clone(), protocol };
                    let actual = analysis.explain(&query);
                    tally.probes += 1;
                    if !actual.as_ref().is_ok_and(|actual| agrees(expected, actual)) {
                        let ConnectionQuery { from, to, port, protocol } = query;
                        let actual = actual.map_or_else(|error| error.to_string(), |it| shown(&it));
                        tally.disagreements.push(format!(
                            "{}: {from} -> {to}:{port}/{protocol}: expected {expected}, got {actual}",
                            case.id
                        ));
                    }
                }
            }
        }
    }
}

fn port_and_protocol(text: &str) -> (PortSpec, Protocol) {
    let (port, protocol) = text.split_once('/').expect("PORT/PROTOCOL");
    let protocol = Protocol::ALL.into_iter().find(|it| it.as_str() == protocol);
    (PortSpec::parse(port).expect("a port"), protocol.expect("a protocol"))
}

fn endpoint(world: &World, name: &str) -> String {
    if world.externals.contains_key(name) { format!("external/{name}") } else { name.to_owned() }
}

/// Whether an explanation is what a letter says.
fn agrees(expected: char, actual: &Explanation) -> bool {
    let wanted = if expected == 'A' { Verdict::Allowed } else { Verdict::Denied };
    if actual.verdict != wanted {
        return false;
    }
    let [path] = actual.paths.as_slice() else { return false };
    let stopped = [path.egress.passes, path.ingress.passes].map(|passes| passes == Answer::No);
    match expected {
        'A' => stopped == [false, false],
        'D' => stopped != [false, false],
        'E' => stopped == [true, false],
        'I' => stopped == [false, true],
        'B' => stopped == [true, true],
        other => panic!("`{other}` is no verdict"),
    }
}

fn shown(actual: &Explanation) -> String {
    let sides = actual
        .paths
        .iter()
        .map(|path| format!("egress {:?}, ingress {:?}", path.egress.passes, path.ingress.passes));
    format!("{} ({})", actual.verdict, sides.collect::<Vec<_>>().join("; "))
}
