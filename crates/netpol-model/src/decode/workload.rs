//! Workloads: what makes pods from a template.

use super::pod;
use crate::place::Place;
use crate::{Meta, Workload, WorkloadKind};

pub(super) fn workload(object: &Place, meta: Meta, kind: WorkloadKind) -> Workload {
    let spec = object.field("spec");
    let template = match kind {
        WorkloadKind::CronJob => {
            let job = spec.field("jobTemplate");
            let job_spec = job.field("spec");
            pod::template(&job_spec.field("template"))
        }
        _ => pod::template(&spec.field("template")),
    };
    let replicas = match kind {
        WorkloadKind::Deployment
        | WorkloadKind::ReplicaSet
        | WorkloadKind::StatefulSet
        | WorkloadKind::ReplicationController => count(&spec.field("replicas")),
        WorkloadKind::Job if is_over(object) => 0,
        WorkloadKind::Job => count(&spec.field("parallelism")),
        WorkloadKind::DaemonSet | WorkloadKind::CronJob => 1,
    };
    let first = match kind {
        WorkloadKind::StatefulSet => {
            let start = spec.field("ordinals").field("start").integer();
            start.and_then(|start| u32::try_from(start).ok()).unwrap_or(0)
        }
        _ => 1,
    };
    Workload { meta, kind, replicas, first, template }
}

/// A number of pods; 1 where none is given.
fn count(place: &Place) -> u32 {
    place.integer().map_or(1, |number| u32::try_from(number).unwrap_or(0))
}

/// Whether a Job has no running pods any more, or not now.
fn is_over(job: &Place) -> bool {
    let status = job.field("status");
    let conditions = status.field("conditions");
    let mut conditions = conditions.items();
    let is_done = conditions.any(|it| {
        matches!(it.field("type").text(), Some("Complete" | "Failed"))
            && it.field("status").text() == Some("True")
    });
    is_done || job.field("spec").field("suspend").boolean() == Some(true)
}
