//! `v1` `ReplicationController`.

use super::meta::ObjectMeta;
use super::pod::PodTemplateSpec;
use super::structs;

structs! {
    ReplicationController {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: ReplicationControllerSpec,
        status: ReplicationControllerStatus,
    }
    ReplicationControllerCondition {
        lastTransitionTime: string, message: string, reason: string, status: string,
        type: "v1.ReplicationControllerConditionType",
    }
    ReplicationControllerSpec {
        minReadySeconds: int32, replicas: int32, selector: {string}, template: PodTemplateSpec,
    }
    ReplicationControllerStatus {
        availableReplicas: int32, conditions: [ReplicationControllerCondition],
        fullyLabeledReplicas: int32, observedGeneration: int64, readyReplicas: int32,
        replicas: int32,
    }
}
