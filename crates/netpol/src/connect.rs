//! A question about two endpoints to the single connections that it can mean.

mod lookup;
mod pairs;
mod seen;
mod service;

use std::net::IpAddr;

use netpol_eval::{
    Answer, Connection, End, Found, PeerOutcome, PodId, PodState, PortOutcome, Reachability, Topic,
    Trace, Traffic, Unknown, World, trace_under,
};
use netpol_model::{EndpointName, Families, Options, PortRef, Protocol};
use netpol_sort::Sort;

use crate::endpoint::EndRef;
use crate::view::{Direction, PortSpec, Section, Verdict};

pub(crate) use lookup::{Lookup, lookup, steps as lookup_steps};
use pairs::Connecting;
pub(crate) use seen::{SeenAs, joint};

/// Everything that a question can mean, judged.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    /// One for each pair of pods or addresses, and for each way in which policies may see it.
    pub(crate) all: Vec<Path>,
    /// What happens on the way there: which pods are not among the endpoints, and so on.
    pub(crate) notes: Vec<String>,
}

impl Paths {
    /// What becomes of the connection.
    pub(crate) fn verdict(&self) -> Verdict {
        combined(self.all.iter().map(|path| path.joint))
    }
}

/// One connection that a question can mean.
#[derive(Debug)]
pub(crate) struct Path {
    /// The sender.
    pub(crate) from: EndRef,
    /// The receiver.
    pub(crate) to: EndRef,
    /// The port at the receiver, if that can be told.
    pub(crate) port: Option<u16>,
    /// As whom the receiver's policies see the sender.
    pub(crate) seen_as: SeenAs,
    /// What is to be judged, or why there is nothing.
    pub(crate) judged: Result<Judged, String>,
    /// Where it is explained that there is nothing to judge.
    pub(crate) nothing: Option<Section>,
    /// What becomes of it, together with the other ways in which policies may see it.
    pub(crate) joint: Verdict,
}

/// A connection and its trace.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The connection.
    pub(crate) connection: Connection,
    /// What was looked at.
    pub(crate) trace: Trace,
}

impl Path {
    /// What becomes of it, seen like this.
    pub(crate) fn verdict(&self) -> Verdict {
        match &self.judged {
            Ok(judged) => judged.verdict(),
            Err(_) => Verdict::NotApplicable,
        }
    }
}

impl Path {
    /// Whether it is over IPv4, if there is something to judge.
    pub(crate) fn family(&self) -> Option<bool> {
        Some(self.judged.as_ref().ok()?.connection.to.is_ipv4())
    }
}

impl Judged {
    /// What becomes of it. If that hinges on an address outside the cluster that nobody wrote down,
    /// nothing can be said.
    pub(crate) fn verdict(&self) -> Verdict {
        match verdict(self.trace.passes()) {
            Verdict::ImplementationDefined if self.hinges_on_an_address() => Verdict::NotApplicable,
            verdict => verdict,
        }
    }

    /// The same connection with other answers to open questions.
    pub(crate) fn under(&self, world: &World, options: &Options) -> Self {
        let connection = self.connection;
        Self { connection, trace: trace_under(world, options, &connection) }
    }

    /// What becomes of it, the questions on which that hinges, and what would become of it with each
    /// way of answering them all.
    fn prospects(&self, world: &World) -> (Verdict, Vec<Topic>, Vec<Verdict>) {
        let mut topics = self.open_topics();
        topics.retain(|topic| topic.option().is_some());
        let mut ways = vec![*world.options()];
        for topic in &topics {
            let answered = |mut options: Options, value| {
                topic.answer(&mut options, value);
                options
            };
            ways = ways.iter().flat_map(|way| [true, false].map(|it| answered(*way, it))).collect();
        }
        if topics.is_empty() {
            ways.clear();
        }
        let verdicts = ways.iter().map(|way| self.under(world, way).verdict()).collect();
        (self.verdict(), topics, verdicts)
    }

    /// Whether it would have to be known where the receiver is.
    pub(crate) fn hinges_on_an_address(&self) -> bool {
        let is_unknown = |end| matches!(end, End::Unknown { who: Unknown::Outside, .. });
        is_unknown(self.connection.to) && self.open_topics().contains(&Topic::UnknownAddress)
    }

    /// The questions that the verdict hinges on, each once.
    pub(crate) fn open_topics(&self) -> Vec<Topic> {
        let mut topics = Vec::new();
        for side in [&self.trace.egress, &self.trace.ingress] {
            if side.passes != Answer::Depends || self.trace.passes() != Answer::Depends {
                continue;
            }
            topics.extend(&side.exempt);
            let open = side.policies.iter().flat_map(|policy| &policy.rules);
            for rule in open.filter(|rule| rule.matches() == Answer::Depends) {
                topics.extend(rule.peers.iter().filter_map(PeerOutcome::topic));
                topics.extend(rule.ports.iter().filter_map(PortOutcome::topic));
            }
        }
        topics.arrange();
        topics.dedup();
        topics
    }
}

/// The word for an answer.
pub(crate) fn verdict(answer: Answer) -> Verdict {
    match answer {
        Answer::Yes => Verdict::Allowed,
        Answer::Depends => Verdict::ImplementationDefined,
        Answer::No => Verdict::Denied,
    }
}

/// The verdict over several: theirs if they agree.
pub(crate) fn combined(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let mut verdicts = verdicts.into_iter();
    match verdicts.next() {
        None => Verdict::NotApplicable,
        Some(first) if verdicts.all(|verdict| verdict == first) => first,
        Some(_) => Verdict::Mixed,
    }
}

/// The sides that stop a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stops {
    egress: bool,
    ingress: bool,
}

impl Stops {
    /// The sides, sorted.
    pub(crate) fn sides(self) -> Vec<Direction> {
        let sides = [(self.egress, Direction::Egress), (self.ingress, Direction::Ingress)];
        sides.into_iter().filter_map(|(stops, side)| stops.then_some(side)).collect()
    }
}

/// Which sides stop a connection that is denied, from the strictest answers of both. Sides that
/// only may stop it do so together, if none does for certain.
pub(crate) fn stopping(egress: Answer, ingress: Answer) -> Stops {
    let strictest = egress.min(ingress);
    let stops = |answer| answer == strictest && answer != Answer::Yes;
    Stops { egress: stops(egress), ingress: stops(ingress) }
}

/// A port as the model has it, if there is one.
pub(crate) fn port_ref(port: &PortSpec) -> Option<PortRef> {
    match port {
        PortSpec::None => None,
        PortSpec::Number(number) => Some(PortRef::Number(*number)),
        PortSpec::Name(name) => Some(PortRef::Name(name.clone())),
    }
}

/// What a sender asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialled {
    /// A port.
    Port(PortRef, Protocol),
    /// An answer to a ping.
    Ping,
}

impl Dialled {
    /// What a question asks for. An error says that the port is missing.
    fn of(port: &PortSpec, protocol: crate::view::Protocol) -> Result<Self, String> {
        let Some(protocol) = protocol.transport() else { return Ok(Self::Ping) };
        let port = port_ref(port).ok_or_else(|| format!("{protocol} needs a port"))?;
        Ok(Self::Port(port, protocol))
    }
}

/// Reachability, judged when somebody asks: one connection between two pods needs none.
pub(crate) type LazyReachability<'a> = dyn Fn() -> &'a Reachability + 'a;

/// The families that ends are written in: whoever writes an address of a pod or Service means its
/// family alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    from: Families,
    to: Families,
}

impl Written {
    pub(crate) fn of(from: &EndpointName, to: &EndpointName) -> Self {
        let family = |name: &EndpointName| match name {
            EndpointName::Address(address) => Families::of(*address),
            _ => Families::Both,
        };
        Self { from: family(from), to: family(to) }
    }
}

/// Everything that a question can mean, judged. Of pods that nothing can tell apart only one is
/// asked. An error says why the question means nothing at all.
pub(crate) fn paths(
    world: &World,
    reachability: &LazyReachability<'_>,
    from: &Found,
    to: &Found,
    port: &PortSpec,
    protocol: crate::view::Protocol,
    written: Written,
) -> Result<Paths, String> {
    let dialled = Dialled::of(port, protocol)?;
    let connecting = Connecting { world, reachability, written };
    let senders = connecting.senders(from)?;
    if let Found::Service(service) = to {
        return connecting.to_service(&senders, *service, &dialled);
    }
    let receivers = connecting.ends(to)?;
    let entry = receivers.iter().find_map(|end| end.node_address(world));
    if let (Some(entry), Dialled::Port(PortRef::Number(number), protocol)) = (entry, &dialled)
        && let Some(service) = world.node_port(*number, *protocol)
    {
        return connecting.to_node_port(&senders, service, entry, *number, *protocol);
    }
    if let (Some(entry), Dialled::Port(PortRef::Number(number), protocol)) = (entry, &dialled)
        && let Some((pod, target)) = world.host_port(entry, *number, *protocol)
    {
        let traffic = Traffic::Port(*protocol, target);
        return Ok(connecting.to_host_port(&senders, entry, pod, traffic, *number));
    }
    Ok(connecting.to_receivers(&senders, &receivers, &dialled))
}

/// Why a pod takes no part in traffic, if it does not.
pub(crate) fn silent(world: &World, pod: PodId) -> Option<String> {
    let name = world.pod_name(pod);
    match world.pod(pod).state {
        PodState::Active => None,
        PodState::Pending => Some(format!("{name} is pending and has no address yet")),
        PodState::Finished => Some(format!("{name} has finished")),
    }
}

fn end(end: EndRef, address: IpAddr) -> End {
    match end {
        EndRef::Pod(pod) => End::Pod { pod, address },
        EndRef::External(_) | EndRef::Address(_) => End::Outside(address),
        EndRef::Host(_) => End::Unknown { who: Unknown::Outside, ipv4: address.is_ipv4() },
    }
}
