//! The connections of the document's expectations.

use std::collections::BTreeMap;

use netpol_eval::Answer;
use netpol_model::{ExpectedConnection, ExpectedTraffic, PortRef};

use super::Drawing;
use super::group::{Counts, Key, Line, changed, drawn, finish};
use crate::Analysis;
use crate::connect::{self, Path, Paths, combined, stopping};
use crate::place::place;
use crate::view::{Direction, Fate, Flow, FlowEdge, Flows, PortSpec, Protocol, Verdict};

pub(super) fn flows(drawing: &Drawing<'_>) -> Flows {
    let expectations = &drawing.now.objects().expectations;
    let mut flows = Vec::new();
    let mut lines: BTreeMap<Key, Line> = BTreeMap::new();
    let mut total = 0;
    for connection in expectations.iter().flat_map(|it| &it.connections) {
        let flow = flow(drawing, connection);
        if !drawing.passes(&flow) {
            continue;
        }
        total += 1;
        for edge in &flow.edges {
            let fate =
                Fate { verdict: edge.verdict, stops_at: edge.stops_at.clone(), was: edge.was };
            let ends = [&edge.from, &edge.to].map(|end| drawing.card(end).to_owned());
            let [from, to] = ends;
            let line = lines.entry((from, to, fate)).or_default();
            line.count += 1;
            line.ports.insert((edge.port, flow.protocol));
            if flows.len() < drawing.query.limit {
                line.flows.insert(flows.len());
            }
        }
        if flows.len() < drawing.query.limit {
            flows.push(flow);
        }
    }
    let changed =
        changed(lines.iter().map(|((.., fate), line)| ((fate.verdict, fate.was), line.count)));
    let mut keep =
        drawn(lines.keys().map(|(.., fate)| (fate.verdict, fate.was)), drawing.query).into_iter();
    let mut undrawn = 0;
    lines.retain(|_, line| {
        let kept = keep.next().unwrap_or(true);
        undrawn += if kept { 0 } else { line.count };
        kept
    });
    finish(lines, flows, Counts { total, undrawn, changed }, true)
}

fn flow(drawing: &Drawing<'_>, connection: &ExpectedConnection) -> Flow {
    let (port, protocol) = expected_traffic(connection);
    let paths = paths(drawing.now, connection);
    let mut edges = edges(drawing.now, &paths.all);
    if let Some(before) = drawing.before {
        let old = self::edges(before, &self::paths(before, connection).all);
        for edge in &mut edges {
            let same =
                |it: &&FlowEdge| it.from == edge.from && it.to == edge.to && it.port == edge.port;
            let was = old.iter().find(same).map(|it| it.verdict);
            edge.was = was.filter(|was| *was != edge.verdict);
        }
    }
    Flow {
        from: connection.from.to_string(),
        to: connection.to.to_string(),
        port,
        protocol,
        verdict: paths.verdict(),
        expected: Some(connection.verdict.into()),
        place: Some(place(drawing.now.sources(), connection.span)),
        edges,
    }
}

fn paths(analysis: &Analysis, connection: &ExpectedConnection) -> Paths {
    let (port, protocol) = expected_traffic(connection);
    let world = analysis.world();
    let ends = world.find(&connection.from).zip(world.find(&connection.to));
    let Some((from, to)) = ends else { return Paths::default() };
    let reachability = || analysis.reachability();
    let written = connect::Written::of(&connection.from, &connection.to);
    connect::paths(world, &reachability, &from, &to, &port, protocol, written).unwrap_or_default()
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
fn edges(analysis: &Analysis, paths: &[Path]) -> Vec<FlowEdge> {
    let world = analysis.world();
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
            FlowEdge { from, to, port, verdict, stops_at, was: None }
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
    .sides()
}
