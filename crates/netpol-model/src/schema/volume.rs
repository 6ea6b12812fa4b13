//! The volumes of a pod.

use super::meta::{LabelSelector, ObjectMeta};
use super::pod::VolumeHealthCondition;
use super::structs;

structs! {
    AWSElasticBlockStoreVolumeSource {
        fsType: string, partition: int32, readOnly: bool, volumeID: string,
    }
    AzureDiskVolumeSource {
        cachingMode: string, diskName: string, diskURI: string, fsType: string, kind: string,
        readOnly: bool,
    }
    AzureFileVolumeSource { readOnly: bool, secretName: string, shareName: string }
    CSIVolumeSource {
        driver: string, fsType: string, nodePublishSecretRef: LocalObjectReference, readOnly: bool,
        volumeAttributes: {string},
    }
    CephFSVolumeSource {
        monitors: [string], path: string, readOnly: bool, secretFile: string,
        secretRef: LocalObjectReference, user: string,
    }
    CinderVolumeSource {
        fsType: string, readOnly: bool, secretRef: LocalObjectReference, volumeID: string,
    }
    ClusterTrustBundleProjection {
        labelSelector: LabelSelector, name: string, optional: bool, path: string,
        signerName: string, user: int64,
    }
    ConfigMapProjection { items: [KeyToPath], name: string, optional: bool }
    ConfigMapVolumeSource {
        defaultMode: int32, defaultUser: int64, items: [KeyToPath], name: string, optional: bool,
    }
    DownwardAPIProjection { items: [DownwardAPIVolumeFile] }
    DownwardAPIVolumeFile {
        fieldRef: ObjectFieldSelector, mode: int32, path: string,
        resourceFieldRef: ResourceFieldSelector, user: int64,
    }
    DownwardAPIVolumeSource {
        defaultMode: int32, defaultUser: int64, items: [DownwardAPIVolumeFile],
    }
    EmptyDirVolumeSource { medium: string, mode: int32, sizeLimit: quantity }
    EphemeralVolumeSource { volumeClaimTemplate: PersistentVolumeClaimTemplate }
    FCVolumeSource {
        fsType: string, lun: int32, readOnly: bool, targetWWNs: [string], wwids: [string],
    }
    FlexVolumeSource {
        driver: string, fsType: string, options: {string}, readOnly: bool,
        secretRef: LocalObjectReference,
    }
    FlockerVolumeSource { datasetName: string, datasetUUID: string }
    GCEPersistentDiskVolumeSource {
        fsType: string, partition: int32, pdName: string, readOnly: bool,
    }
    GitRepoVolumeSource { directory: string, repository: string, revision: string }
    GlusterfsVolumeSource { endpoints: string, path: string, readOnly: bool }
    HostPathVolumeSource { path: string, type: string }
    ISCSIVolumeSource {
        chapAuthDiscovery: bool, chapAuthSession: bool, fsType: string, initiatorName: string,
        iqn: string, iscsiInterface: string, lun: int32, portals: [string], readOnly: bool,
        secretRef: LocalObjectReference, targetPortal: string,
    }
    ImageVolumeSource { pullPolicy: string, reference: string }
    KeyToPath { key: string, mode: int32, path: string, user: int64 }
    LocalObjectReference { name: string }
    ModifyVolumeStatus { status: string, targetVolumeAttributesClassName: string }
    NFSVolumeSource { path: string, readOnly: bool, server: string }
    ObjectFieldSelector { apiVersion: string, fieldPath: string }
    PersistentVolumeClaim {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: PersistentVolumeClaimSpec,
        status: PersistentVolumeClaimStatus,
    }
    PersistentVolumeClaimCondition {
        lastProbeTime: string, lastTransitionTime: string, message: string, reason: string,
        status: string, type: string,
    }
    PersistentVolumeClaimSpec {
        accessModes: [string], dataSource: TypedLocalObjectReference,
        dataSourceRef: TypedObjectReference, resources: VolumeResourceRequirements,
        selector: LabelSelector, storageClassName: string, volumeAttributesClassName: string,
        volumeMode: string, volumeName: string,
    }
    PersistentVolumeClaimStatus {
        accessModes: [string], allocatedResourceStatuses: {string}, allocatedResources: {quantity},
        capacity: {quantity}, conditions: [PersistentVolumeClaimCondition],
        currentVolumeAttributesClassName: string, healthStatus: VolumeHealthStatus,
        modifyVolumeStatus: ModifyVolumeStatus, phase: string,
    }
    PersistentVolumeClaimTemplate { metadata: ObjectMeta, spec: PersistentVolumeClaimSpec }
    PersistentVolumeClaimVolumeSource { claimName: string, readOnly: bool }
    PhotonPersistentDiskVolumeSource { fsType: string, pdID: string }
    PodCertificateProjection {
        certificateChainPath: string, credentialBundlePath: string, keyPath: string,
        keyType: string, maxExpirationSeconds: int32, signerName: string, user: int64,
        userAnnotations: {string},
    }
    PortworxVolumeSource { fsType: string, readOnly: bool, volumeID: string }
    ProjectedVolumeSource { defaultMode: int32, defaultUser: int64, sources: [VolumeProjection] }
    QuobyteVolumeSource {
        group: string, readOnly: bool, registry: string, tenant: string, user: string,
        volume: string,
    }
    RBDVolumeSource {
        fsType: string, image: string, keyring: string, monitors: [string], pool: string,
        readOnly: bool, secretRef: LocalObjectReference, user: string,
    }
    ResourceFieldSelector { containerName: string, divisor: quantity, resource: string }
    ScaleIOVolumeSource {
        fsType: string, gateway: string, protectionDomain: string, readOnly: bool,
        secretRef: LocalObjectReference, sslEnabled: bool, storageMode: string,
        storagePool: string, system: string, volumeName: string,
    }
    SecretProjection { items: [KeyToPath], name: string, optional: bool }
    SecretVolumeSource {
        defaultMode: int32, defaultUser: int64, items: [KeyToPath], optional: bool,
        secretName: string,
    }
    ServiceAccountTokenProjection {
        audience: string, expirationSeconds: int64, path: string, user: int64,
    }
    StorageOSVolumeSource {
        fsType: string, readOnly: bool, secretRef: LocalObjectReference, volumeName: string,
        volumeNamespace: string,
    }
    TypedLocalObjectReference { apiGroup: string, kind: string, name: string }
    TypedObjectReference { apiGroup: string, kind: string, name: string, namespace: string }
    Volume {
        awsElasticBlockStore: AWSElasticBlockStoreVolumeSource, azureDisk: AzureDiskVolumeSource,
        azureFile: AzureFileVolumeSource, cephfs: CephFSVolumeSource, cinder: CinderVolumeSource,
        configMap: ConfigMapVolumeSource, csi: CSIVolumeSource,
        downwardAPI: DownwardAPIVolumeSource, emptyDir: EmptyDirVolumeSource,
        ephemeral: EphemeralVolumeSource, fc: FCVolumeSource, flexVolume: FlexVolumeSource,
        flocker: FlockerVolumeSource, gcePersistentDisk: GCEPersistentDiskVolumeSource,
        gitRepo: GitRepoVolumeSource, glusterfs: GlusterfsVolumeSource,
        hostPath: HostPathVolumeSource, image: ImageVolumeSource, iscsi: ISCSIVolumeSource,
        name: string, nfs: NFSVolumeSource,
        persistentVolumeClaim: PersistentVolumeClaimVolumeSource,
        photonPersistentDisk: PhotonPersistentDiskVolumeSource,
        portworxVolume: PortworxVolumeSource, projected: ProjectedVolumeSource,
        quobyte: QuobyteVolumeSource, rbd: RBDVolumeSource, scaleIO: ScaleIOVolumeSource,
        secret: SecretVolumeSource, storageos: StorageOSVolumeSource,
        vsphereVolume: VsphereVirtualDiskVolumeSource,
    }
    VolumeHealthStatus { healthConditions: [VolumeHealthCondition], lastTransitionTime: string }
    VolumeProjection {
        clusterTrustBundle: ClusterTrustBundleProjection, configMap: ConfigMapProjection,
        downwardAPI: DownwardAPIProjection, podCertificate: PodCertificateProjection,
        secret: SecretProjection, serviceAccountToken: ServiceAccountTokenProjection,
    }
    VolumeResourceRequirements { limits: {quantity}, requests: {quantity} }
    VsphereVirtualDiskVolumeSource {
        fsType: string, storagePolicyID: string, storagePolicyName: string, volumePath: string,
    }
}
