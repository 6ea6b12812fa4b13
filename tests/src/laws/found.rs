//! What the laws found wrong, as a person would write it.

use netpol::view::{
    ConnectionQuery, Direction, MatrixQuery, PortSpec, Protocol, ReachQuery, Verdict,
};
use netpol::{Analysis, Sources, analyse};

/// Reads manifests whose expectations must hold, if there are any.
#[track_caller]
fn check(manifests: &str) -> Analysis {
    let analysis = analyse(Sources::single("found.yaml", manifests));
    let results = analysis.test().results;
    let wrong: Vec<_> = results.iter().filter(|result| !result.ok).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    analysis
}

/// Endpoints of a port are the pods that have it, see `targetPort` in
/// <https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/>.
#[test]
fn a_pod_without_the_name_of_the_port_is_not_behind_the_service() {
    check(
        "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: named, labels: {app: web}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
---
{apiVersion: v1, kind: Pod, metadata: {name: unnamed, labels: {app: web}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: client}}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: all}
spec:
  connections:
  - {from: default/client, to: 'service:default/web', port: 80, verdict: allowed}
",
    );
}

#[test]
fn a_list_says_that_address_families_differ() {
    let analysis = check(
        "
apiVersion: v1
kind: Pod
metadata: {name: both}
status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: office}, spec: {ips: [203.0.113.7, '2001:db8::7']}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-v6}
spec: {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: '::/0'}}]}]}
",
    );
    let from = Some("default/both".to_owned());
    let reach = analysis.reach(&ReachQuery { from, ..ReachQuery::default() }).unwrap();
    let verdicts: Vec<_> = reach.connections.iter().map(|it| (&*it.to, it.verdict)).collect();
    assert_eq!(verdicts, [("external/office", Verdict::Mixed)]);
}

/// Pods that nothing tells apart are still two pods: this is no connection of a pod to itself.
#[test]
fn alike_pods_of_one_node_are_not_the_same_pod() {
    let analysis = check(
        "
apiVersion: v1
kind: Pod
metadata: {name: one}
spec: {hostNetwork: true, nodeName: n1}
status: {podIP: 192.0.2.1}
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec: {hostNetwork: true, nodeName: n1}
status: {podIP: 192.0.2.1}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: isolates}
spec: {podSelector: {}, policyTypes: [Egress]}
---
apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec: {options: {egressToOwnNode: subject, hostNetworkPods: as-pod}}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: all}
spec:
  connections:
  - {from: default/one, to: default/two, port: 80, verdict: denied}
",
    );
    let reach = analysis.reach(&ReachQuery::default()).unwrap();
    assert_eq!(reach.connections, []);
}

/// Over both families it depends on the plugin, but with some plugins only one connects.
#[test]
fn families_that_depend_on_different_answers_are_told_apart() {
    let analysis = check(
        "
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec: {nodeName: n1, hostNetwork: true}
---
apiVersion: v1
kind: Pod
metadata: {name: both}
status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}, {type: InternalIP, address: '2001:db8::1'}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-v6}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: '::/0'}}]}]}
",
    );
    let (from, to) = ("default/agent".to_owned(), "default/both".to_owned());
    let port = PortSpec::Number(80);
    let query = ConnectionQuery { from, to, port, protocol: Protocol::Tcp };
    let paths = analysis.explain(&query).unwrap().paths;
    let answers: Vec<Vec<_>> = paths
        .iter()
        .map(|path| path.questions.iter().map(|it| it.option.as_str()).collect())
        .collect();
    assert_eq!(answers, [vec!["hostNetworkPods"], vec!["ipBlockMatchesPods", "hostNetworkPods"]]);
}

/// The node that is dialled forwards over the family of the endpoint, from its address of that family.
#[test]
fn a_node_forwards_from_its_address_of_the_endpoints_family() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
status: {podIP: 'fd00::4'}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.0.2.1}, {type: InternalIP, address: '2001:db8::1'}]}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: both}, spec: {ips: [203.0.113.7, '2001:db8:1::7']}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-nodes}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: '2001:db8::/48'}}]}]}
---
apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec: {options: {clientIPForExternalTraffic: replaced, ipBlockMatchesNodes: true}}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: all}
spec:
  connections:
  - {from: external/both, to: 192.0.2.1, port: 30080, verdict: allowed}
",
    );
}

#[test]
fn a_pod_in_its_nodes_network_may_reach_its_node_like_others() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec: {nodeName: n1, hostNetwork: true}
status: {podIP: 192.0.2.1}
---
apiVersion: v1
kind: Pod
metadata: {name: other}
spec: {nodeName: n1, hostNetwork: true}
status: {podIP: 192.0.2.1}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: no-egress}
spec: {policyTypes: [Egress]}
---
apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec: {options: {hostNetworkPods: as-pod, egressToOwnNode: always-allowed}}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: all}
spec:
  connections:
  - {from: default/agent, to: default/other, port: 80, verdict: allowed}
  - {from: default/agent, to: 203.0.113.7, port: 80, verdict: denied}
",
    );
}

/// A policy that selects a pod isolates it and may admit it elsewhere: which of the two readings is
/// the stricter one depends on the side.
#[test]
fn a_denial_by_both_readings_of_host_network_says_so() {
    let analysis = check(
        "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- {metadata: {name: in, namespace: a}, spec: {podSelector: {}}}
- metadata: {name: out}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}]}
---
{apiVersion: v1, kind: Pod, metadata: {name: p1}}
---
apiVersion: v1
kind: Pod
metadata: {name: p2, namespace: a}
spec: {nodeName: n1, hostNetwork: true}
status: {podIP: 192.0.2.1}
",
    );
    let query = ConnectionQuery {
        from: "default/p1".to_owned(),
        to: "a/p2".to_owned(),
        port: PortSpec::Number(80),
        protocol: Protocol::Tcp,
    };
    let explanation = analysis.explain(&query).unwrap();
    assert_eq!(explanation.verdict, Verdict::Denied);
    assert_eq!(
        explanation.summary,
        "p1 cannot connect to p2 whether hostNetwork pods count as their node or as pods: no policy \
         lets it out in the first case, none lets it in in the second."
    );
    let matrix = MatrixQuery { port: Some(query.port), protocol: None, limit: 10 };
    let cell = analysis.matrix(&matrix).unwrap().cells[1][0].clone();
    assert_eq!(cell.verdict, Verdict::Denied);
    assert_eq!(cell.stops_at, [Direction::Egress, Direction::Ingress]);
}
