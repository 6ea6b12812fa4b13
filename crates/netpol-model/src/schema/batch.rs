//! `batch/v1`.

use super::meta::{LabelSelector, ObjectMeta};
use super::pod::PodTemplateSpec;
use super::structs;

structs! {
    CronJob {
        apiVersion: string, kind: string, metadata: ObjectMeta, spec: CronJobSpec,
        status: CronJobStatus,
    }
    CronJobSpec {
        concurrencyPolicy: "v1.ConcurrencyPolicy", failedJobsHistoryLimit: int32,
        jobTemplate: JobTemplateSpec, schedule: string, startingDeadlineSeconds: int64,
        successfulJobsHistoryLimit: int32, suspend: bool, timeZone: string,
    }
    CronJobStatus {
        active: [ObjectReference], lastScheduleTime: string, lastSuccessfulTime: string,
    }
    Job { apiVersion: string, kind: string, metadata: ObjectMeta, spec: JobSpec, status: JobStatus }
    JobCondition {
        lastProbeTime: string, lastTransitionTime: string, message: string, reason: string,
        status: string, type: string,
    }
    JobSchedulingConfiguration {
        disruptionMode: WorkloadPodGroupDisruptionMode,
        resourceClaims: [WorkloadPodGroupResourceClaim],
        schedulingConstraints: WorkloadPodGroupSchedulingConstraints,
        schedulingPolicy: WorkloadPodGroupSchedulingPolicy,
    }
    JobSpec {
        activeDeadlineSeconds: int64, backoffLimit: int32, backoffLimitPerIndex: int32,
        completionMode: string, completions: int32, managedBy: string, manualSelector: bool,
        maxFailedIndexes: int32, parallelism: int32, podFailurePolicy: PodFailurePolicy,
        podReplacementPolicy: string, scheduling: JobSchedulingConfiguration,
        selector: LabelSelector, successPolicy: SuccessPolicy, suspend: bool,
        template: PodTemplateSpec, ttlSecondsAfterFinished: int32,
    }
    JobStatus {
        active: int32, completedIndexes: string, completionTime: string,
        conditions: [JobCondition], failed: int32, failedIndexes: string, ready: int32,
        startTime: string, succeeded: int32, terminating: int32,
        uncountedTerminatedPods: UncountedTerminatedPods,
    }
    JobTemplateSpec { metadata: ObjectMeta, spec: JobSpec }
    PodFailurePolicy { rules: [PodFailurePolicyRule] }
    PodFailurePolicyOnExitCodesRequirement {
        containerName: string, operator: string, values: [int32],
    }
    PodFailurePolicyOnPodConditionsPattern { status: string, type: string }
    PodFailurePolicyRule {
        action: string, onExitCodes: PodFailurePolicyOnExitCodesRequirement,
        onPodConditions: [PodFailurePolicyOnPodConditionsPattern],
    }
    SuccessPolicy { rules: [SuccessPolicyRule] }
    SuccessPolicyRule { succeededCount: int32, succeededIndexes: string }
    UncountedTerminatedPods { failed: [string], succeeded: [string] }
    ObjectReference {
        apiVersion: string, fieldPath: string, kind: string, name: string, namespace: string,
        resourceVersion: string, uid: string,
    }
    TopologyConstraint { key: string }
    WorkloadPodGroupAllDisruptionMode {}
    WorkloadPodGroupBasicSchedulingPolicy {}
    WorkloadPodGroupDisruptionMode {
        all: WorkloadPodGroupAllDisruptionMode, single: WorkloadPodGroupSingleDisruptionMode,
    }
    WorkloadPodGroupGangSchedulingPolicy { minCount: int32 }
    WorkloadPodGroupResourceClaim {
        name: string, resourceClaimName: string, resourceClaimTemplateName: string,
    }
    WorkloadPodGroupSchedulingConstraints { topology: [TopologyConstraint] }
    WorkloadPodGroupSchedulingPolicy {
        basic: WorkloadPodGroupBasicSchedulingPolicy, gang: WorkloadPodGroupGangSchedulingPolicy,
    }
    WorkloadPodGroupSingleDisruptionMode {}
}
