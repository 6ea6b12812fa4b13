//! Whether an entry of `ports` covers a port.

use netpol_model::{Options, PodTemplate, PolicyPort, PortRef, Protocol};

use crate::reading::Reading;
use crate::{Answer, End, Topic, Traffic};

/// Ports of one protocol, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    /// The protocol.
    pub protocol: Protocol,
    /// The first port.
    pub first: u16,
    /// The last port.
    pub last: u16,
}

impl PortRange {
    /// The ports that exist: 0 is none.
    pub const FIRST: u16 = 1;

    /// One port.
    pub fn single(protocol: Protocol, port: u16) -> Self {
        Self { protocol, first: port, last: port }
    }

    /// Every port of a protocol.
    pub fn whole(protocol: Protocol) -> Self {
        Self { protocol, first: Self::FIRST, last: u16::MAX }
    }

    /// Whether it has that port.
    pub fn contains(self, protocol: Protocol, port: u16) -> bool {
        self.protocol == protocol && self.first <= port && port <= self.last
    }
}

/// Whether a port entry covers the connection's port, or what fails first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortOutcome {
    /// It does.
    Matched,
    /// It does in some implementations.
    Depends(Topic),
    /// It does not.
    Missed(PortMiss),
}

impl PortOutcome {
    /// The question that it hinges on.
    pub fn topic(&self) -> Option<Topic> {
        match self {
            Self::Depends(topic) => Some(*topic),
            Self::Matched | Self::Missed(_) => None,
        }
    }

    /// The outcome without its reason.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Matched => Answer::Yes,
            Self::Depends(_) => Answer::Depends,
            Self::Missed(_) => Answer::No,
        }
    }
}

/// A receiver, as names of ports are resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receiver<'a> {
    /// What it declares; `None` if it is not a pod.
    template: Option<&'a PodTemplate>,
    /// Whether its names count: those of a pod in its node's network may not.
    names_count: Answer,
}

impl<'a> Receiver<'a> {
    /// The receiver at an end.
    pub(crate) fn of(reading: &Reading<'a>, end: End) -> Self {
        let world = reading.world;
        let template = end.pod().map(|pod| world.template(world.pod(pod)));
        let as_pod = match (template, reading.options.host_network_pods_as_pods) {
            (Some(template), None) if template.host_network => Answer::Depends,
            (Some(template), Some(as_pod)) if template.host_network => Answer::from_bool(as_pod),
            (template, _) => Answer::from_bool(template.is_some()),
        };
        Self { template: template.filter(|_| as_pod != Answer::No), names_count: as_pod }
    }

    /// Whether its names of ports count.
    pub(crate) fn names_count(self) -> Answer {
        self.names_count
    }

    /// What it declares, if its names may count.
    pub(crate) fn template(self) -> Option<&'a PodTemplate> {
        self.template
    }
}

/// Why a port entry does not cover the connection's port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortMiss {
    /// It is for another protocol.
    Protocol,
    /// A ping has no port.
    Ping,
    /// It is for another number, or another range.
    Number,
    /// The receiver gives that name to other numbers.
    NameIsOther(Vec<u16>),
    /// The receiver gives that name to ports of other protocols only.
    NameOtherProtocol(Protocol),
    /// The receiver declares no port of that name.
    NameNotDeclared,
    /// Only pods have port names, and the receiver is none.
    NameNeedsPod,
    /// The entry covers the port, but this implementation does not support what it is made of.
    NotSupported(Feature),
}

/// What Kubernetes defines for ports and not every implementation supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Ranges: without it `port` alone counts, see
    /// <https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports>.
    EndPort,
    /// Names of ports.
    NamedPorts,
    /// Ports of SCTP.
    Sctp,
}

/// The ports that an entry means at a receiver; `template` is `None` if that is not a pod.
///
/// A name is resolved by each receiver for itself, and means all of its ports of that name and
/// protocol, in whichever container. What the implementation does not support means nothing, but for
/// a range, which then means its first port.
pub(crate) fn ranges<'a>(
    entry: &'a PolicyPort,
    template: Option<&'a PodTemplate>,
    options: &Options,
) -> impl Iterator<Item = PortRange> + 'a {
    let protocol = entry.protocol;
    let lacks = lacking(entry, options);
    let numbered = match &entry.port {
        None => Some(PortRange::whole(protocol)),
        Some(PortRef::Number(first)) => {
            let end_port = entry.end_port.filter(|_| lacks != Some(Feature::EndPort));
            Some(PortRange { protocol, first: *first, last: end_port.unwrap_or(*first) })
        }
        Some(PortRef::Name(_)) => None,
    };
    let named = match (&entry.port, template) {
        (Some(PortRef::Name(name)), Some(template)) => Some(
            template
                .ports
                .iter()
                .filter(move |port| port.protocol == protocol && port.name.as_deref() == Some(name))
                .map(move |port| PortRange::single(protocol, port.number)),
        ),
        _ => None,
    };
    let means_something = matches!(lacks, None | Some(Feature::EndPort));
    numbered.into_iter().chain(named.into_iter().flatten()).filter(move |_| means_something)
}

/// What an entry is made of and the implementation does not support.
fn lacking(entry: &PolicyPort, options: &Options) -> Option<Feature> {
    let is_named = matches!(entry.port, Some(PortRef::Name(_)));
    let wanted = [
        (entry.protocol == Protocol::Sctp, options.sctp_supported, Feature::Sctp),
        (is_named, options.named_ports_supported, Feature::NamedPorts),
        (entry.end_port.is_some(), options.end_port_supported, Feature::EndPort),
    ];
    let mut lacking =
        wanted.into_iter().filter(|(wanted, option, _)| *wanted && *option == Some(false));
    lacking.next().map(|(.., feature)| feature)
}

/// Judges one entry of `ports`.
pub(crate) fn judge(
    entry: &PolicyPort,
    traffic: Traffic,
    receiver: Receiver<'_>,
    options: &Options,
) -> PortOutcome {
    let Traffic::Port(protocol, port) = traffic else {
        return PortOutcome::Missed(PortMiss::Ping);
    };
    let template = receiver.template;
    let covers =
        |options: &Options| ranges(entry, template, options).any(|it| it.contains(protocol, port));
    if covers(options) {
        let named = matches!(entry.port, Some(PortRef::Name(_)));
        return match receiver.names_count {
            Answer::Depends if named => PortOutcome::Depends(Topic::HostNetworkPods),
            _ => PortOutcome::Matched,
        };
    }
    if let Some(feature) = lacking(entry, options).filter(|_| covers(&Options::default())) {
        return PortOutcome::Missed(PortMiss::NotSupported(feature));
    }
    PortOutcome::Missed(match (&entry.port, template) {
        _ if entry.protocol != protocol => PortMiss::Protocol,
        (Some(PortRef::Name(_)), None) => PortMiss::NameNeedsPod,
        (Some(PortRef::Name(name)), Some(template)) => name_miss(name, protocol, template),
        _ => PortMiss::Number,
    })
}

fn name_miss(name: &str, protocol: Protocol, template: &PodTemplate) -> PortMiss {
    let named = || template.ports.iter().filter(|port| port.name.as_deref() == Some(name));
    let numbers: Vec<u16> =
        named().filter(|port| port.protocol == protocol).map(|port| port.number).collect();
    if !numbers.is_empty() {
        return PortMiss::NameIsOther(numbers);
    }
    match named().next() {
        Some(other) => PortMiss::NameOtherProtocol(other.protocol),
        None => PortMiss::NameNotDeclared,
    }
}
