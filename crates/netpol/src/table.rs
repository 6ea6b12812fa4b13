//! All pairs, counts, and the results of expectations.

use netpol_eval::{PortRange, Reachability, World};
use netpol_model::{ExpectedVerdict, Protocol};
use netpol_sort::Sort;

use crate::connect::{self, LazyReachability, combined, port_ref};
use crate::endpoint;
use crate::explain::{self, Context};
use crate::flow::expected_traffic;
use crate::party::{PairVerdict, Party, PartyKind, parties, range_text};
use crate::place::place;
use crate::view::{
    Cell, ExpectationResult, Matrix, MatrixQuery, PairCounts, QueryError, Reach, ReachEntry,
    ReachQuery, Stats, TestReport, Verdict,
};

/// Who to whom.
pub(crate) fn matrix(world: &World, reachability: &Reachability, query: &MatrixQuery) -> Matrix {
    let mut parties = parties(world, reachability);
    let total = parties.len();
    parties.truncate(query.limit);
    let cell = |from: &Party, to: &Party| pair_cell(world, reachability, query, from, to);
    Matrix {
        port: query.port.clone(),
        protocol: query.protocol,
        endpoints: parties.iter().map(|party| party.id.clone()).collect(),
        total,
        cells: parties
            .iter()
            .map(|from| parties.iter().map(|to| cell(from, to)).collect())
            .collect(),
    }
}

/// What becomes of connections between two.
pub(crate) fn pair_cell(
    world: &World,
    reachability: &Reachability,
    query: &MatrixQuery,
    from: &Party,
    to: &Party,
) -> Cell {
    let Some(wanted) = transport(query.protocol) else { return NOTHING };
    if let Some(port) = query.port.as_ref().and_then(port_ref) {
        let protocol = wanted.unwrap_or_default();
        let number = to.port_number(world, &port, protocol);
        let port = number.map(|number| (protocol, number));
        return cell_on(reachability, from, to, port.as_slice());
    }
    let mut ports = to.declared_ports(world);
    ports.retain(|(protocol, _)| wanted.is_none_or(|wanted| wanted == *protocol));
    if ports.is_empty() && matches!(to.kind, PartyKind::External(_)) {
        return cell_on_any(reachability, from, to, wanted);
    }
    cell_on(reachability, from, to, &ports)
}

/// The protocol of a list of ports. `None`: it is ICMP, which has none.
#[expect(clippy::option_option, reason = "whether there can be any, and which one is asked for")]
pub(crate) fn transport(protocol: Option<crate::view::Protocol>) -> Option<Option<Protocol>> {
    protocol.map_or(Some(None), |protocol| protocol.transport().map(Some))
}

const NOTHING: Cell =
    Cell { verdict: Verdict::NotApplicable, ports: Vec::new(), stops_at: Vec::new(), ask: None };

/// A cell about certain ports.
fn cell_on(
    reachability: &Reachability,
    from: &Party,
    to: &Party,
    ports: &[(Protocol, u16)],
) -> Cell {
    if !from.can_meet(to) || ports.is_empty() {
        return NOTHING;
    }
    let judge = |(protocol, port)| from.connect(reachability, to, protocol, port);
    let judged: Vec<((Protocol, u16), PairVerdict)> =
        ports.iter().map(|port| (*port, judge(*port))).collect();
    let allowed = judged.iter().filter(|(_, pair)| pair.verdict == Verdict::Allowed);
    let ask = allowed.clone().map(|(port, _)| *port).next().or(ports.first().copied());
    let verdict = combined(judged.iter().map(|(_, pair)| pair.verdict));
    let mut stops_at: Vec<_> = match verdict {
        Verdict::Denied => judged.iter().flat_map(|(_, pair)| pair.stops_at.sides()).collect(),
        _ => Vec::new(),
    };
    stops_at.arrange();
    stops_at.dedup();
    Cell {
        verdict,
        ports: allowed.map(|(port, _)| port_text(*port)).collect(),
        stops_at,
        ask: ask.map(|(protocol, port)| (port, protocol.into())),
    }
}

/// A cell about a receiver that declares no ports because it is outside the cluster.
fn cell_on_any(
    reachability: &Reachability,
    from: &Party,
    to: &Party,
    wanted: Option<Protocol>,
) -> Cell {
    const HTTPS: (Protocol, u16) = (Protocol::Tcp, 443);
    if !from.can_meet(to) {
        return NOTHING;
    }
    let (verdict, mut ranges) =
        from.ports(reachability, to).unwrap_or((Verdict::Denied, Vec::new()));
    ranges.retain(|range| wanted.is_none_or(|wanted| wanted == range.protocol));
    if ranges.is_empty() {
        let ask = (wanted.unwrap_or(HTTPS.0), HTTPS.1);
        return cell_on(reachability, from, to, &[ask]);
    }
    let asks = |range: &&PortRange| range.contains(HTTPS.0, HTTPS.1);
    let ask = match ranges.iter().find(asks) {
        Some(_) => HTTPS,
        None => (ranges[0].protocol, ranges[0].first),
    };
    Cell {
        verdict,
        ports: ranges.into_iter().map(range_text).collect(),
        stops_at: Vec::new(),
        ask: Some((ask.1, ask.0.into())),
    }
}

fn port_text((protocol, port): (Protocol, u16)) -> String {
    match protocol {
        Protocol::Tcp => port.to_string(),
        _ => format!("{port}/{protocol}"),
    }
}

/// All connections that are possible.
pub(crate) fn reach(
    world: &World,
    reachability: &Reachability,
    query: &ReachQuery,
) -> Result<Reach, QueryError> {
    let parties = parties(world, reachability);
    let chosen = |name: &Option<String>| match name {
        None => Ok(None),
        Some(name) => {
            endpoint::find(world, name)?;
            match parties.iter().find(|party| party.id == *name) {
                Some(party) => Ok(Some(party.id.clone())),
                None => Err(QueryError {
                    message: format!("`{name}` cannot be listed"),
                    help: Some("name a pod, a workload or `external/NAME`".to_owned()),
                }),
            }
        }
    };
    let (from_only, to_only) = (chosen(&query.from)?, chosen(&query.to)?);
    let is =
        |only: &Option<String>, party: &Party| only.as_ref().is_none_or(|only| *only == party.id);
    let mut connections = Vec::new();
    for from in parties.iter().filter(|party| is(&from_only, party)) {
        for to in from.receivers(reachability, &parties).filter(|party| is(&to_only, party)) {
            connections.extend(reach_entry(world, reachability, query, from, to));
        }
    }
    connections.arrange_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    Ok(Reach { connections })
}

fn reach_entry(
    world: &World,
    reachability: &Reachability,
    query: &ReachQuery,
    from: &Party,
    to: &Party,
) -> Option<ReachEntry> {
    if !from.can_meet(to) {
        return None;
    }
    let entry =
        |verdict, ports| ReachEntry { from: from.id.clone(), to: to.id.clone(), verdict, ports };
    let wanted = transport(query.protocol)?;
    if let Some(port) = query.port.as_ref().and_then(port_ref) {
        let protocol = wanted.unwrap_or_default();
        let number = to.port_number(world, &port, protocol)?;
        let verdict = from.connect(reachability, to, protocol, number).verdict;
        let ports = vec![range_text(PortRange::single(protocol, number))];
        return (verdict != Verdict::Denied).then(|| entry(verdict, ports));
    }
    let (verdict, mut ranges) = from.ports(reachability, to)?;
    ranges.retain(|range| wanted.is_none_or(|wanted| wanted == range.protocol));
    (!ranges.is_empty()).then(|| entry(verdict, ranges.into_iter().map(range_text).collect()))
}

/// Counts. Pods that nobody declared do not count.
pub(crate) fn stats(world: &World, reachability: &Reachability) -> Stats {
    let counts = |pod| !world.is_implied(pod);
    let (total, allowed) = reachability.count_pairs(counts);
    let rejected = world.objects().policies.iter().filter(|policy| policy.rejected).count();
    Stats {
        namespaces: crate::topology::shown_namespaces(world).len(),
        pods: world.pod_ids().filter(|pod| counts(*pod)).count(),
        services: world.objects().services.len(),
        policies: world.objects().policies.len() - rejected,
        rejected_policies: rejected,
        identities: reachability.identity_count(counts),
        pairs: PairCounts { total, allowed, denied: total - allowed },
    }
}

/// The results of the expectations.
pub(crate) fn test(context: Context<'_>, reachability: &LazyReachability<'_>) -> TestReport {
    let mut report = TestReport::default();
    for expectation in &context.world.objects().expectations {
        for connection in &expectation.connections {
            let result =
                expectation_result(context, reachability, &expectation.meta.name, connection);
            if result.ok {
                report.passed += 1;
            } else {
                report.failed += 1;
            }
            report.results.push(result);
        }
    }
    report
}

fn expectation_result(
    context: Context<'_>,
    reachability: &LazyReachability<'_>,
    name: &str,
    connection: &netpol_model::ExpectedConnection,
) -> ExpectationResult {
    let world = context.world;
    let (port, protocol) = expected_traffic(connection);
    let (from, to) = (connection.from.to_string(), connection.to.to_string());
    let found = endpoint::find(world, &from)
        .and_then(|from| endpoint::find(world, &to).map(|to| (from.1, to.1)));
    let (actual, reason) = match found {
        Err(error) => (None, error.to_string()),
        Ok((from, to)) => {
            let written = connect::Written::of(&connection.from, &connection.to);
            judge(context, reachability, &from, &to, &port, protocol, written)
        }
    };
    let expected = connection.verdict.into();
    ExpectationResult {
        name: name.to_owned(),
        from,
        to,
        port,
        protocol,
        expected,
        actual,
        ok: actual == Some(expected),
        reason,
        place: place(context.sources, connection.span),
    }
}

fn judge(
    context: Context<'_>,
    reachability: &LazyReachability<'_>,
    from: &netpol_eval::Found,
    to: &netpol_eval::Found,
    port: &crate::view::PortSpec,
    protocol: crate::view::Protocol,
    written: connect::Written,
) -> (Option<Verdict>, String) {
    match connect::paths(context.world, reachability, from, to, port, protocol, written) {
        Err(reason) => {
            (Some(Verdict::NotApplicable), format!("There is nothing to judge: {reason}."))
        }
        Ok(paths) => (Some(paths.verdict()), explain::summary(context.world, &paths.all)),
    }
}

impl From<ExpectedVerdict> for Verdict {
    fn from(verdict: ExpectedVerdict) -> Self {
        match verdict {
            ExpectedVerdict::Allowed => Self::Allowed,
            ExpectedVerdict::Denied => Self::Denied,
            ExpectedVerdict::ImplementationDefined => Self::ImplementationDefined,
            ExpectedVerdict::NotApplicable => Self::NotApplicable,
            ExpectedVerdict::Mixed => Self::Mixed,
        }
    }
}
