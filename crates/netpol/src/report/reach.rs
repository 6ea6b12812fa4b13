//! Who can reach whom, one line for each pair.

use std::fmt::{self, Display, Formatter};

use crate::view::{Protocol, Reach, Verdict};

/// The protocols in the order in which a line lists them.
const ORDER: [Protocol; 3] = [Protocol::Sctp, Protocol::Tcp, Protocol::Udp];

/// Lines `SRC => DST : PORTS`, such as `shop/web => shop/db : TCP 5432,UDP 1-65535`.
///
/// The ports are written as np-guard's netpol-analyzer writes them; a verdict other than
/// `allowed` follows in parentheses.
pub fn reach(reach: &Reach) -> impl Display {
    fmt::from_fn(move |f| {
        for entry in &reach.connections {
            write!(f, "{} => {} : ", entry.from, entry.to)?;
            ports(f, &entry.ports)?;
            match entry.verdict {
                Verdict::Allowed => writeln!(f)?,
                verdict => writeln!(f, " ({verdict})")?,
            }
        }
        Ok(())
    })
}

/// Port ranges of the form `TCP/80`, protocol by protocol.
fn ports(f: &mut Formatter<'_>, ports: &[String]) -> fmt::Result {
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
    use expect_test::{Expect, expect};

    use super::*;
    use crate::view::ReachEntry;

    #[track_caller]
    fn check(verdict: Verdict, ports: &[&str], expected: &Expect) {
        let ports = ports.iter().map(ToString::to_string).collect();
        let entry = ReachEntry { from: "a/x".to_owned(), to: "b/y".to_owned(), verdict, ports };
        expected.assert_eq(&reach(&Reach { connections: vec![entry] }).to_string());
    }

    #[test]
    fn ranges_of_one_protocol_stand_together() {
        check(
            Verdict::Allowed,
            &["TCP/80", "TCP/1000-2000", "UDP/*", "SCTP/7"],
            &expect![[r"
                a/x => b/y : SCTP 7,TCP 80,1000-2000,UDP 1-65535
            "]],
        );
    }

    #[test]
    fn every_port_of_every_protocol_has_a_name() {
        check(
            Verdict::Allowed,
            &["SCTP/*", "TCP/*", "UDP/*"],
            &expect![[r"
                a/x => b/y : All Connections
            "]],
        );
    }

    #[test]
    fn a_verdict_other_than_allowed_is_said() {
        check(
            Verdict::ImplementationDefined,
            &["TCP/80"],
            &expect![[r"
                a/x => b/y : TCP 80 (implementation-defined)
            "]],
        );
    }
}
