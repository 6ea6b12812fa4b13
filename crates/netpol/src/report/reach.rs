//! Who can reach whom: a list in the forms of np-guard's netpol-analyzer, so that people and scripts
//! can switch. All have the same rows in the same order.

use std::fmt::{self, Display, Formatter};

use super::cells;
use crate::view::{Connectivity, Protocol};

/// The protocols in the order in which a line lists them.
const ORDER: [Protocol; 3] = [Protocol::Sctp, Protocol::Tcp, Protocol::Udp];

/// Lines `SRC => DST : PORTS`, such as
/// `shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432,UDP 1-65535`.
pub fn reach(connectivity: &Connectivity) -> impl Display {
    fmt::from_fn(move |f| {
        connectivity.rows().try_for_each(|(from, to, set)| {
            writeln!(f, "{} => {} : {}", from.id, to.id, ports(set))
        })
    })
}

/// A table of comma-separated values.
pub fn reach_csv(connectivity: &Connectivity) -> impl Display {
    fmt::from_fn(move |f| {
        writeln!(f, "src,dst,conn")?;
        connectivity.rows().try_for_each(|(from, to, set)| {
            cells::csv(f, &[&from.id, &to.id, &ports(set).to_string()])
        })
    })
}

/// A Markdown table.
pub fn reach_markdown(connectivity: &Connectivity) -> impl Display {
    fmt::from_fn(move |f| {
        writeln!(f, "| src | dst | conn |")?;
        writeln!(f, "|-----|-----|------|")?;
        connectivity.rows().try_for_each(|(from, to, set)| {
            cells::markdown(f, &[&from.id, &to.id, &ports(set).to_string()])
        })
    })
}

/// Port ranges of the form `TCP/80`, protocol by protocol: `SCTP 7,TCP 80,1000-2000`.
pub(super) fn ports(ports: &[String]) -> impl Display {
    fmt::from_fn(move |f| write_ports(f, ports))
}

fn write_ports(f: &mut Formatter<'_>, ports: &[String]) -> fmt::Result {
    let ranges = |protocol: Protocol| {
        ports.iter().filter_map(move |port| {
            let (name, range) = port.split_once('/')?;
            (name == protocol.as_str()).then_some(range)
        })
    };
    if ORDER.iter().all(|protocol| ranges(*protocol).eq(["*"])) {
        return f.write_str("All Connections");
    }
    let mut separator = "";
    for protocol in ORDER {
        for (index, range) in ranges(protocol).enumerate() {
            let range = if range == "*" { "1-65535" } else { range };
            match index {
                0 => write!(f, "{separator}{protocol} {range}")?,
                _ => write!(f, ",{range}")?,
            }
            separator = ",";
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(set: &[&str], expected: &str) {
        let set: Vec<String> = set.iter().map(ToString::to_string).collect();
        assert_eq!(ports(&set).to_string(), expected);
    }

    #[test]
    fn ranges_of_one_protocol_stand_together() {
        check(
            &["TCP/80", "TCP/1000-2000", "UDP/*", "SCTP/7"],
            "SCTP 7,TCP 80,1000-2000,UDP 1-65535",
        );
    }

    #[test]
    fn every_port_of_every_protocol_has_a_name() {
        check(&["SCTP/*", "TCP/*", "UDP/*"], "All Connections");
    }
}
