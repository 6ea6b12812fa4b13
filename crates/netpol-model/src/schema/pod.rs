//! `v1` Pod, its spec and its status.

use super::meta::{LabelSelector, ObjectMeta};
use super::structs;
use super::volume::{LocalObjectReference, ObjectFieldSelector, ResourceFieldSelector, Volume};

structs! {
    Affinity {
        nodeAffinity: NodeAffinity, podAffinity: PodAffinity, podAntiAffinity: PodAntiAffinity,
    }
    AppArmorProfile { localhostProfile: string, type: string }
    Capabilities { add: [string], drop: [string] }
    ConfigMapEnvSource { name: string, optional: bool }
    ConfigMapKeySelector { key: string, name: string, optional: bool }
    Container {
        args: [string], command: [string], env: [EnvVar], envFrom: [EnvFromSource], image: string,
        imagePullPolicy: "v1.PullPolicy", lifecycle: Lifecycle, livenessProbe: Probe, name: string,
        ports: [ContainerPort], readinessProbe: Probe, resizePolicy: [ContainerResizePolicy],
        resources: ResourceRequirements, restartPolicy: "v1.ContainerRestartPolicy",
        restartPolicyRules: [ContainerRestartRule], securityContext: SecurityContext,
        startupProbe: Probe, stdin: bool, stdinOnce: bool, terminationMessagePath: string,
        terminationMessagePolicy: "v1.TerminationMessagePolicy", tty: bool,
        volumeDevices: [VolumeDevice], volumeMounts: [VolumeMount], workingDir: string,
    }
    ContainerExtendedResourceRequest {
        containerName: string, requestName: string, resourceName: string,
    }
    ContainerPort {
        containerPort: int32, hostIP: string, hostPort: int32, name: string,
        protocol: "v1.Protocol",
    }
    ContainerResizePolicy { resourceName: string, restartPolicy: string }
    ContainerRestartRule { action: string, exitCodes: ContainerRestartRuleOnExitCodes }
    ContainerRestartRuleOnExitCodes { operator: string, values: [int32] }
    ContainerState {
        running: ContainerStateRunning, terminated: ContainerStateTerminated,
        waiting: ContainerStateWaiting,
    }
    ContainerStateRunning { startedAt: string }
    ContainerStateTerminated {
        containerID: string, exitCode: int32, finishedAt: string, message: string, reason: string,
        signal: int32, startedAt: string,
    }
    ContainerStateWaiting { message: string, reason: string }
    ContainerStatus {
        allocatedResources: {quantity}, allocatedResourcesStatus: [ResourceStatus],
        containerID: string, image: string, imageID: string, lastState: ContainerState,
        name: string, ready: bool, resources: ResourceRequirements, restartCount: int32,
        started: bool, state: ContainerState, stopSignal: string, user: ContainerUser,
        volumeMounts: [VolumeMountStatus],
    }
    ContainerUser { linux: LinuxContainerUser }
    EnvFromSource { configMapRef: ConfigMapEnvSource, prefix: string, secretRef: SecretEnvSource }
    EnvVar { name: string, value: string, valueFrom: EnvVarSource }
    EnvVarSource {
        configMapKeyRef: ConfigMapKeySelector, fieldRef: ObjectFieldSelector,
        fileKeyRef: FileKeySelector, resourceFieldRef: ResourceFieldSelector,
        secretKeyRef: SecretKeySelector,
    }
    EphemeralContainer {
        args: [string], command: [string], env: [EnvVar], envFrom: [EnvFromSource], image: string,
        imagePullPolicy: "v1.PullPolicy", lifecycle: Lifecycle, livenessProbe: Probe, name: string,
        ports: [ContainerPort], readinessProbe: Probe, resizePolicy: [ContainerResizePolicy],
        resources: ResourceRequirements, restartPolicy: "v1.ContainerRestartPolicy",
        restartPolicyRules: [ContainerRestartRule], securityContext: SecurityContext,
        startupProbe: Probe, stdin: bool, stdinOnce: bool, targetContainerName: string,
        terminationMessagePath: string, terminationMessagePolicy: "v1.TerminationMessagePolicy",
        tty: bool, volumeDevices: [VolumeDevice], volumeMounts: [VolumeMount], workingDir: string,
    }
    EvictionResponder { name: string, priority: int32 }
    ExecAction { command: [string] }
    FileKeySelector { key: string, optional: bool, path: string, volumeName: string }
    GRPCAction { mode: string, port: int32, service: string }
    HTTPGetAction {
        host: string, httpHeaders: [HTTPHeader], path: string, port: intOrString, protocol: string,
        scheme: "v1.URIScheme",
    }
    HTTPHeader { name: string, value: string }
    HostAlias { hostnames: [string], ip: string }
    HostIP { ip: string }
    ImageVolumeStatus { imageRef: string }
    Lifecycle { postStart: LifecycleHandler, preStop: LifecycleHandler, stopSignal: string }
    LifecycleHandler {
        exec: ExecAction, httpGet: HTTPGetAction, sleep: SleepAction, tcpSocket: TCPSocketAction,
    }
    LinuxContainerUser { gid: int64, supplementalGroups: [int64], uid: int64 }
    NodeAffinity {
        preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm],
        requiredDuringSchedulingIgnoredDuringExecution: NodeSelector,
    }
    NodeAllocatableMappedResources { name: string, quantity: quantity }
    NodeAllocatableOverheadResources { name: string, perContainer: quantity, perPod: quantity }
    NodeAllocatableResourceClaimStatus {
        containers: [string], mapping: [NodeAllocatableMappedResources],
        overhead: [NodeAllocatableOverheadResources], resourceClaimName: string,
        resources: {quantity},
    }
    NodeSelector { nodeSelectorTerms: [NodeSelectorTerm] }
    NodeSelectorRequirement { key: string, operator: "v1.NodeSelectorOperator", values: [string] }
    NodeSelectorTerm {
        matchExpressions: [NodeSelectorRequirement], matchFields: [NodeSelectorRequirement],
    }
    Pod { apiVersion: string, kind: string, metadata: ObjectMeta, spec: PodSpec, status: PodStatus }
    PodAffinity {
        preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm],
        requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm],
    }
    PodAffinityTerm {
        labelSelector: LabelSelector, matchLabelKeys: [string], mismatchLabelKeys: [string],
        namespaceSelector: LabelSelector, namespaces: [string], topologyKey: string,
    }
    PodAntiAffinity {
        preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm],
        requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm],
    }
    PodCondition {
        lastProbeTime: string, lastTransitionTime: string, message: string,
        observedGeneration: int64, reason: string, status: string, type: string,
    }
    PodDNSConfig { nameservers: [string], options: [PodDNSConfigOption], searches: [string] }
    PodDNSConfigOption { name: string, value: string }
    PodExtendedResourceClaimStatus {
        requestMappings: [ContainerExtendedResourceRequest], resourceClaimName: string,
    }
    PodIP { ip: string }
    PodOS { name: string }
    PodReadinessGate { conditionType: string }
    PodResourceClaim { name: string, resourceClaimName: string, resourceClaimTemplateName: string }
    PodResourceClaimStatus { name: string, resourceClaimName: string }
    PodSchedulingGate { name: string }
    PodSchedulingGroup { podGroupName: string }
    PodSecurityContext {
        appArmorProfile: AppArmorProfile, fsGroup: int64, fsGroupChangePolicy: string,
        runAsGroup: int64, runAsNonRoot: bool, runAsUser: int64, seLinuxChangePolicy: string,
        seLinuxOptions: SELinuxOptions, seccompProfile: SeccompProfile,
        supplementalGroups: [int64], supplementalGroupsPolicy: string, sysctls: [Sysctl],
        windowsOptions: WindowsSecurityContextOptions,
    }
    PodSpec {
        activeDeadlineSeconds: int64, affinity: Affinity, automountServiceAccountToken: bool,
        containers: [Container], dnsConfig: PodDNSConfig, dnsPolicy: "v1.DNSPolicy",
        enableServiceLinks: bool, ephemeralContainers: [EphemeralContainer],
        evictionResponders: [EvictionResponder], hostAliases: [HostAlias], hostIPC: bool,
        hostNetwork: bool, hostPID: bool, hostUsers: bool, hostname: string,
        hostnameOverride: string, imagePullSecrets: [LocalObjectReference],
        initContainers: [Container], nodeName: string, nodeSelector: {string}, os: PodOS,
        overhead: {quantity}, preemptionPolicy: "v1.PreemptionPolicy", priority: int32,
        priorityClassName: string, readinessGates: [PodReadinessGate],
        resourceClaims: [PodResourceClaim], resources: ResourceRequirements,
        restartPolicy: "v1.RestartPolicy", runtimeClassName: string, schedulerName: string,
        schedulingGates: [PodSchedulingGate], schedulingGroup: PodSchedulingGroup,
        securityContext: PodSecurityContext, serviceAccount: string, serviceAccountName: string,
        setHostnameAsFQDN: bool, shareProcessNamespace: bool, subdomain: string,
        terminationGracePeriodSeconds: int64, tolerations: [Toleration],
        topologySpreadConstraints: [TopologySpreadConstraint], volumes: [Volume],
        workloadRef: WorkloadReference,
    }
    PodStatus {
        allocatedResources: {quantity}, conditions: [PodCondition],
        containerStatuses: [ContainerStatus], ephemeralContainerStatuses: [ContainerStatus],
        extendedResourceClaimStatus: PodExtendedResourceClaimStatus, hostIP: string,
        hostIPs: [HostIP], initContainerStatuses: [ContainerStatus], message: string,
        nodeAllocatableResourceClaimStatuses: [NodeAllocatableResourceClaimStatus],
        nominatedNodeName: string, observedGeneration: int64, phase: "v1.PodPhase", podIP: string,
        podIPs: [PodIP], qosClass: "v1.PodQOSClass", reason: string, resize: string,
        resourceClaimStatuses: [PodResourceClaimStatus], resources: ResourceRequirements,
        startTime: string, volumeHealth: [PodVolumeHealth],
    }
    PodTemplateSpec { metadata: ObjectMeta, spec: PodSpec }
    PodVolumeHealth {
        healthConditions: [VolumeHealthCondition], lastTransitionTime: string, name: string,
    }
    PreferredSchedulingTerm { preference: NodeSelectorTerm, weight: int32 }
    Probe {
        exec: ExecAction, failureThreshold: int32, grpc: GRPCAction, httpGet: HTTPGetAction,
        initialDelaySeconds: int32, periodSeconds: int32, successThreshold: int32,
        tcpSocket: TCPSocketAction, terminationGracePeriodSeconds: int64, timeoutSeconds: int32,
    }
    ResourceClaim { name: string, request: string }
    ResourceHealth { health: string, message: string, resourceID: string }
    ResourceRequirements { claims: [ResourceClaim], limits: {quantity}, requests: {quantity} }
    ResourceStatus { name: string, resources: [ResourceHealth] }
    SELinuxOptions { level: string, role: string, type: string, user: string }
    SeccompProfile { localhostProfile: string, type: string }
    SecretEnvSource { name: string, optional: bool }
    SecretKeySelector { key: string, name: string, optional: bool }
    SecurityContext {
        allowPrivilegeEscalation: bool, appArmorProfile: AppArmorProfile,
        capabilities: Capabilities, privileged: bool, procMount: string,
        readOnlyRootFilesystem: bool, runAsGroup: int64, runAsNonRoot: bool, runAsUser: int64,
        seLinuxOptions: SELinuxOptions, seccompProfile: SeccompProfile,
        windowsOptions: WindowsSecurityContextOptions,
    }
    SleepAction { seconds: int64 }
    Sysctl { name: string, value: string }
    TCPSocketAction { host: string, port: intOrString }
    Toleration {
        effect: "v1.TaintEffect", key: string, operator: "v1.TolerationOperator",
        tolerationSeconds: int64, value: string,
    }
    TopologySpreadConstraint {
        labelSelector: LabelSelector, matchLabelKeys: [string], maxSkew: int32, minDomains: int32,
        nodeAffinityPolicy: string, nodeTaintsPolicy: string, topologyKey: string,
        whenUnsatisfiable: string,
    }
    VolumeDevice { devicePath: string, name: string }
    VolumeHealthCondition { message: string, reason: string, status: string }
    VolumeMount {
        bindMountOptions: [string], mountPath: string, mountPropagation: string, name: string,
        readOnly: bool, recursiveReadOnly: string, subPath: string, subPathExpr: string,
    }
    VolumeMountStatus {
        mountPath: string, name: string, readOnly: bool, recursiveReadOnly: string,
        volumeStatus: VolumeStatus,
    }
    VolumeStatus { image: ImageVolumeStatus }
    WeightedPodAffinityTerm { podAffinityTerm: PodAffinityTerm, weight: int32 }
    WindowsSecurityContextOptions {
        gmsaCredentialSpec: string, gmsaCredentialSpecName: string, hostProcess: bool,
        runAsUserName: string,
    }
    WorkloadReference { name: string, podGroup: string, podGroupReplicaKey: string }
}
