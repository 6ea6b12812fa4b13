//! What else to know about a connection.

use netpol_eval::{Found, Topic};

use super::Context;
use crate::connect::Paths;
use crate::endpoint::EndRef;
use crate::view::{PortSpec, Verdict};

/// What else to know about a connection.
pub(super) fn notes(
    context: Context<'_>,
    to: &Found,
    port: &PortSpec,
    paths: &Paths,
) -> Vec<String> {
    let world = context.world;
    let mut notes = Vec::new();
    for path in &paths.all {
        if let (Found::Service(id), Some(target)) = (to, path.port)
            && matches!(path.to, EndRef::Pod(_))
            && *port != PortSpec::Number(target)
        {
            let service = &world.service(*id).meta.name;
            notes.push(format!(
                "Service `{service}` sends {port} to port {target} of {}; policies see the pod's port",
                path.to.short_name(world)
            ));
        }
        if let (EndRef::Pod(pod), Some(number), Ok(judged)) = (path.to, path.port, &path.judged) {
            let declared = &world.template(world.pod(pod)).ports;
            let protocol = judged.connection.traffic.protocol().unwrap_or_default();
            let listens = declared.iter().any(|p| p.number == number && p.protocol == protocol);
            if !listens {
                notes.push(format!(
                    "{} does not declare port {number}/{protocol}; policies do not care who listens",
                    path.to.short_name(world)
                ));
            }
        }
        if let Ok(judged) = &path.judged {
            notes.extend(judged.open_topics().into_iter().map(|it| question(it).to_owned()));
        }
        if path.joint == Verdict::ImplementationDefined && path.verdict() != path.joint {
            notes.push(question(Topic::ClientIpForExternalTraffic).to_owned());
        }
    }
    notes.sort();
    notes.dedup();
    paths.notes.iter().cloned().chain(notes).collect()
}

/// What Kubernetes leaves open, and which option decides it.
fn question(topic: Topic) -> &'static str {
    match topic {
        Topic::IpBlockMatchesPods => {
            "Kubernetes does not say whether an ipBlock matches the addresses of pods: most network \
             plugins compare them, Cilium does not. The option `ipBlockMatchesPods` decides"
        }
        Topic::IpBlockMatchesNodes => {
            "Kubernetes does not say whether an ipBlock matches the addresses of nodes: most network \
             plugins compare them, Cilium does not unless told to. The option \
             `ipBlockMatchesNodes` decides"
        }
        Topic::HostNetworkPods => {
            "Kubernetes does not say whether policies see pods with hostNetwork: most network \
             plugins treat them as their node. The option `hostNetworkPods` decides"
        }
        Topic::HairpinViaService => {
            "Kubernetes does not say whether a pod that reaches itself through a Service is subject \
             to policies. The option `hairpinViaService` decides"
        }
        Topic::EgressToOwnNode => {
            "Kubernetes does not say clearly whether a pod may always connect to its own node. The \
             option `egressToOwnNode` decides"
        }
        Topic::ClientIpForExternalTraffic => {
            "Kubernetes does not say whose address policies see when a client outside the cluster \
             comes in through a node: the client's or the node's. The option \
             `clientIPForExternalTraffic` decides"
        }
        Topic::Icmp => {
            "Kubernetes does not say whether policies concern ICMP: isolation is defined for TCP, \
             UDP and SCTP. The option `icmp` decides"
        }
        Topic::UnknownAddress => {
            "An address that nobody wrote down is certainly in a block only if the block holds all \
             addresses"
        }
    }
}
