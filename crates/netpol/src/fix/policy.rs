//! New policies.

use std::collections::BTreeSet;

use netpol_eval::{GroupKind, PodId, PolicyId, World};
use netpol_model::Direction;
use netpol_sort::Gather;
use netpol_syntax::Node;

use super::change::{Change, Deed};
use super::insert::Pen;
use super::scene::{Scene, rules_key};
use super::tree::Tree;
use crate::edit::manifest::items;
use crate::endpoint::EndRef;

/// Longer names are cut: the API server takes 253 characters.
const LONGEST_NAME: usize = 200;

/// A new policy for a pod with one rule in one direction.
pub(super) fn create<'a>(
    scene: &Scene<'a>,
    pod: PodId,
    way: Direction,
    name: &str,
    rule: Tree,
    summary: &str,
) -> Option<Change<'a>> {
    let namespace = scene.world.pod(pod).namespace;
    let namespace_name = scene.world.namespace(namespace).name.clone();
    let policies = scene.world.policies_of(namespace);
    let name = unused_name(scene, &namespace_name, name);
    let metadata = Tree::Map(vec![
        ("name", Tree::text(name.as_str())),
        ("namespace", Tree::text(namespace_name.as_str())),
    ]);
    let spec = Tree::Map(vec![
        ("podSelector", scene.peers.selecting(pod)),
        ("policyTypes", Tree::List(vec![Tree::text(way.as_str())])),
        (rules_key(way), Tree::List(vec![rule])),
    ]);
    let tree = Tree::Map(vec![
        ("apiVersion", Tree::text("networking.k8s.io/v1")),
        ("kind", Tree::text("NetworkPolicy")),
        ("metadata", metadata),
        ("spec", spec),
    ]);
    Some(Change {
        policy: (namespace_name, name),
        summary: summary.to_owned(),
        others: scene.peers.namesakes(pod),
        deed: place(scene, policies.first().copied(), pod, &tree)?,
    })
}

/// An end in the name of a policy: of a pod's workload if it has one.
pub(super) fn short_name(world: &World, end: EndRef) -> String {
    match end {
        EndRef::Pod(pod) => world.group(world.pod(pod).group).name.clone(),
        EndRef::External(_) | EndRef::Address(_) | EndRef::Host(_) => end.short_name(world),
    }
}

/// Puts a manifest beside the others: into their list, or at the end of their text.
fn place<'a>(
    scene: &Scene<'a>,
    near: Option<PolicyId>,
    pod: PodId,
    tree: &Tree,
) -> Option<Deed<'a>> {
    let written = near.and_then(|policy| scene.written(policy));
    let neighbour = match &written {
        Some(written) => written.node,
        None => declared(scene, pod)?,
    };
    let samples = written.map(|written| written.samples).unwrap_or_default();
    let pen = Pen::new(scene.sources, neighbour);
    Some(match list_of(scene, neighbour) {
        Some(list) => Deed::NewItem(pen.append_to(list, tree, &samples)?),
        None => Deed::NewDocument { file: neighbour.span.file, text: pen.manifest(tree, &samples) },
    })
}

/// The manifest that declares a pod, or else the first of all.
fn declared<'a>(scene: &Scene<'a>, pod: PodId) -> Option<&'a Node> {
    let objects = scene.world.objects();
    let span = match scene.world.group(scene.world.pod(pod).group).kind {
        GroupKind::Pod(index) => Some(objects.pods[index].meta.span),
        GroupKind::Workload(index) => Some(objects.workloads[index].meta.span),
        GroupKind::ImpliedDns => None,
    };
    let index = span.and_then(|span| scene.manifests.index_of(span)).unwrap_or(0);
    scene.manifests.all.get(index).map(|manifest| manifest.node)
}

/// The list of manifests that a manifest is directly in.
fn list_of<'a>(scene: &Scene<'a>, node: &Node) -> Option<&'a Node> {
    let roots = scene.manifests.documents.iter().map(|document| &document.root);
    let mut roots = roots.filter(|root| root.span.file == node.span.file);
    let root = roots.find(|root| root.span.contains(node.span.start))?;
    let is_in = |items: &[Node]| items.iter().any(|item| item.span == node.span);
    items(root).is_some_and(is_in).then_some(root)
}

/// The name, with a number where there is such a policy.
fn unused_name(scene: &Scene<'_>, namespace: &str, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().map(plain).take(LONGEST_NAME).collect();
    let name = name.trim_matches('-');
    let policies = scene.world.objects().policies.iter();
    let here = policies.filter(|policy| policy.meta.namespace == namespace);
    let taken: BTreeSet<&str> = here.map(|policy| policy.meta.name.as_str()).gather();
    let numbered = (2..=taken.len() + 1).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name.as_str())).unwrap_or_else(|| name.to_owned())
}
