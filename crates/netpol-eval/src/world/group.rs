//! Pods and the workloads that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use netpol_model::{Meta, Objects, Owner, PodTemplate, Workload, WorkloadKind};
use netpol_sort::Gather;

use super::{GroupKind, TemplateRef};

/// How many pods of one workload are told apart. They are identical to every policy, so more
/// of them would say nothing new, and a slip of the keyboard must not fill the memory.
const MOST_REPLICAS: u32 = 1000;

/// A group before it has an id.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) kind: GroupKind,
    /// Names and templates.
    pub(super) pods: Vec<(String, TemplateRef)>,
}

impl Draft {
    /// The DNS pods that every cluster has.
    pub(super) fn implied(namespace: &str, name: &str) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            kind: GroupKind::ImpliedDns,
            pods: vec![(name.to_owned(), TemplateRef::ImpliedDns)],
        }
    }
}

/// Workloads by namespace, kind and name.
type Index<'a> = BTreeMap<(&'a str, &'a str, &'a str), usize>;

/// Sorts pods into groups. A workload whose pods are declared too (as in a dump of a cluster) has
/// just those; otherwise it has as many as it asks for. Pods come first, then workloads as written.
///
/// Also gives the templates of pods that get labels of their own, see [`TemplateRef::Made`].
pub(super) fn drafts(objects: &Objects) -> (Vec<Draft>, Vec<PodTemplate>) {
    let index: Index<'_> = objects
        .workloads
        .iter()
        .enumerate()
        .map(|(i, w)| ((w.meta.namespace.as_str(), w.kind.as_str(), w.meta.name.as_str()), i))
        .gather();
    let root_of = |meta: &Meta| root(objects, &index, meta);

    let mut drafts = Vec::new();
    let mut declared: BTreeMap<usize, Vec<(String, TemplateRef)>> = BTreeMap::new();
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (i, pod) in objects.pods.iter().enumerate() {
        names.insert((&pod.meta.namespace, &pod.meta.name));
        let entry = (pod.meta.name.clone(), TemplateRef::Pod(i));
        match root_of(&pod.meta) {
            Some(workload) => declared.entry(workload).or_default().push(entry),
            None => drafts.push(Draft {
                namespace: pod.meta.namespace.clone(),
                name: pod.meta.name.clone(),
                kind: GroupKind::Pod(i),
                pods: vec![entry],
            }),
        }
    }
    let mut made: BTreeSet<(String, String)> = BTreeSet::new();
    let mut templates = Vec::new();
    for (i, workload) in objects.workloads.iter().enumerate() {
        if root_of(&workload.meta).is_some() {
            continue;
        }
        let namespace = &workload.meta.namespace;
        let pods = declared.remove(&i).unwrap_or_else(|| {
            (workload.first..=u32::MAX)
                .map(|ordinal| format!("{}-{ordinal}", workload.meta.name))
                .filter(|name| !names.contains(&(namespace.as_str(), name.as_str())))
                .filter(|name| made.insert((namespace.clone(), name.clone())))
                .take(replicas(objects, workload).min(MOST_REPLICAS) as usize)
                .enumerate()
                .map(|(number, name)| {
                    let node = node(objects, workload, number);
                    let template = template_of(objects, i, &name, node, &mut templates);
                    (name, template)
                })
                .collect()
        });
        drafts.push(Draft {
            namespace: namespace.clone(),
            name: workload.meta.name.clone(),
            kind: GroupKind::Workload(i),
            pods,
        });
    }
    (drafts, templates)
}

/// How many pods a workload has: one on each node if it is a DaemonSet and there are nodes.
fn replicas(objects: &Objects, workload: &Workload) -> u32 {
    match node(objects, workload, 0) {
        Some(_) => u32::try_from(objects.nodes.len()).unwrap_or(MOST_REPLICAS),
        None => workload.replicas,
    }
}

/// The node of a DaemonSet's pod by number, if nodes are declared. Which of them it leaves out, by
/// labels and taints, is not asked.
fn node<'a>(objects: &'a Objects, workload: &Workload, number: usize) -> Option<&'a str> {
    let spreads = workload.kind == WorkloadKind::DaemonSet && workload.template.node_name.is_none();
    let node = objects.nodes.get(number).filter(|_| spreads)?;
    Some(&node.meta.name)
}

/// The template of a pod that a workload makes on that node, if it is known. Some controllers add
/// labels that follow from names alone; those with a hash or a unique id in them cannot be told.
/// Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/>
fn template_of(
    objects: &Objects,
    workload: usize,
    name: &str,
    node: Option<&str>,
    templates: &mut Vec<PodTemplate>,
) -> TemplateRef {
    let Workload { kind, meta, template, .. } = &*objects.workloads[workload];
    let more: Vec<(&str, &str)> = match kind {
        WorkloadKind::StatefulSet => {
            let index = name.rsplit('-').next().unwrap_or_default();
            vec![
                ("apps.kubernetes.io/pod-index", index),
                ("statefulset.kubernetes.io/pod-name", name),
            ]
        }
        WorkloadKind::Job => {
            vec![("batch.kubernetes.io/job-name", &meta.name), ("job-name", &meta.name)]
        }
        _ if node.is_some() => Vec::new(),
        _ => return TemplateRef::Workload(workload),
    };
    let mut template = template.clone();
    template.node_name = node.map(str::to_owned).or(template.node_name);
    let owned = more.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    template.labels.extend(owned);
    // The pods of a Job are alike.
    if templates.last() != Some(&template) {
        templates.push(template);
    }
    TemplateRef::Made(templates.len() - 1)
}

/// The declared workload at the top of an object's chain of owners: the Deployment of a pod that a
/// ReplicaSet owns.
fn root(objects: &Objects, index: &Index<'_>, meta: &Meta) -> Option<usize> {
    let workload_of = |owner: &Owner| {
        index.get(&(meta.namespace.as_str(), owner.kind.as_str(), owner.name.as_str())).copied()
    };
    let mut top = None;
    let mut owner = meta.owner.as_ref();
    // Real chains have at most two links; a longer one is a circle.
    for _ in 0..4 {
        let Some(workload) = owner.and_then(workload_of) else { break };
        top = Some(workload);
        owner = objects.workloads[workload].meta.owner.as_ref();
    }
    top
}
