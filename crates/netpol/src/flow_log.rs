//! Flows in the form of Hubble, Cilium's observer: `hubble observe --output compact`.
//!
//! The numbers are made from names and labels, so that the same document gives the same log.
//! Source of the form: <https://github.com/cilium/hubble/blob/main/README.md>.

use std::collections::{BTreeMap, BTreeSet};

use netpol_sort::{Gather, Sort};

use crate::view::{
    ConnectionQuery, Flow, FlowEdge, FlowEnd, FlowEvent, FlowLog, Flows, IdentityView, NodeView,
    Protocol, Topology, Verdict,
};

/// The identity of everything outside the cluster:
/// <https://docs.cilium.io/en/stable/gettingstarted/terminology/#special-identities>.
const WORLD: u32 = 2;
/// The first number of identities that labels have; those below are reserved.
const FIRST_IDENTITY: u32 = 256;
/// So many numbers there are for them.
const IDENTITIES: u32 = 65_536 - FIRST_IDENTITY;
/// The first of the ports that Linux gives to clients (`net.ipv4.ip_local_port_range`).
const FIRST_PORT: u16 = 32_768;
/// So many ports it gives.
const PORTS: u32 = 28_232;

/// Labels as Cilium writes them.
type Labels = BTreeMap<String, String>;

/// Flows as Hubble, Cilium's observer, would note them down if each was tried once: at most so many
/// lines. What is not judged leaves none. `topology` is of the same text.
pub fn flow_log(topology: &Topology, flows: &Flows, most: usize) -> FlowLog {
    let judged = || {
        let edges = |flow| Flow::judged(flow).map(move |edge| (flow, edge));
        flows.flows.iter().flat_map(edges)
    };
    let listed: Vec<(&Flow, &FlowEdge)> = judged().take(most).collect();
    let named: BTreeSet<&str> =
        listed.iter().flat_map(|(_, edge)| [edge.from.as_str(), edge.to.as_str()]).gather();
    let identities = identities(topology, &named);
    let numbers: BTreeMap<&str, u32> = identities
        .iter()
        .flat_map(|identity| identity.members.iter().map(|id| (id.as_str(), identity.number)))
        .gather();
    let number = |id: &str| numbers.get(id).copied().unwrap_or(WORLD);
    let events = listed.iter().map(|(flow, edge)| {
        let [from, to] = [number(&edge.from), number(&edge.to)];
        let Flow { from: sender, to: receiver, port, protocol, .. } = (*flow).clone();
        FlowEvent {
            connection: ConnectionQuery { from: sender, to: receiver, port, protocol },
            verdict: edge.verdict,
            was: edge.was,
            rejected: flows.rejects && edge.verdict == Verdict::Denied,
            from: end(&edge.from, client_port(edge, protocol), from),
            to: end(&edge.to, edge.port, to),
        }
    });
    let events = events.collect();
    let omitted = judged().count() - listed.len();
    FlowLog { events, omitted, total: flows.total, identities }
}

impl Flow {
    /// The parts of which something is known to become.
    fn judged(&self) -> impl Iterator<Item = &FlowEdge> {
        self.edges.iter().filter(|edge| edge.verdict != Verdict::NotApplicable)
    }
}

fn end(id: &str, port: u16, identity: u32) -> FlowEnd {
    let name = id.strip_prefix("external/").unwrap_or(id);
    FlowEnd { name: name.to_owned(), port, identity: (identity != WORLD).then_some(identity) }
}

/// The port that the client's side has.
fn client_port(edge: &FlowEdge, protocol: Protocol) -> u16 {
    let parts = [edge.from.as_str(), &edge.to, protocol.as_str(), &edge.port.to_string()];
    // Both together are no port above 60,999.
    FIRST_PORT + u16::try_from(hash(parts.into_iter()) % PORTS).unwrap_or_default()
}

/// Everyone who is named, those with the same labels together, by number.
fn identities(topology: &Topology, named: &BTreeSet<&str>) -> Vec<IdentityView> {
    let nodes: BTreeMap<&str, &NodeView> =
        topology.nodes.iter().map(|node| (node.id.as_str(), node)).gather();
    let mut members: BTreeMap<Labels, Vec<String>> = BTreeMap::new();
    for id in named {
        let labels = match nodes.get(id) {
            Some(node) => labels(node),
            None => Labels::from([("reserved:world".to_owned(), String::new())]),
        };
        members.entry(labels).or_default().push((*id).to_owned());
    }
    let mut taken = BTreeSet::new();
    let mut all: Vec<IdentityView> = members
        .into_iter()
        .map(|(labels, members)| {
            let outside = labels.contains_key("reserved:world");
            let number = if outside { WORLD } else { free_number(&labels, &mut taken) };
            IdentityView { number, labels, members }
        })
        .collect();
    all.arrange_by_key(|identity| identity.number);
    all
}

fn labels(node: &NodeView) -> Labels {
    let own = node.labels.iter().map(|(key, value)| (format!("k8s:{key}"), value.clone()));
    let namespace = ("k8s:io.kubernetes.pod.namespace".to_owned(), node.namespace.clone());
    own.chain([namespace]).gather()
}

/// A number for labels, the next free one if another set has it.
fn free_number(labels: &Labels, taken: &mut BTreeSet<u32>) -> u32 {
    let wanted = hash(labels.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]));
    let numbers =
        (0..IDENTITIES).map(|step| FIRST_IDENTITY + (wanted % IDENTITIES + step) % IDENTITIES);
    let number = { numbers }.find(|number| !taken.contains(number)).unwrap_or(FIRST_IDENTITY);
    taken.insert(number);
    number
}

/// FNV-1a of texts: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
fn hash<'a>(texts: impl Iterator<Item = &'a str>) -> u32 {
    let bytes = texts.flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::view::{FlowQuery, IdentityView};
    use crate::{Sources, analyse, flow_log, report};

    #[test]
    fn each_flow_is_an_event_and_each_set_of_labels_a_number() {
        let manifests = "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: np-demo, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: frontend, namespace: np-demo, labels: {role: frontend}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: also-frontend, namespace: np-demo}
spec:
  replicas: 2
  selector: {matchLabels: {role: frontend}}
  template: {metadata: {labels: {role: frontend}}}
---
apiVersion: netpol/v1
kind: External
metadata: {name: office}
spec: {ip: 203.0.113.7}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: np-demo}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from: [{podSelector: {matchLabels: {role: frontend}}}]
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: all}
spec:
  connections:
  - {from: np-demo/frontend, to: np-demo/web, port: 8080, verdict: allowed}
  - {from: np-demo/also-frontend, to: np-demo/web, port: 53, protocol: UDP, verdict: allowed}
  - {from: external/office, to: np-demo/web, port: 8080, verdict: denied}
  - {from: np-demo/web, to: '2001:db8::1', port: 443, verdict: allowed}
";
        let analysis = analyse(Sources::single("m.yaml", manifests));
        let flows = analysis.flows(&FlowQuery { limit: 100, ..FlowQuery::default() });
        let log = flow_log(&analysis.topology(), &flows, 100);
        let identity =
            |it: &IdentityView| format!("{} {:?} {:?}\n", it.number, it.labels, it.members);
        let identities: String = log.identities.iter().map(identity).collect();
        let text = report::flow_log(&log).to_string() + &identities;
        expect![[r#"
            np-demo/frontend:41654 (ID:46745) -> np-demo/web:8080 (ID:41318) to-endpoint FORWARDED (TCP Flags: SYN)
            np-demo/also-frontend:53948 (ID:46745) -> np-demo/web:53 (ID:41318) to-endpoint FORWARDED (UDP)
            office:60011 (world) <> np-demo/web:8080 (ID:41318) Policy denied DROPPED (TCP Flags: SYN)
            np-demo/web:54478 (ID:41318) -> [2001:db8::1]:443 (world) to-stack FORWARDED (TCP Flags: SYN)
            2 {"reserved:world": ""} ["2001:db8::1", "external/office"]
            41318 {"k8s:app": "web", "k8s:io.kubernetes.pod.namespace": "np-demo"} ["np-demo/web"]
            46745 {"k8s:io.kubernetes.pod.namespace": "np-demo", "k8s:role": "frontend"} ["np-demo/also-frontend", "np-demo/frontend"]
        "#]].assert_eq(&text);
    }

    #[test]
    fn what_a_plugin_rejects_is_no_drop() {
        let manifests = "
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: none}, spec: {}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: other}}
---
{apiVersion: netpol/v1, kind: Settings, metadata: {name: settings}, spec: {plugin: k3s}}
";
        let analysis = analyse(Sources::single("m.yaml", manifests));
        let flows = analysis.flows(&FlowQuery { limit: 100, ..FlowQuery::default() });
        let log = flow_log(&analysis.topology(), &flows, 100);
        expect![[r"
            other/b:58595 (ID:65235) <> default/a:1 (ID:35062) Policy denied REJECTED (TCP Flags: SYN)
        "]].assert_eq(&report::flow_log(&log).to_string());
    }

    #[test]
    fn lines_that_are_left_out_are_counted() {
        let manifests = "
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}}
";
        let analysis = analyse(Sources::single("m.yaml", manifests));
        let flows = analysis.flows(&FlowQuery { limit: 100, ..FlowQuery::default() });
        let log = |most| flow_log(&analysis.topology(), &flows, most);
        let all = log(100);
        assert_eq!(
            (log(1).events.as_slice(), log(1).omitted),
            (&all.events[..1], all.events.len() - 1)
        );
        assert_eq!((all.omitted, all.total), (0, flows.total));
    }
}
