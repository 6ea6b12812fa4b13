//! Legal manifests that are worth a word. Each rule is one function.

use std::collections::BTreeMap;

use netpol_eval::{PLUGINS, World};
use netpol_model::{Meta, NetworkPolicy};
use netpol_syntax::{Finding, Span};

/// Everything that the rules find.
pub(crate) fn lint(world: &World) -> Vec<Finding> {
    let mut findings = Vec::new();
    inferred_namespaces(world, &mut findings);
    namespace_name_label(world, &mut findings);
    policies_without_pods(world, &mut findings);
    plugin(world, &mut findings);
    other_kinds(world, &mut findings);
    findings
}

/// A namespace that is used and not declared is taken to be there, with no labels of its own.
fn inferred_namespaces(world: &World, findings: &mut Vec<Finding>) {
    let objects = world.objects();
    let metas = || -> Box<dyn Iterator<Item = &Meta>> {
        let pods = objects.pods.iter().map(|pod| &pod.meta);
        let workloads = objects.workloads.iter().map(|workload| &workload.meta);
        let services = objects.services.iter().map(|service| &service.meta);
        let policies = objects.policies.iter().map(|policy| &policy.meta);
        Box::new(pods.chain(workloads).chain(services).chain(policies))
    };
    for namespace in world.namespaces().iter().filter(|namespace| namespace.object.is_none()) {
        let name = &namespace.name;
        let Some(span) = metas().filter(|meta| meta.namespace == *name).map(place).min() else {
            continue;
        };
        findings.push(
            Finding::info(
                "inferred-namespace",
                span,
                format!("namespace `{name}` is not declared; it is taken to be there"),
            )
            .with_help(format!(
                "add a Namespace `{name}` if it has labels; it always has \
                 `kubernetes.io/metadata.name: {name}`"
            )),
        );
    }
}

fn place(meta: &Meta) -> Span {
    meta.namespace_span.unwrap_or(meta.name_span)
}

/// The API server keeps this label equal to the name.
fn namespace_name_label(world: &World, findings: &mut Vec<Finding>) {
    const LABEL: &str = "kubernetes.io/metadata.name";
    for namespace in &world.objects().namespaces {
        let name = &namespace.meta.name;
        if let Some(written) = namespace.meta.labels.get(LABEL).filter(|value| *value != name) {
            findings.push(
                Finding::warning(
                    "namespace-name-label",
                    namespace.meta.name_span,
                    format!("label `{LABEL}` is `{written}`, but the cluster keeps it `{name}`"),
                )
                .with_help("delete the label, or use one of your own"),
            );
        }
    }
}

/// A plugin that is not known, or does not enforce policies.
fn plugin(world: &World, findings: &mut Vec<Finding>) {
    let Some(settings) = &world.objects().settings else { return };
    let Some(name) = &settings.plugin else { return };
    if netpol_eval::plugin(name).is_none() {
        let ids: Vec<&str> = PLUGINS.iter().map(|plugin| plugin.id).collect();
        let message = format!("plugin `{name}` is not known; judging as `{}`", world.plugin().id);
        findings.push(
            Finding::error("unknown-plugin", settings.span, message)
                .with_help(format!("use one of {}", ids.join(", "))),
        );
    } else if !world.enforces() {
        findings.push(
            Finding::warning(
                "policies-not-enforced",
                settings.span,
                format!(
                    "{} stores policies and does not enforce them: everything is allowed",
                    world.plugin().title
                ),
            )
            .with_help("choose a plugin that enforces NetworkPolicy"),
        );
    }
}

/// Whether a kind is a network policy of another API, which a cluster that has it enforces.
fn is_other_policy(version: &str, kind: &str) -> bool {
    const GROUPS: [&str; 5] = [
        "policy.networking.k8s.io",
        "cilium.io",
        "projectcalico.org",
        "crd.projectcalico.org",
        "crd.antrea.io",
    ];
    let group = version.split_once('/').map_or("", |(group, _)| group);
    GROUPS.contains(&group) && kind.ends_with("NetworkPolicy")
}

/// Objects of kinds that decide nothing here are set aside, and said so once for each kind.
fn other_kinds(world: &World, findings: &mut Vec<Finding>) {
    let mut kinds: BTreeMap<(&str, &str), (usize, Span)> = BTreeMap::new();
    for other in &world.objects().others {
        let kind = (other.kind.as_str(), other.api_version.as_str());
        kinds.entry(kind).or_insert((0, other.span)).0 += 1;
    }
    for ((kind, version), (count, span)) in kinds {
        let (objects, decide) = if count == 1 {
            ("1 object".to_owned(), "decides")
        } else {
            (format!("{count} objects"), "decide")
        };
        let message = format!("{objects} of kind `{kind}` ({version}) {decide} nothing here");
        let finding = if is_other_policy(version, kind) {
            Finding::warning("policy-not-judged", span.start_point(), message)
                .with_help("a cluster that has this kind may judge otherwise")
        } else {
            Finding::info("kind-without-effect", span.start_point(), message)
        };
        findings.push(finding);
    }
}

/// A policy that selects nothing does nothing.
fn policies_without_pods(world: &World, findings: &mut Vec<Finding>) {
    for policy in world.objects().policies.iter().filter(|policy| !policy.rejected) {
        let namespace = &policy.meta.namespace;
        let groups = world.namespace_id(namespace).map(|id| world.groups_in(id));
        let pods: Vec<_> =
            groups.into_iter().flatten().map(|id| world.group_template(id)).collect();
        let name = &policy.meta.name;
        if pods.is_empty() {
            findings.push(Finding::info(
                "policy-in-empty-namespace",
                place(&policy.meta),
                format!("policy `{name}` selects nothing: namespace `{namespace}` has no pods"),
            ));
        } else if !pods.iter().any(|template| policy.pod_selector.matches(&template.labels)) {
            findings.push(selects_nothing(policy));
        }
    }
}

fn selects_nothing(policy: &NetworkPolicy) -> Finding {
    let meta = &policy.meta;
    Finding::warning(
        "policy-selects-no-pod",
        policy.pod_selector.span,
        format!("policy `{}` selects no pod of namespace `{}`", meta.name, meta.namespace),
    )
    .with_help("compare its podSelector with the labels of the pods")
}
