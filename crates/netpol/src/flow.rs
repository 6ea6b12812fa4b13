//! The flows that a picture draws.

use std::collections::BTreeMap;

use netpol_eval::{Answer, Reachability, World};
use netpol_model::{ExpectedConnection, ExpectedTraffic, PortRef};
use netpol_syntax::Sources;

use crate::connect::{self, LazyReachability, Path, Paths, combined, stopping};
use crate::party::{Party, parties};
use crate::place::place;
use crate::view::{
    Direction, Flow, FlowEdge, FlowQuery, FlowSource, Flows, PortSpec, Protocol, Verdict,
};

/// The flows that a query chooses.
pub(crate) fn flows(
    world: &World,
    sources: &Sources,
    reachability: &LazyReachability<'_>,
    query: &FlowQuery,
) -> Flows {
    let expected = || world.objects().expectations.iter().flat_map(|e| &e.connections);
    let from_expectations = match query.source {
        FlowSource::Auto => expected().next().is_some(),
        FlowSource::Expectations => true,
        FlowSource::DeclaredPorts => false,
    };
    let mut chosen = Chosen { query, flows: Vec::new(), total: 0 };
    if from_expectations {
        for connection in expected() {
            chosen.offer(expected_flow(world, sources, reachability, connection));
        }
    } else {
        declared(world, reachability(), &mut chosen);
    }
    Flows { flows: chosen.flows, total: chosen.total, from_expectations }
}

/// The flows that passed the filters so far.
struct Chosen<'a> {
    query: &'a FlowQuery,
    flows: Vec<Flow>,
    total: usize,
}

impl Chosen<'_> {
    fn offer(&mut self, flow: Flow) {
        if self.passes(&flow) {
            self.total += 1;
            if self.flows.len() < self.query.limit {
                self.flows.push(flow);
            }
        }
    }

    fn passes(&self, flow: &Flow) -> bool {
        let query = self.query;
        let ends = || {
            let edges = flow.edges.iter().flat_map(|edge| [edge.from.as_str(), edge.to.as_str()]);
            edges.chain([flow.from.as_str(), flow.to.as_str()])
        };
        query.verdict.is_none_or(|verdict| flow.verdict == verdict)
            && query.port.is_none_or(|port| {
                flow.port == PortSpec::Number(port) || flow.edges.iter().any(|e| e.port == port)
            })
            && self.concerns(ends)
    }

    fn concerns<'e, I: Iterator<Item = &'e str>>(&self, ends: impl Fn() -> I) -> bool {
        let query = self.query;
        query.endpoint.as_ref().is_none_or(|endpoint| ends().any(|end| end == endpoint))
            && query.namespace.as_ref().is_none_or(|namespace| {
                ends().any(|end| {
                    let end = end.strip_prefix("service:").unwrap_or(end);
                    end.split_once('/').is_some_and(|(of, _)| of == namespace)
                })
            })
    }
}

fn expected_flow(
    world: &World,
    sources: &Sources,
    reachability: &LazyReachability<'_>,
    connection: &ExpectedConnection,
) -> Flow {
    let (port, protocol) = expected_traffic(connection);
    let (from, to) = (world.find(&connection.from), world.find(&connection.to));
    let paths = match (from, to) {
        (Some(from), Some(to)) => {
            connect::paths(world, reachability, &from, &to, &port, protocol).unwrap_or_default()
        }
        _ => Paths::default(),
    };
    Flow {
        from: connection.from.to_string(),
        to: connection.to.to_string(),
        port,
        protocol,
        verdict: paths.verdict(),
        expected: Some(connection.verdict.into()),
        place: Some(place(sources, connection.span)),
        edges: edges(world, &paths.all),
    }
}

/// The port and the protocol of an expectation as a question.
pub(crate) fn expected_traffic(connection: &ExpectedConnection) -> (PortSpec, Protocol) {
    match &connection.traffic {
        ExpectedTraffic::Port(PortRef::Number(number), protocol) => {
            (PortSpec::Number(*number), (*protocol).into())
        }
        ExpectedTraffic::Port(PortRef::Name(name), protocol) => {
            (PortSpec::Name(name.clone()), (*protocol).into())
        }
        ExpectedTraffic::Ping => (PortSpec::None, Protocol::Icmp),
    }
}

/// Lines from node to node; paths between the same two are one line.
fn edges(world: &World, paths: &[Path]) -> Vec<FlowEdge> {
    let mut edges: BTreeMap<(String, String, u16), Vec<&Path>> = BTreeMap::new();
    for path in paths {
        if let (Some(port), Ok(_)) = (path.port, &path.judged) {
            let key = (path.from.node(world), path.to.node(world), port);
            edges.entry(key).or_default().push(path);
        }
    }
    edges
        .into_iter()
        .map(|((from, to, port), paths)| {
            let verdict = combined(paths.iter().map(|path| path.joint));
            let stops_at = match verdict {
                Verdict::Denied => stops_at(&paths),
                _ => Vec::new(),
            };
            FlowEdge { from, to, port, verdict, stops_at }
        })
        .collect()
}

fn stops_at(paths: &[&Path]) -> Vec<Direction> {
    let strictest = |side: fn(&connect::Judged) -> Answer| {
        let judged = paths.iter().filter_map(|path| path.judged.as_ref().ok());
        judged.map(side).min().unwrap_or(Answer::Yes)
    };
    stopping(
        strictest(|judged| judged.trace.egress.passes),
        strictest(|judged| judged.trace.ingress.passes),
    )
}

/// Every pair, on each port that the receiver declares.
fn declared(world: &World, reachability: &Reachability, chosen: &mut Chosen<'_>) {
    let parties = parties(world, reachability);
    let wanted = |port: &(netpol_model::Protocol, u16)| {
        chosen.query.port.is_none_or(|wanted| wanted == port.1)
    };
    let receivers: Vec<(&Party, Vec<(netpol_model::Protocol, u16)>)> = parties
        .iter()
        .map(|to| (to, to.declared_ports(world).into_iter().filter(wanted).collect()))
        .collect();
    for from in &parties {
        for (to, ports) in receivers.iter().filter(|(to, _)| from.can_meet(to)) {
            if !chosen.concerns(|| [from.id.as_str(), to.id.as_str()].into_iter()) {
                continue;
            }
            for (protocol, port) in ports.iter().copied() {
                let full = chosen.flows.len() >= chosen.query.limit;
                if full && chosen.query.verdict.is_none() {
                    chosen.total += 1;
                } else {
                    chosen.offer(declared_flow(reachability, from, to, protocol, port));
                }
            }
        }
    }
}

fn declared_flow(
    reachability: &Reachability,
    from: &Party,
    to: &Party,
    protocol: netpol_model::Protocol,
    port: u16,
) -> Flow {
    let pair = from.connect(reachability, to, protocol, port);
    Flow {
        from: from.id.clone(),
        to: to.id.clone(),
        port: PortSpec::Number(port),
        protocol: Protocol::from(protocol),
        verdict: pair.verdict,
        expected: None,
        place: None,
        edges: vec![FlowEdge {
            from: from.id.clone(),
            to: to.id.clone(),
            port,
            verdict: pair.verdict,
            stops_at: pair.stops_at,
        }],
    }
}
