//! `v1` Namespace and Node.

use super::meta::ObjectMeta;
use super::structs;

structs! {
    AttachedVolume { devicePath: string, name: string }
    ConfigMapNodeConfigSource {
        kubeletConfigKey: string, name: string, namespace: string, resourceVersion: string,
        uid: string,
    }
    ContainerImage { names: [string], sizeBytes: int64 }
    DaemonEndpoint { Port: int32 }
    Namespace {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: NamespaceSpec,
        status: NamespaceStatus,
    }
    NamespaceCondition {
        lastTransitionTime: string, message: string, reason: string, status: string, type: string,
    }
    NamespaceSpec { finalizers: ["v1.FinalizerName"] }
    NamespaceStatus { conditions: [NamespaceCondition], phase: "v1.NamespacePhase" }
    Node {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: NodeSpec, status: NodeStatus,
    }
    NodeAddress { address: string, type: "v1.NodeAddressType" }
    NodeCondition {
        lastHeartbeatTime: string, lastTransitionTime: string, message: string, reason: string,
        status: string, type: string,
    }
    NodeConfigSource { configMap: ConfigMapNodeConfigSource }
    NodeConfigStatus {
        active: NodeConfigSource, assigned: NodeConfigSource, error: string,
        lastKnownGood: NodeConfigSource,
    }
    NodeDaemonEndpoints { kubeletEndpoint: DaemonEndpoint }
    NodeFeatures { supplementalGroupsPolicy: bool }
    NodePodPreemptionPolicy { disableResizePreemption: [string] }
    NodeRuntimeHandler { features: NodeRuntimeHandlerFeatures, name: string }
    NodeRuntimeHandlerFeatures { recursiveReadOnlyMounts: bool, userNamespaces: bool }
    NodeSpec {
        configSource: NodeConfigSource, externalID: string, podCIDR: string, podCIDRs: [string],
        podPreemptionPolicy: NodePodPreemptionPolicy, providerID: string, taints: [Taint],
        unschedulable: bool,
    }
    NodeStatus {
        addresses: [NodeAddress], allocatable: {quantity}, capacity: {quantity},
        conditions: [NodeCondition], config: NodeConfigStatus,
        daemonEndpoints: NodeDaemonEndpoints, declaredFeatures: [string], features: NodeFeatures,
        images: [ContainerImage], nodeInfo: NodeSystemInfo, phase: "v1.NodePhase",
        runtimeHandlers: [NodeRuntimeHandler], volumesAttached: [AttachedVolume],
        volumesInUse: [string],
    }
    NodeSwapStatus { capacity: int64 }
    NodeSystemInfo {
        architecture: string, bootID: string, containerRuntimeVersion: string,
        kernelVersion: string, kubeProxyVersion: string, kubeletVersion: string, machineID: string,
        operatingSystem: string, osImage: string, runningInUserNamespace: bool,
        swap: NodeSwapStatus, systemUUID: string,
    }
    Taint { effect: "v1.TaintEffect", key: string, timeAdded: string, value: string }
}
