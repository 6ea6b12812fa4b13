//! The objects that a command means.

use std::collections::BTreeSet;

use netpol_model::{Meta, Objects, WorkloadKind};
use netpol_sort::Gather;
use netpol_syntax::{Node, Span};

use super::{Labels, error};
use crate::view::QueryError;

/// Every cluster has these, declared or not.
/// Source: <https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/>
const INITIAL_NAMESPACES: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// An object whose labels can be set.
pub(super) struct Found<'a> {
    pub(super) span: Span,
    meta: &'a Meta,
    /// The workload's kind, if it is one: the labels are those of its template.
    workload: Option<WorkloadKind>,
}

/// A place in a manifest.
type Path = &'static [&'static str];

impl<'a> Found<'a> {
    pub(super) fn namespace(meta: &'a Meta) -> Self {
        Self { span: meta.span, meta, workload: None }
    }

    /// The mappings of the manifest to set so that the object has these labels: a workload's
    /// selector must go on matching its template.
    pub(super) fn label_maps(
        &self,
        node: &Node,
        labels: &Labels,
    ) -> Result<Vec<(Path, Labels)>, QueryError> {
        let Some(kind) = self.workload else {
            return Ok(vec![(&["metadata", "labels"], labels.clone())]);
        };
        let (template, selector): (Path, Path) = match kind {
            WorkloadKind::CronJob => (
                &["spec", "jobTemplate", "spec", "template", "metadata", "labels"],
                &["spec", "jobTemplate", "spec", "selector", "matchLabels"],
            ),
            WorkloadKind::ReplicationController => {
                (&["spec", "template", "metadata", "labels"], &["spec", "selector"])
            }
            _ => {
                (&["spec", "template", "metadata", "labels"], &["spec", "selector", "matchLabels"])
            }
        };
        let mut maps = vec![(template, labels.clone())];
        let selected = selector.iter().try_fold(node, |node, key| node.get(key));
        let selected = selected.and_then(Node::as_mapping).filter(|s| !s.entries.is_empty());
        if let Some(selected) = selected {
            let mut kept = labels.clone();
            kept.retain(|key, _| selected.get(key).is_some());
            if kept.is_empty() {
                kept.clone_from(labels);
            }
            if kept.is_empty() {
                let (kind, name) = (kind.as_str(), &self.meta.name);
                return Err(error(
                    format!("the pods of {kind} `{name}` need a label for its selector to match"),
                    "keep one of the labels",
                ));
            }
            maps.push((selector, kept));
        }
        Ok(maps)
    }
}

/// The manifests of a namespace.
pub(super) fn namespaces<'a>(objects: &'a Objects, name: &str) -> impl Iterator<Item = &'a Meta> {
    objects.namespaces.iter().map(|namespace| &namespace.meta).filter(move |m| m.name == name)
}

/// The manifests of an outside address.
pub(super) fn externals<'a>(objects: &'a Objects, name: &str) -> impl Iterator<Item = &'a Meta> {
    objects.externals.iter().map(|external| &external.meta).filter(move |m| m.name == name)
}

/// Everything of the known kinds in a namespace.
pub(super) fn contents<'a>(
    objects: &'a Objects,
    namespace: &str,
) -> impl Iterator<Item = &'a Meta> {
    let pods = objects.pods.iter().map(|pod| &pod.meta);
    let workloads = objects.workloads.iter().map(|workload| &workload.meta);
    let services = objects.services.iter().map(|service| &service.meta);
    let policies = objects.policies.iter().map(|policy| &policy.meta);
    let all = pods.chain(workloads).chain(services).chain(policies);
    all.filter(move |meta| meta.namespace == namespace)
}

/// The namespaces of every cluster.
pub(super) fn initial_namespaces() -> impl Iterator<Item = String> {
    INITIAL_NAMESPACES.into_iter().map(str::to_owned)
}

/// Whether the namespace is declared, inferred, or there in every cluster.
pub(super) fn is_known_namespace(objects: &Objects, name: &str) -> bool {
    INITIAL_NAMESPACES.contains(&name)
        || namespaces(objects, name).next().is_some()
        || contents(objects, name).next().is_some()
}

/// What of that name would share the id of a new pod.
pub(super) fn kind_of_node(objects: &Objects, namespace: &str, name: &str) -> Option<&'static str> {
    let is_it = |meta: &Meta| meta.namespace == namespace && meta.name == name;
    if objects.pods.iter().any(|pod| is_it(&pod.meta)) {
        return Some("pod");
    }
    objects.workloads.iter().find(|workload| is_it(&workload.meta)).map(|w| w.kind.as_str())
}

/// The manifests behind a node: the pods of that name, or the workload with all that it owns.
/// Where a workload shares its name with something else, its kind may follow: `db[Job]`.
pub(super) fn node<'a>(objects: &'a Objects, namespace: &str, name: &str) -> Vec<Found<'a>> {
    let pods = objects.pods.iter().map(|pod| (&pod.meta, None));
    let workloads = objects.workloads.iter().map(|workload| (&workload.meta, Some(workload.kind)));
    let here: Vec<(&Meta, Option<WorkloadKind>)> =
        pods.chain(workloads).filter(|(meta, _)| meta.namespace == namespace).collect();
    let base = name.strip_suffix(']').and_then(|name| name.split_once('['));
    let wanted = match base {
        Some((base, kind)) => {
            here.iter().find(|(m, k)| m.name == base && k.is_some_and(|k| k.as_str() == kind))
        }
        None => here.iter().find(|(meta, _)| meta.name == name),
    };
    let Some((meta, kind)) = wanted else { return Vec::new() };
    let mut owners: BTreeSet<(&str, &str)> =
        [(kind_name(*kind), meta.name.as_str())].into_iter().gather();
    // Chains have at most two links: the pod of a ReplicaSet of a Deployment, or of a Job of a
    // CronJob.
    for _ in 0..2 {
        let owned = here.iter().filter(|(meta, _)| is_owned(meta, &owners));
        let owned: Vec<_> = owned.map(|(m, kind)| (kind_name(*kind), m.name.as_str())).collect();
        owners.extend(owned);
    }
    here.iter()
        .filter(|(meta, kind)| owners.contains(&(kind_name(*kind), meta.name.as_str())))
        .map(|(meta, kind)| Found { span: meta.span, meta, workload: *kind })
        .collect()
}

fn kind_name(workload: Option<WorkloadKind>) -> &'static str {
    workload.map_or("Pod", WorkloadKind::as_str)
}

fn is_owned(meta: &Meta, owners: &BTreeSet<(&str, &str)>) -> bool {
    meta.owner.as_ref().is_some_and(|o| owners.contains(&(o.kind.as_str(), o.name.as_str())))
}
