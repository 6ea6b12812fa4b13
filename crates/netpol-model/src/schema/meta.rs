//! `metadata` and what it is made of, and label selectors (`k8s.io/apimachinery`).

use super::structs;

structs! {
    Condition {
        lastTransitionTime: string, message: string, observedGeneration: int64, reason: string,
        status: string, type: string,
    }
    LabelSelector { matchExpressions: [LabelSelectorRequirement], matchLabels: {string} }
    LabelSelectorRequirement { key: string, operator: "v1.LabelSelectorOperator", values: [string] }
    List { apiVersion: string, items: [any], kind: string, metadata: ListMeta }
    ListMeta {
        continue: string, remainingItemCount: int64, resourceVersion: string, selfLink: string,
        shardInfo: ShardInfo,
    }
    ManagedFieldsEntry {
        apiVersion: string, fieldsType: string, fieldsV1: any, manager: string, operation: string,
        subresource: string, time: string,
    }
    ObjectMeta {
        annotations: {string}, creationTimestamp: string, deletionGracePeriodSeconds: int64,
        deletionTimestamp: string, finalizers: [string], generateName: string, generation: int64,
        labels: {string}, managedFields: [ManagedFieldsEntry], name: string, namespace: string,
        ownerReferences: [OwnerReference], resourceVersion: string, selfLink: string, uid: string,
    }
    OwnerReference {
        apiVersion: string, blockOwnerDeletion: bool, controller: bool, kind: string, name: string,
        uid: string,
    }
    ShardInfo { selector: string }
}
