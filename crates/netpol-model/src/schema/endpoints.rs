//! `v1` Endpoints and `discovery.k8s.io/v1` `EndpointSlice`.

use super::meta::ObjectMeta;
use super::structs;

structs! {
    Endpoint {
        addresses: [string], conditions: EndpointConditions, deprecatedTopology: {string},
        hints: EndpointHints, hostname: string, nodeName: string, targetRef: ObjectReference,
        zone: string,
    }
    EndpointAddress { hostname: string, ip: string, nodeName: string, targetRef: ObjectReference }
    EndpointConditions { ready: bool, serving: bool, terminating: bool }
    EndpointHints { forNodes: [ForNode], forZones: [ForZone] }
    EndpointPort { appProtocol: string, name: string, port: int32, protocol: "v1.Protocol" }
    EndpointSlice {
        addressType: "v1.AddressType", apiVersion: string, endpoints: [Endpoint], kind: string,
        metadata: ObjectMeta, ports: [EndpointPort],
    }
    EndpointSubset {
        addresses: [EndpointAddress], notReadyAddresses: [EndpointAddress], ports: [EndpointPort],
    }
    Endpoints {
        apiVersion: string, kind: string, metadata: ObjectMeta, subsets: [EndpointSubset],
    }
    ForNode { name: string }
    ForZone { name: string }
    ObjectReference {
        apiVersion: string, fieldPath: string, kind: string, name: string, namespace: string,
        resourceVersion: string, uid: string,
    }
}
