//! One side of a connection: isolated or not, and what each policy and rule says.

use netpol_eval::{PodId, PolicyId, PolicyTrace, RuleTrace, Side, SideReason, World};
use netpol_model::{NetworkPolicy, PolicyRule, SelectorMiss};
use netpol_sort::Sort;
use netpol_syntax::Span;

use super::{Context, parts, questions, words};
use crate::connect::{Judged, Path};
use crate::place::place;
use crate::view::{
    Answer, Direction, NotApplicable, PolicyRef, PolicyView, RuleView, Section, SideView,
};

/// One side as an explanation shows it.
pub(super) fn view(
    context: Context<'_>,
    path: &Path,
    judged: &Judged,
    direction: Direction,
) -> SideView {
    let side = judged.trace.side(model_direction(direction));
    let mut policies: Vec<(usize, PolicyView)> = side
        .policies
        .iter()
        .map(|trace| {
            let policy = policy_view(context, judged, direction, trace);
            (rank(&policy), policy)
        })
        .collect();
    policies.arrange_by_key(|(rank, _)| *rank);
    let policies = policies.into_iter().map(|(_, policy)| policy).collect();
    let passes = words::answer(side.passes);
    let isolated = side.reason == SideReason::Isolated;
    let own = match direction {
        Direction::Egress => judged.connection.from,
        Direction::Ingress => judged.connection.to,
    };
    let mut view = SideView {
        direction,
        passes,
        isolated,
        summary: String::new(),
        section: section(side),
        policies,
        not_applicable: own
            .pod()
            .map(|pod| not_applicable(context, pod, direction))
            .unwrap_or_default(),
    };
    view.summary = summary(context, path, side, &view);
    view
}

/// Where the reason of a side is explained.
fn section(side: &Side) -> Section {
    match side.reason {
        SideReason::NotEnforced => Section::Plugins,
        SideReason::HostNetwork => Section::HostNetworkPods,
        SideReason::OwnPod | SideReason::OwnNode => Section::OwnNode,
        SideReason::NotAPod | SideReason::NotIsolated => Section::Isolation,
        // An exemption decides where there is one.
        SideReason::Isolated => {
            side.exempt.first().map_or(Section::Isolation, |topic| questions::section(*topic))
        }
    }
}

/// The policies of a pod's namespace that say nothing about it in a direction.
fn not_applicable(context: Context<'_>, pod: PodId, direction: Direction) -> Vec<NotApplicable> {
    let world = context.world;
    let namespace = world.pod(pod).namespace;
    let name = &world.namespace(namespace).name;
    let is_here = |id: &&PolicyId| world.policy(**id).meta.namespace == *name;
    let rejected = world.rejected_policies().iter().filter(is_here);
    let mut policies: Vec<PolicyId> =
        world.policies_of(namespace).iter().chain(rejected).copied().collect();
    policies.arrange();
    policies
        .into_iter()
        .map(|id| world.policy(id))
        .filter_map(|policy| {
            let (why, span, section) = why_not(world, pod, policy, direction)?;
            let place = place(context.sources, span);
            Some(NotApplicable { policy: policy_ref(context, policy), why, section, place })
        })
        .collect()
}

fn why_not(
    world: &World,
    pod: PodId,
    policy: &NetworkPolicy,
    direction: Direction,
) -> Option<(String, Span, Section)> {
    let labels = &world.template(world.pod(pod)).labels;
    if policy.rejected {
        let why = "the API server would refuse it".to_owned();
        return Some((why, policy.meta.name_span, Section::Validation));
    }
    if let Some(SelectorMiss(index)) = policy.pod_selector.first_miss(labels) {
        let requirement = policy.pod_selector.requirements.get(index)?;
        let why = parts::label_miss(requirement, labels).replace("the rule", "its podSelector");
        return Some((why, requirement.span, Section::Selectors));
    }
    let way = model_direction(direction);
    (!policy.isolates(way)).then(|| match policy.policy_types_span {
        Some(span) => (format!("its policyTypes do not have `{way}`"), span, Section::Isolation),
        // Ingress is always implied, so this is about egress.
        None => (
            "it has neither policyTypes nor egress rules, so it is about ingress only".to_owned(),
            policy.meta.name_span,
            Section::Defaults,
        ),
    })
}

fn policy_ref(context: Context<'_>, policy: &NetworkPolicy) -> PolicyRef {
    PolicyRef {
        namespace: policy.meta.namespace.clone(),
        name: policy.meta.name.clone(),
        place: place(context.sources, policy.meta.span),
    }
}

fn model_direction(direction: Direction) -> netpol_model::Direction {
    match direction {
        Direction::Egress => netpol_model::Direction::Egress,
        Direction::Ingress => netpol_model::Direction::Ingress,
    }
}

/// Policies that admit first, then near misses, then the rest.
fn rank(policy: &PolicyView) -> usize {
    let near = |rule: &RuleView| rule.peers_match != Answer::No || rule.ports_match != Answer::No;
    match policy.admits {
        Answer::Yes => 0,
        Answer::Depends => 1,
        Answer::No if policy.rules.iter().any(near) => 2,
        Answer::No if !policy.rules.is_empty() => 3,
        Answer::No => 4,
    }
}

fn summary(context: Context<'_>, path: &Path, side: &Side, view: &SideView) -> String {
    let end = match view.direction {
        Direction::Egress => path.from,
        Direction::Ingress => path.to,
    };
    let own = end.short_name(context.world);
    let way = view.direction.as_str();
    match side.reason {
        SideReason::NotAPod => format!("{own} is not a pod: no policy applies to it."),
        SideReason::NotEnforced => {
            let plugin = context.world.plugin();
            let who =
                if plugin.enforces { "this cluster, as the settings say," } else { plugin.title };
            format!("{who} stores policies and does not enforce them: everything is allowed.")
        }
        SideReason::HostNetwork => {
            format!("{own} shares its node's network: policies do not select it.")
        }
        SideReason::OwnPod => "A pod cannot be kept from itself.".to_owned(),
        SideReason::OwnNode => "Traffic from a pod's own node is always allowed.".to_owned(),
        SideReason::NotIsolated => {
            format!("{own} is not isolated for {way}: no policy selects it for that direction.")
        }
        SideReason::Isolated => isolated(context.world, &own, way, side, view),
    }
}

fn isolated(world: &World, own: &str, way: &str, side: &Side, view: &SideView) -> String {
    let all: Vec<String> =
        view.policies.iter().map(|policy| format!("`{}`", policy.policy.name)).collect();
    let by = format!("{own} is isolated for {way} by {}", words::list(&all));
    let admitting = words::policies(world, side, netpol_eval::Answer::Yes);
    match view.passes {
        Answer::Yes if admitting.len() == 1 => {
            format!("{by}; {} admits the connection.", admitting[0])
        }
        Answer::Yes if admitting.is_empty() => format!("{by}, but this connection is exempt."),
        Answer::Yes => format!("{by}; {} admit the connection.", words::list(&admitting)),
        Answer::Depends => format!("{by}; network plugins differ on whether that lets it pass."),
        Answer::No if all.len() == 1 => format!("{by}; none of its rules admits the connection."),
        Answer::No => format!("{by}; none of their rules admits the connection."),
    }
}

fn policy_view(
    context: Context<'_>,
    judged: &Judged,
    direction: Direction,
    trace: &PolicyTrace,
) -> PolicyView {
    let policy = context.world.policy(trace.policy);
    let rules: Vec<RuleView> = policy
        .rules(model_direction(direction))
        .iter()
        .zip(&trace.rules)
        .zip(1..)
        .map(|((rule, trace), number)| {
            rule_view(context, &policy.meta.namespace, judged, direction, rule, trace, number)
        })
        .collect();
    let admits = words::answer(trace.admits);
    let matching: Vec<String> = rules
        .iter()
        .filter(|rule| rule.matches == admits)
        .map(|rule| rule.number.to_string())
        .collect();
    let word = if matching.len() == 1 { "rule" } else { "rules" };
    let summary = match admits {
        Answer::Yes => format!("{word} {} admits the connection", words::list(&matching))
            .replace("rules", "each of rules"),
        Answer::Depends => format!("{word} {} may admit the connection", words::list(&matching)),
        Answer::No if rules.is_empty() => "has no rules: it isolates and admits nobody".to_owned(),
        Answer::No => "no rule admits the connection".to_owned(),
    };
    PolicyView {
        policy: policy_ref(context, policy),
        selector: place(context.sources, policy.pod_selector.span),
        admits,
        summary,
        rules,
    }
}

fn rule_view(
    context: Context<'_>,
    policy_namespace: &str,
    judged: &Judged,
    direction: Direction,
    rule: &PolicyRule,
    trace: &RuleTrace,
    number: u32,
) -> RuleView {
    let other = match direction {
        Direction::Egress => judged.connection.to,
        Direction::Ingress => judged.connection.from,
    };
    let peers: Vec<_> = rule
        .peers
        .iter()
        .zip(&trace.peers)
        .map(|(peer, outcome)| parts::peer(context, policy_namespace, peer, *outcome, other))
        .collect();
    let ports: Vec<_> = rule
        .ports
        .iter()
        .zip(&trace.ports)
        .map(|(port, outcome)| parts::port(context, port, outcome, &judged.connection))
        .collect();
    let peers_match = words::answer(trace.peers_match());
    let ports_match = words::answer(trace.ports_match());
    let mut view = RuleView {
        number,
        matches: words::answer(trace.matches()),
        summary: String::new(),
        place: place(context.sources, rule.span),
        peers_match,
        peers,
        ports_match,
        ports,
    };
    view.summary = rule_summary(&view, direction, judged);
    view
}

/// The first thing that fails, or what lets the connection pass.
fn rule_summary(rule: &RuleView, direction: Direction, judged: &Judged) -> String {
    let other = match direction {
        Direction::Egress => "receiver",
        Direction::Ingress => "sender",
    };
    let port = judged.connection.traffic.port().map_or_else(String::new, |port| port.to_string());
    let why = |parts: &[crate::view::PartView]| match parts {
        [only] => only.why.clone(),
        several => {
            let wants: Vec<&str> = several.iter().map(|part| part.wants.as_str()).collect();
            format!("it wants {}", words::list(&wants).replace(" and ", " or "))
        }
    };
    match (rule.peers_match, rule.ports_match) {
        (Answer::Yes, Answer::Yes) => match (rule.peers.is_empty(), rule.ports.is_empty()) {
            (true, true) => "everyone is admitted, on every port".to_owned(),
            (true, false) => format!("everyone is admitted on port {port}"),
            (false, true) => format!("the {other} matches, and every port is admitted"),
            (false, false) => format!("the {other} matches, and so does port {port}"),
        },
        (Answer::Yes, _) => {
            format!("the {other} matches, the port does not: {}", why(&rule.ports))
        }
        (Answer::Depends, Answer::Yes) => {
            format!("port {port} matches; for the {other}, {}", why(&rule.peers))
        }
        (_, Answer::Yes) => format!(
            "{}the {other} does not match: {}",
            if rule.ports.is_empty() { String::new() } else { format!("port {port} matches; ") },
            why(&rule.peers)
        ),
        (_, _) => format!("neither the {other} nor the port matches: {}", why(&rule.peers)),
    }
}
