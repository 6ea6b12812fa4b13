//! Small pieces of prose.

use netpol_eval::{PeerOutcome, PortOutcome, RuleTrace, Side, SideReason, Topic, World};
use netpol_model::{LabelSelector, Operator, Requirement};

use crate::connect::{Judged, Path};
use crate::view::{Answer, SideView};

/// The answer of a side that was judged.
pub(super) fn answer(answer: netpol_eval::Answer) -> Answer {
    match answer {
        netpol_eval::Answer::No => Answer::No,
        netpol_eval::Answer::Depends => Answer::Depends,
        netpol_eval::Answer::Yes => Answer::Yes,
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Names of policies, in backticks.
pub(super) fn policies(side: &SideView, wanted: Answer) -> Vec<String> {
    side.policies
        .iter()
        .filter(|policy| policy.admits == wanted)
        .map(|policy| format!("`{}`", policy.policy.name))
        .collect()
}

/// One sentence that answers the question.
pub(super) fn summary(
    world: &World,
    path: &Path,
    judged: &Judged,
    egress: &SideView,
    ingress: &SideView,
) -> String {
    let from = path.from.short_name(world);
    let to = path.to.short_name(world);
    match (egress.passes, ingress.passes) {
        (Answer::Depends, Answer::Depends) if judged.trace.passes() == netpol_eval::Answer::No => {
            either_way(&from, &to, judged)
        }
        (Answer::Yes, Answer::Yes) if path.from == path.to => {
            format!("Nothing keeps {from} from reaching itself.")
        }
        (Answer::Yes, Answer::Yes) => allowed(&from, &to, judged, egress, ingress),
        (Answer::No, Answer::No) => {
            format!("No policy lets {from} leave for {to}, and none lets it in.")
        }
        (Answer::No, _) => format!(
            "No policy lets {from} leave for {to}{}.",
            if ingress.isolated { format!(", though {to} would let it in") } else { String::new() }
        ),
        (_, Answer::No) => format!(
            "No policy of {to} lets {from} in{}.",
            if egress.isolated {
                format!(", though {from} may leave for it")
            } else {
                String::new()
            }
        ),
        _ => format!("Network plugins differ on whether {from} may connect to {to}."),
    }
}

/// Each answer to whether pods in their node's network are selected stops the connection, at
/// another side each.
fn either_way(from: &str, to: &str, judged: &Judged) -> String {
    // As their node, such pods have no policies of their own: the side that stops it then is that
    // of the other end.
    let (as_node, as_pod) = match judged.trace.egress.exempt.as_slice() {
        [.., Topic::HostNetworkPods] => ("lets it in", "lets it out"),
        _ => ("lets it out", "lets it in"),
    };
    format!(
        "{from} cannot connect to {to} whether hostNetwork pods count as their node or as pods: no \
         policy {as_node} in the first case, none {as_pod} in the second."
    )
}

fn allowed(from: &str, to: &str, judged: &Judged, egress: &SideView, ingress: &SideView) -> String {
    let leaves = list(&policies(egress, Answer::Yes));
    let enters = list(&policies(ingress, Answer::Yes));
    let let_verb = |side: &SideView| {
        if policies(side, Answer::Yes).len() == 1 { "lets" } else { "let" }
    };
    let is_pod = |side: &Side| side.reason != SideReason::NotAPod;
    let (from_pod, to_pod) = (is_pod(&judged.trace.egress), is_pod(&judged.trace.ingress));
    match (leaves.is_empty(), enters.is_empty()) {
        (false, false) => format!(
            "{leaves} {} {from} leave for {to}, and {enters} {} it in.",
            let_verb(egress),
            let_verb(ingress)
        ),
        (false, true) => format!(
            "{leaves} {} {from} leave for {to}{}.",
            let_verb(egress),
            if to_pod { ", and nothing restricts who enters" } else { "" }
        ),
        (true, false) => format!(
            "{enters} {} {from} enter {to}{}.",
            let_verb(ingress),
            if from_pod { ", and nothing restricts where the sender goes" } else { "" }
        ),
        (true, true) => match judged.trace.ingress.reason {
            _ if judged.trace.egress.reason == SideReason::NotEnforced
                || judged.trace.ingress.reason == SideReason::NotEnforced =>
            {
                "The network plugin does not enforce policies: everything is allowed.".to_owned()
            }
            SideReason::OwnNode => {
                format!("{from} is the node that {to} runs on, which can always reach its pods.")
            }
            _ if !from_pod => format!("No policy restricts who enters {to}."),
            _ if !to_pod => format!("No policy restricts where {from} goes."),
            _ => format!("No policy restricts where {from} goes or who enters {to}."),
        },
    }
}

/// Questions that the verdict hinges on and that Kubernetes leaves open.
pub(super) fn topics(judged: &Judged) -> Vec<String> {
    let mut topics = Vec::new();
    for side in [&judged.trace.egress, &judged.trace.ingress] {
        if side.passes != netpol_eval::Answer::Depends {
            continue;
        }
        topics.extend(&side.exempt);
        let open = |rule: &&RuleTrace| rule.matches() == netpol_eval::Answer::Depends;
        let rules = side.policies.iter().flat_map(|policy| &policy.rules).filter(open);
        for rule in rules {
            topics.extend(rule.peers.iter().filter_map(|outcome| match outcome {
                PeerOutcome::Depends(topic) => Some(*topic),
                _ => None,
            }));
            topics.extend(rule.ports.iter().filter_map(|outcome| match outcome {
                PortOutcome::Depends(topic) => Some(*topic),
                _ => None,
            }));
        }
    }
    topics.sort_unstable();
    topics.dedup();
    topics.into_iter().map(|topic| topic_note(topic).to_owned()).collect()
}

fn topic_note(topic: Topic) -> &'static str {
    match topic {
        Topic::IpBlockMatchesPods => {
            "Kubernetes does not say whether an ipBlock matches the addresses of pods: most network \
             plugins compare them, Cilium does not. The option `ipBlockMatchesPods` decides"
        }
        Topic::IpBlockMatchesNodes => {
            "Kubernetes does not say whether an ipBlock matches the addresses of nodes: most network \
             plugins compare them, Cilium does not unless told to. The option \
             `ipBlockMatchesNodes` decides"
        }
        Topic::HostNetworkPods => {
            "Kubernetes does not say whether policies see pods with hostNetwork: most network \
             plugins treat them as their node. The option `hostNetworkPods` decides"
        }
        Topic::HairpinViaService => {
            "Kubernetes does not say whether a pod that reaches itself through a Service is subject \
             to policies. The option `hairpinViaService` decides"
        }
        Topic::EgressToOwnNode => {
            "Kubernetes does not say clearly whether a pod may always connect to its own node. The \
             option `egressToOwnNode` decides"
        }
    }
}

/// `app=storefront`, `env in (a, b)`, in backticks.
pub(super) fn requirement(requirement: &Requirement) -> String {
    let Requirement { key, values, .. } = requirement;
    match (requirement.operator, values.as_slice()) {
        (Operator::In, [value]) => format!("`{key}={value}`"),
        (Operator::In, _) => format!("`{key} in ({})`", values.join(", ")),
        (Operator::NotIn, [value]) => format!("`{key}!={value}`"),
        (Operator::NotIn, _) => format!("`{key} not in ({})`", values.join(", ")),
        (Operator::Exists, _) => format!("a label `{key}`"),
        (Operator::DoesNotExist, _) => format!("no label `{key}`"),
    }
}

/// All requirements of a selector; empty if it has none.
pub(super) fn selector(selector: &LabelSelector) -> String {
    list(&selector.requirements.iter().map(requirement).collect::<Vec<_>>())
}
