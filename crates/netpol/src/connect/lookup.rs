//! Looking a Service's name up, which a client does before it connects.

use netpol_eval::{Found, Target, TargetAt, Traffic, World};
use netpol_model::{Dns, Protocol};

use super::pairs::{Arrival, Connecting, Nodes};
use super::{LazyReachability, Paths, Written};
use crate::endpoint::EndRef;

/// The connections that a lookup makes.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// The name, as it is found from every namespace.
    pub(crate) name: String,
    /// First over UDP; over TCP if the answer does not fit into one packet.
    pub(crate) steps: [(Protocol, Paths); 2],
}

/// The lookup of a Service's name, as far as it is known whom the senders ask. Some pods ask whom
/// their node asks.
pub(crate) fn lookup(
    world: &World,
    reachability: &LazyReachability<'_>,
    from: &Found,
    to: &Found,
) -> Option<Lookup> {
    let Found::Service(id) = to else { return None };
    let meta = &world.service(*id).meta;
    let steps = steps(world, reachability, from);
    let is_known = steps.iter().any(|(_, paths)| !paths.all.is_empty());
    is_known.then(|| Lookup { name: format!("{}.{}.svc", meta.name, meta.namespace), steps })
}

/// What looking any name of the cluster up takes, as far as it is known whom the senders ask.
pub(crate) fn steps(
    world: &World,
    reachability: &LazyReachability<'_>,
    from: &Found,
) -> [(Protocol, Paths); 2] {
    let connecting = Connecting { world, reachability, written: Written::default() };
    let senders = connecting.senders(from).unwrap_or_default();
    [Protocol::Udp, Protocol::Tcp].map(|protocol| {
        let targets = world.resolvers(protocol);
        let of_cluster = |sender: &&EndRef| dns(world, **sender) == Some(&Dns::Cluster);
        let clients: Vec<EndRef> = senders.iter().filter(of_cluster).copied().collect();
        let mut paths = to_resolvers(&connecting, &clients, &targets, protocol);
        for sender in &senders {
            // The others are asked only if the first does not answer.
            if let Some(Dns::Servers(servers)) = dns(world, *sender)
                && let Some(server) = servers.first()
            {
                let targets = world.resolver_at(*server, protocol);
                let own = to_resolvers(&connecting, &[*sender], &targets, protocol);
                paths.all.extend(own.all);
            }
        }
        (protocol, paths)
    })
}

/// Whom a sender asks for names, if it is a pod.
fn dns(world: &World, sender: EndRef) -> Option<&Dns> {
    match sender {
        EndRef::Pod(pod) => Some(&world.template(world.pod(pod)).dns),
        _ => None,
    }
}

fn to_resolvers(
    connecting: &Connecting<'_, '_>,
    senders: &[EndRef],
    targets: &[Target],
    protocol: Protocol,
) -> Paths {
    let end_of = |target: &Target| match target.at {
        TargetAt::Pod(pod) => EndRef::Pod(pod),
        TargetAt::Address(address) => EndRef::Address(address),
    };
    let receivers: Vec<EndRef> = targets.iter().map(end_of).collect();
    let mut paths = Paths::default();
    for (from, to) in connecting.pairs(senders, &receivers, Nodes::DoNotMatter) {
        if let Some(target) = targets.iter().find(|target| end_of(target) == to) {
            let arrival = Arrival { traffic: Traffic::Port(protocol, target.port), entrance: None };
            connecting.judge(&mut paths.all, from, to, Ok(arrival));
        }
    }
    paths
}
