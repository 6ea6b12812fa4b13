//! What else to know about a connection.

use netpol_eval::{Answer, Connection, End, Found, Side, Topic, World};
use netpol_model::{Direction, PeerSelector};
use netpol_sort::Sort;

use super::Context;
use crate::connect::{Judged, Path, Paths};
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
            notes.extend(about_addresses(world, path, judged));
            notes.extend(judged.open_topics().into_iter().map(|it| question(it).to_owned()));
        }
        if path.joint == Verdict::ImplementationDefined && path.verdict() != path.joint {
            notes.push(question(Topic::ClientIpForExternalTraffic).to_owned());
        }
    }
    notes.extend(what_the_sender_notices(world, paths).map(str::to_owned));
    notes.arrange();
    notes.dedup();
    paths.notes.iter().cloned().chain(notes).collect()
}

/// How a denied sender learns of it, where that is known.
fn what_the_sender_notices(world: &World, paths: &Paths) -> Option<&'static str> {
    let denied = paths.all.iter().any(|path| path.joint == Verdict::Denied);
    let rejected = world.options().denied_rejected.filter(|_| denied)?;
    Some(if rejected {
        "the network plugin rejects what policies deny: the sender is told at once, such as by \
         `connection refused`"
    } else {
        "the network plugin drops what policies deny: the sender waits until it times out"
    })
}

/// What the verdict says of addresses and nodes that are not known for certain.
fn about_addresses(world: &World, path: &Path, judged: &Judged) -> Vec<String> {
    let mut notes = Vec::new();
    let Connection { from, to, .. } = judged.connection;
    let ends = [(path.from, from, Direction::Ingress), (path.to, to, Direction::Egress)];
    for (name, end, judged_at) in ends {
        let invented = end.pod().is_some_and(|pod| !world.pod(pod).declared_address);
        if let Some(address) = end.address()
            && invented
            && compares_addresses(world, judged.trace.side(judged_at), judged_at)
        {
            notes.push(format!(
                "the manifests do not say the address of {}: {address} is derived from its name",
                name.short_name(world)
            ));
        }
    }
    let is_known = |end: End| end.pod().is_none_or(|pod| world.pod(pod).declared_address);
    if from.is_ipv4() != to.is_ipv4() && is_known(from) && is_known(to) {
        notes.push(format!(
            "{} and {} have no address of the same family: whatever policies say, no packet can pass",
            path.from.short_name(world),
            path.to.short_name(world)
        ));
    }
    let ingress = &judged.trace.ingress;
    let from_node = match from {
        End::Outside(address) => world.is_node_address(address),
        End::Pod { pod, .. } => world.template(world.pod(pod)).host_network,
        End::Unknown { .. } => false,
    };
    if let Some(pod) = to.pod()
        && from_node
        && ingress.passes != Answer::Yes
        && world.own_node_addresses(pod).is_empty()
        && world.template(world.pod(pod)).node_name.is_none()
    {
        notes.push(format!(
            "it is not known on which node {} runs: its own node would always get in",
            path.to.short_name(world)
        ));
    }
    notes
}

/// Whether some rule of a side compares the other end's address with a block.
fn compares_addresses(world: &World, side: &Side, direction: Direction) -> bool {
    let rules = side.policies.iter().flat_map(|it| world.policy(it.policy).rules(direction));
    let mut peers = rules.flat_map(|rule| &rule.peers);
    peers.any(|peer| matches!(peer.selector, PeerSelector::Block(_)))
}

/// What Kubernetes leaves open, and which option decides it.
pub(super) fn question(topic: Topic) -> &'static str {
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

#[cfg(test)]
mod tests {
    use netpol_syntax::Sources;

    use crate::analyse;
    use crate::view::{ConnectionQuery, PortSpec, Protocol};

    const CLUSTER: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- {metadata: {name: block}, spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}}
- {metadata: {name: none}, spec: {podSelector: {matchLabels: {app: db}}}}
---
apiVersion: v1
kind: PodList
items:
- {metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}, status: {podIP: 10.0.0.1}}
- {metadata: {name: db, labels: {app: db}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
- {metadata: {name: six}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}, status: {podIP: 'fd00::1'}}
---
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
---
{apiVersion: netpol/v1, kind: Settings, metadata: {name: settings}, spec: {options: {ipBlockMatchesPods: true}}}
";

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[&str]) {
        let (from, to, port) = (from.to_owned(), to.to_owned(), PortSpec::Number(80));
        let query = ConnectionQuery { from, to, port, protocol: Protocol::Tcp };
        let explanation = analyse(Sources::single("x.yaml", CLUSTER)).explain(&query).unwrap();
        assert_eq!(explanation.notes, expected);
    }

    #[test]
    fn an_address_that_is_made_up_is_said_where_it_is_compared() {
        check(
            "default/db",
            "default/web",
            &["the manifests do not say the address of db: 10.168.172.38 is derived from its name"],
        );
        check("default/web", "default/db", &[]);
    }

    #[test]
    fn ends_without_a_common_family() {
        check(
            "default/web",
            "default/six",
            &[
                "web and six have no address of the same family: whatever policies say, no packet can \
               pass",
            ],
        );
        check("default/db", "default/six", &[]);
    }

    #[test]
    fn a_node_that_may_be_the_pods_own() {
        check(
            "192.0.2.1",
            "default/db",
            &["it is not known on which node db runs: its own node would always get in"],
        );
        check("192.0.2.99", "default/db", &[]);
    }

    #[test]
    fn how_a_denied_sender_learns_of_it() {
        let note = |settings: &str, from: &str| {
            let manifests = CLUSTER.replace("{options: {ipBlockMatchesPods: true}}", settings);
            let (from, port) = (from.to_owned(), PortSpec::Number(80));
            let to = "default/db".to_owned();
            let query = ConnectionQuery { from, to, port, protocol: Protocol::Tcp };
            analyse(Sources::single("x.yaml", manifests)).explain(&query).unwrap().notes.join("\n")
        };
        let web = "default/web";
        assert_eq!(note("{}", web), "");
        let dropped = note("{plugin: calico}", web);
        assert!(dropped.ends_with("the sender waits until it times out"), "{dropped}");
        let rejected = note("{plugin: calico, options: {denyStyle: reject}}", web);
        assert!(rejected.ends_with("such as by `connection refused`"), "{rejected}");
        assert_eq!(note("{plugin: kube-router}", "default/db"), "");
    }
}
