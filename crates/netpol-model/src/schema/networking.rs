//! `networking.k8s.io/v1`.

use super::meta::{LabelSelector, ObjectMeta};
use super::structs;

structs! {
    IPBlock { cidr: string, except: [string] }
    NetworkPolicy {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: NetworkPolicySpec,
    }
    NetworkPolicyEgressRule { ports: [NetworkPolicyPort], to: [NetworkPolicyPeer] }
    NetworkPolicyIngressRule { from: [NetworkPolicyPeer], ports: [NetworkPolicyPort] }
    NetworkPolicyPeer {
        ipBlock: IPBlock, namespaceSelector: LabelSelector, podSelector: LabelSelector,
    }
    NetworkPolicyPort { endPort: int32, port: intOrString, protocol: "v1.Protocol" }
    NetworkPolicySpec {
        egress: [NetworkPolicyEgressRule], ingress: [NetworkPolicyIngressRule],
        podSelector: LabelSelector, policyTypes: ["v1.PolicyType"],
    }
}
