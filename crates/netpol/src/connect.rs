//! A question about two endpoints to the single connections that it can mean.

use std::collections::BTreeSet;
use std::net::IpAddr;

use netpol_eval::{
    Answer, Connection, End, Found, IdentityId, PodId, PodState, Reachability, ServiceId,
    ServiceMiss, Trace, World, trace,
};
use netpol_model::{PortRef, Protocol};

use crate::endpoint::EndRef;
use crate::view::{Direction, PortSpec, Verdict};

/// One connection that a question can mean.
#[derive(Debug)]
pub(crate) struct Path {
    /// The sender.
    pub(crate) from: EndRef,
    /// The receiver.
    pub(crate) to: EndRef,
    /// The port at the receiver, if that can be told.
    pub(crate) port: Option<u16>,
    /// What is to be judged, or why there is nothing.
    pub(crate) judged: Result<Judged, String>,
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
    /// What becomes of it.
    pub(crate) fn verdict(&self) -> Verdict {
        match &self.judged {
            Ok(judged) => verdict(judged.trace.passes()),
            Err(_) => Verdict::NotApplicable,
        }
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

/// Which sides stop a connection that is denied, from the strictest answers of both. Sides that
/// only may stop it do so together, if none does for certain.
pub(crate) fn stopping(egress: Answer, ingress: Answer) -> Vec<Direction> {
    let strictest = egress.min(ingress);
    let stops = |answer| answer == strictest && answer != Answer::Yes;
    let sides = [(Direction::Egress, egress), (Direction::Ingress, ingress)];
    sides.into_iter().filter(|(_, answer)| stops(*answer)).map(|(side, _)| side).collect()
}

/// A port as the model has it.
pub(crate) fn port_ref(port: &PortSpec) -> PortRef {
    match port {
        PortSpec::Number(number) => PortRef::Number(*number),
        PortSpec::Name(name) => PortRef::Name(name.clone()),
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
    protocol: Protocol,
) -> Result<Vec<Path>, String> {
    let connecting = Connecting { world, reachability, protocol };
    let port = port_ref(port);
    let senders = connecting.senders(from)?;
    match to {
        Found::Service(service) => connecting.to_service(&senders, *service, &port),
        _ => connecting.to_receivers(&senders, to, &port),
    }
}

/// Reachability, judged when somebody asks: one connection between two pods needs none.
pub(crate) type LazyReachability<'a> = dyn Fn() -> &'a Reachability + 'a;

struct Connecting<'a, 'r> {
    world: &'a World,
    reachability: &'a LazyReachability<'r>,
    protocol: Protocol,
}

impl Connecting<'_, '_> {
    fn senders(&self, from: &Found) -> Result<Vec<EndRef>, String> {
        match from {
            Found::Service(id) => Err(format!(
                "Service `{}` cannot open connections: ask about one of its pods",
                self.world.service(*id).meta.name
            )),
            other => self.ends(other),
        }
    }

    /// The ends that a name stands for.
    fn ends(&self, found: &Found) -> Result<Vec<EndRef>, String> {
        Ok(match found {
            Found::Pod(pod) => vec![EndRef::Pod(*pod)],
            Found::External(id) => vec![EndRef::External(*id)],
            Found::Address(address) => vec![EndRef::Address(*address)],
            Found::Groups(groups) => {
                let pods: Vec<EndRef> = groups
                    .iter()
                    .flat_map(|group| &self.world.group(*group).pods)
                    .map(|pod| EndRef::Pod(*pod))
                    .collect();
                if pods.is_empty() {
                    return Err("the workload asks for no pods".to_owned());
                }
                pods
            }
            Found::Service(_) => Vec::new(),
        })
    }

    fn to_receivers(
        &self,
        senders: &[EndRef],
        to: &Found,
        port: &PortRef,
    ) -> Result<Vec<Path>, String> {
        let receivers = self.ends(to)?;
        let mut paths = Vec::new();
        for (from, to) in self.pairs(senders, &receivers) {
            let number = match (port, to) {
                (PortRef::Number(number), _) => Ok(*number),
                (PortRef::Name(name), EndRef::Pod(pod)) => self
                    .world
                    .port_number(pod, name, self.protocol)
                    .ok_or_else(|| self.no_such_port(pod, name)),
                (PortRef::Name(name), _) => {
                    Err(format!("only pods and services have port names, `{name}` is one"))
                }
            };
            self.judge(&mut paths, from, to, number, false);
        }
        Ok(paths)
    }

    fn to_service(
        &self,
        senders: &[EndRef],
        id: ServiceId,
        port: &PortRef,
    ) -> Result<Vec<Path>, String> {
        let mut targets = self
            .world
            .service_targets(id, port, self.protocol)
            .map_err(|miss| self.service_miss(id, port, &miss))?;
        // A pod that lacks the port's name is no endpoint of that port, as long as others have it.
        if targets.iter().any(|target| target.port.is_some()) {
            targets.retain(|target| target.port.is_some());
        }
        let receivers: Vec<EndRef> = targets.iter().map(|target| EndRef::Pod(target.pod)).collect();
        let port_of = |to: EndRef| {
            targets.iter().find(|target| EndRef::Pod(target.pod) == to).and_then(|t| t.port)
        };
        let mut paths = Vec::new();
        let mut pairs = self.pairs(senders, &receivers);
        // A Service may choose the sender itself, which is not like choosing another pod.
        let itself = senders.iter().filter(|end| receivers.contains(end)).map(|end| (*end, *end));
        pairs.extend(itself.collect::<Vec<_>>());
        pairs.sort_unstable();
        pairs.dedup();
        for (from, to) in pairs {
            let number = port_of(to).ok_or_else(|| match to {
                EndRef::Pod(pod) => self.no_such_port(pod, "the Service's targetPort"),
                EndRef::External(_) | EndRef::Address(_) => String::new(),
            });
            self.judge(&mut paths, from, to, number, true);
        }
        Ok(paths)
    }

    /// Pairs to ask about, one for each pair of classes that nothing can tell apart. Somebody to
    /// itself only where there is nobody else.
    fn pairs(&self, senders: &[EndRef], receivers: &[EndRef]) -> Vec<(EndRef, EndRef)> {
        let single = senders.len() == 1 && receivers.len() == 1;
        if single {
            return vec![(senders[0], receivers[0])];
        }
        let mut seen: BTreeSet<(Class, Class)> = BTreeSet::new();
        let mut pairs = Vec::new();
        for from in self.representatives(senders) {
            for to in receivers.iter().filter(|to| **to != from) {
                if seen.insert((self.class(from), self.class(*to))) {
                    pairs.push((from, *to));
                }
            }
        }
        if pairs.is_empty() {
            pairs.extend(senders.iter().filter(|end| receivers.contains(end)).map(|e| (*e, *e)));
        }
        pairs
    }

    fn representatives(&self, ends: &[EndRef]) -> Vec<EndRef> {
        let mut seen = BTreeSet::new();
        ends.iter().copied().filter(|end| seen.insert(self.class(*end))).collect()
    }

    fn class(&self, end: EndRef) -> Class {
        match end {
            EndRef::Pod(pod) => match (self.reachability)().of_pod(pod) {
                Some(identity) => Class::Identity(identity),
                None => Class::Silent(pod),
            },
            other => Class::Other(other),
        }
    }

    /// Judges one pair over every address family that both have.
    fn judge(
        &self,
        paths: &mut Vec<Path>,
        from: EndRef,
        to: EndRef,
        port: Result<u16, String>,
        via_service: bool,
    ) {
        let none = |reason| Path { from, to, port: None, judged: Err(reason) };
        if let Some(reason) = [from, to].into_iter().find_map(|end| self.silent(end)) {
            return paths.push(none(reason));
        }
        if !matches!(from, EndRef::Pod(_)) && !matches!(to, EndRef::Pod(_)) {
            return paths.push(none("no pod is involved: policies only speak of pods".to_owned()));
        }
        let port = match port {
            Ok(port) => port,
            Err(reason) => return paths.push(none(reason)),
        };
        let pairs = address_pairs(&from.addresses(self.world), &to.addresses(self.world));
        let mut judged: Vec<Judged> = Vec::new();
        for (source, destination) in pairs {
            let connection = Connection {
                from: end(from, source),
                to: end(to, destination),
                port,
                protocol: self.protocol,
                via_service,
            };
            let trace = trace(self.world, &connection);
            // The second family is worth telling only where it differs.
            if judged.iter().all(|other| other.trace.passes() != trace.passes()) {
                judged.push(Judged { connection, trace });
            }
        }
        let path = |judged| Path { from, to, port: Some(port), judged: Ok(judged) };
        paths.extend(judged.into_iter().map(path));
    }

    fn silent(&self, end: EndRef) -> Option<String> {
        let EndRef::Pod(pod) = end else { return None };
        silent(self.world, pod)
    }

    fn no_such_port(&self, pod: PodId, name: &str) -> String {
        let quoted =
            if name.contains(' ') { name.to_owned() } else { format!("the name `{name}`") };
        format!("{} declares no {} port for {quoted}", self.world.pod_name(pod), self.protocol)
    }

    fn service_miss(&self, id: ServiceId, port: &PortRef, miss: &ServiceMiss) -> String {
        let service = self.world.service(id);
        let name = format!("Service `{}/{}`", service.meta.namespace, service.meta.name);
        match miss {
            ServiceMiss::NoSuchPort => {
                let ports: Vec<String> = service
                    .ports
                    .iter()
                    .map(|port| format!("{}/{}", port.number, port.protocol))
                    .collect();
                format!(
                    "{name} has no port {port}/{}; it has {}",
                    self.protocol,
                    if ports.is_empty() { "none".to_owned() } else { ports.join(", ") }
                )
            }
            ServiceMiss::NoSelector => {
                format!("{name} has no selector; its endpoints are made by hand and not known here")
            }
            ServiceMiss::NoEndpoints => {
                format!("{name} has no endpoints: no ready pod has the labels of its selector")
            }
            ServiceMiss::ExternalName(host) => {
                format!("{name} is an alias of `{host}`, whose address is not known here")
            }
        }
    }
}

/// Ends that nothing can tell apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Identity(IdentityId),
    Silent(PodId),
    Other(EndRef),
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
    }
}

/// Pairs of addresses of one family; if there is none, the first of each.
fn address_pairs(from: &[IpAddr], to: &[IpAddr]) -> Vec<(IpAddr, IpAddr)> {
    let same: Vec<(IpAddr, IpAddr)> = [true, false]
        .into_iter()
        .filter_map(|v4| {
            let of = |addresses: &[IpAddr]| addresses.iter().copied().find(|a| a.is_ipv4() == v4);
            Some((of(from)?, of(to)?))
        })
        .collect();
    if same.is_empty() {
        return from.first().copied().zip(to.first().copied()).into_iter().collect();
    }
    same
}
