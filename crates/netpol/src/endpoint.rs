//! What a person's name for an endpoint means.

use std::net::IpAddr;

use netpol_eval::{ExternalId, Found, GroupId, PodId, ServiceId, World};
use netpol_model::{EndpointName, ServiceKind};
use netpol_syntax::Sources;

use crate::place::place;
use crate::view::{EndpointKind, EndpointView, Place, QueryError};

/// One end that can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EndRef {
    /// A pod.
    Pod(PodId),
    /// A named outside address.
    External(ExternalId),
    /// An address.
    Address(IpAddr),
    /// What a Service is an alias of, at an address that is not known.
    Host(ServiceId),
}

impl EndRef {
    /// As connections name it.
    pub(crate) fn name(self, world: &World) -> String {
        match self {
            Self::Pod(pod) => world.pod_name(pod),
            Self::External(id) => external_name(world, id),
            Self::Address(address) => address.to_string(),
            Self::Host(id) => host(world, id),
        }
    }

    /// The name without what is clear from the sentence around it.
    pub(crate) fn short_name(self, world: &World) -> String {
        match self {
            Self::Pod(pod) => world.pod(pod).name.clone(),
            Self::External(id) => world.objects().externals[id.index()].meta.name.clone(),
            Self::Address(_) | Self::Host(_) => self.name(world),
        }
    }

    /// The id of the node, external or address that a picture shows for it.
    pub(crate) fn node(self, world: &World) -> String {
        match self {
            Self::Pod(pod) => world.group_name(world.pod(pod).group),
            Self::External(_) | Self::Address(_) | Self::Host(_) => self.name(world),
        }
    }

    /// Its addresses.
    pub(crate) fn addresses(self, world: &World) -> Vec<IpAddr> {
        match self {
            Self::Pod(pod) => world.pod(pod).addresses.clone(),
            Self::External(id) => world.objects().externals[id.index()].addresses.clone(),
            Self::Address(address) => vec![address],
            Self::Host(_) => Vec::new(),
        }
    }

    /// Its address, if it is that of a node.
    pub(crate) fn node_address(self, world: &World) -> Option<IpAddr> {
        match self {
            Self::Pod(_) => None,
            end => end.addresses(world).into_iter().find(|it| world.is_node_address(*it)),
        }
    }
}

/// The DNS name that a Service is an alias of.
fn host(world: &World, id: ServiceId) -> String {
    match &world.service(id).kind {
        ServiceKind::ExternalName(host) => host.clone(),
        _ => String::new(),
    }
}

/// `external/NAME`
pub(crate) fn external_name(world: &World, id: ExternalId) -> String {
    format!("external/{}", world.objects().externals[id.index()].meta.name)
}

/// Finds what a name means, or says what would be one.
pub(crate) fn find(world: &World, text: &str) -> Result<(EndpointName, Found), QueryError> {
    let name = EndpointName::parse(text.trim()).ok_or_else(|| QueryError {
        message: format!("`{text}` is not an endpoint"),
        help: Some(
            "write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, \
             `external/NAME` or an address"
                .to_owned(),
        ),
    })?;
    match world.find(&name) {
        Some(found) => Ok((name, found)),
        None => Err(unknown(world, &name)),
    }
}

fn unknown(world: &World, name: &EndpointName) -> QueryError {
    let what = match name {
        EndpointName::Pod { .. } => "pod or workload",
        EndpointName::Service { .. } => "service",
        EndpointName::External(_) => "external address",
        EndpointName::Address(_) => "address",
    };
    let wanted = name.to_string();
    let close = all_names(world)
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&wanted, &candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 3.max(candidate.len() / 4))
        .min();
    QueryError {
        message: format!("there is no {what} `{wanted}`"),
        help: close.map(|(_, candidate)| format!("did you mean `{candidate}`?")),
    }
}

fn all_names(world: &World) -> Vec<String> {
    let objects = world.objects();
    let groups = (0..world.groups().len() as u32).map(|id| world.group_name(GroupId(id)));
    let services = objects
        .services
        .iter()
        .map(|service| format!("service:{}/{}", service.meta.namespace, service.meta.name));
    let externals =
        (0..objects.externals.len() as u32).map(|id| external_name(world, ExternalId(id)));
    groups.chain(services).chain(externals).collect()
}

/// An endpoint as an explanation shows it.
pub(crate) fn view(
    world: &World,
    sources: &Sources,
    name: &EndpointName,
    found: &Found,
) -> EndpointView {
    let strings = |addresses: &[IpAddr]| addresses.iter().map(ToString::to_string).collect();
    let bare = |kind, addresses| EndpointView {
        id: name.to_string(),
        kind,
        addresses,
        labels: netpol_model::Labels::new(),
        place: None,
    };
    match found {
        Found::Pod(pod) => EndpointView {
            id: world.pod_name(*pod),
            labels: world.template(world.pod(*pod)).labels.clone(),
            place: group_place(world, sources, world.pod(*pod).group),
            ..bare(EndpointKind::Pod, strings(&world.pod(*pod).addresses))
        },
        Found::Groups(groups) => {
            let pods = groups.iter().flat_map(|group| &world.group(*group).pods);
            let first = groups.first().copied();
            EndpointView {
                labels: first
                    .map(|group| world.group_template(group).labels.clone())
                    .unwrap_or_default(),
                place: first.and_then(|group| group_place(world, sources, group)),
                ..bare(
                    EndpointKind::Workload,
                    pods.flat_map(|pod| strings(&world.pod(*pod).addresses)).collect(),
                )
            }
        }
        Found::Service(id) => service_view(world, sources, *id, name),
        Found::External(id) => {
            let external = &world.objects().externals[id.index()];
            EndpointView {
                place: Some(place(sources, external.meta.span)),
                ..bare(EndpointKind::External, strings(&external.addresses))
            }
        }
        Found::Address(address) => bare(EndpointKind::Address, strings(&[*address])),
    }
}

fn service_view(
    world: &World,
    sources: &Sources,
    id: ServiceId,
    name: &EndpointName,
) -> EndpointView {
    let service = world.service(id);
    EndpointView {
        id: name.to_string(),
        kind: EndpointKind::Service,
        addresses: service.addresses.iter().map(ToString::to_string).collect(),
        labels: service.meta.labels.clone(),
        place: Some(place(sources, service.meta.span)),
    }
}

/// Where a pod or workload is declared.
pub(crate) fn group_place(world: &World, sources: &Sources, group: GroupId) -> Option<Place> {
    let span = match world.group(group).kind {
        netpol_eval::GroupKind::Pod(index) => world.objects().pods[index].meta.span,
        netpol_eval::GroupKind::Workload(index) => world.objects().workloads[index].meta.span,
        netpol_eval::GroupKind::ImpliedDns => return None,
    };
    Some(place(sources, span))
}
