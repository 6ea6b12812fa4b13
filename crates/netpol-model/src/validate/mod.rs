//! What the API server checks once an object's form is right.
//!
//! Source: `pkg/apis/networking/validation`, `pkg/apis/core/validation` and
//! `k8s.io/apimachinery/pkg/api/validation`. Texts and order are the server's.

mod blocks;
mod endpoints;
mod labels;
mod metadata;
mod names;
mod own;
mod pod;
mod policy;
mod ports;
mod quote;
mod report;

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests;

use netpol_syntax::Finding;

use crate::KubernetesVersion;
use crate::kind::Kind;
use crate::place::Place;

use report::Report;

/// Everything that the API server would refuse or warn of, in its order.
pub(crate) fn check(kind: Kind, object: &Place, version: KubernetesVersion) -> Vec<Finding> {
    let mut report = Report::new(version);
    if kind == Kind::List {
        return Vec::new();
    }
    metadata::check(kind, object, &mut report);
    let spec = object.field("spec");
    match kind {
        Kind::List | Kind::Namespace => {}
        Kind::Node => pod::node_addresses(&object.field("status"), &mut report),
        Kind::Pod => {
            pod::spec(&spec, &mut report);
            pod::addresses(&object.field("status"), &mut report);
        }
        Kind::Service => ports::of_service(&spec, &mut report),
        Kind::Endpoints => endpoints::subsets(object, &mut report),
        Kind::EndpointSlice => endpoints::slice(object, &mut report),
        Kind::Deployment
        | Kind::ReplicaSet
        | Kind::StatefulSet
        | Kind::DaemonSet
        | Kind::ReplicationController
        | Kind::Job => pod::template(&spec.field("template"), &mut report),
        Kind::CronJob => {
            let job = spec.field("jobTemplate");
            let job_spec = job.field("spec");
            pod::template(&job_spec.field("template"), &mut report);
        }
        Kind::NetworkPolicy => policy::check(&spec, &mut report),
        Kind::External => own::external(&spec, &mut report),
        Kind::Expectation => own::expectation(&spec, &mut report),
        Kind::Settings => own::settings(&spec, &mut report),
    }
    report.findings
}
