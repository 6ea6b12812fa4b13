//! `v1` Service.

use super::meta::{Condition, ObjectMeta};
use super::structs;

structs! {
    ClientIPConfig { timeoutSeconds: int32 }
    LoadBalancerIngress { hostname: string, ip: string, ipMode: string, ports: [PortStatus] }
    LoadBalancerStatus { ingress: [LoadBalancerIngress] }
    PortStatus { error: string, port: int32, protocol: "v1.Protocol" }
    Service {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: ServiceSpec,
        status: ServiceStatus,
    }
    ServicePort {
        appProtocol: string, name: string, nodePort: int32, port: int32, protocol: "v1.Protocol",
        targetPort: intOrString,
    }
    ServiceSpec {
        allocateLoadBalancerNodePorts: bool, clusterIP: string, clusterIPs: [string],
        externalIPs: [string], externalName: string,
        externalTrafficPolicy: "v1.ServiceExternalTrafficPolicy", healthCheckNodePort: int32,
        internalTrafficPolicy: "v1.ServiceInternalTrafficPolicy", ipFamilies: ["v1.IPFamily"],
        ipFamilyPolicy: "v1.IPFamilyPolicy", loadBalancerClass: string, loadBalancerIP: string,
        loadBalancerSourceRanges: [string], ports: [ServicePort], publishNotReadyAddresses: bool,
        selector: {string}, sessionAffinity: "v1.ServiceAffinity",
        sessionAffinityConfig: SessionAffinityConfig, trafficDistribution: string,
        type: "v1.ServiceType",
    }
    ServiceStatus { conditions: [Condition], loadBalancer: LoadBalancerStatus }
    SessionAffinityConfig { clientIP: ClientIPConfig }
}
