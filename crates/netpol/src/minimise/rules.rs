//! Policies without what says nothing about a connection.

use std::sync::Arc;

use netpol_model::{NetworkPolicy, PolicyRule};

use super::parts::Part;
use super::sides;
use crate::view::{Answer, Direction, Explanation, PartView, PolicyView, RuleView};

/// A policy with the rules that admit the connection or nearly do, in the directions in which it
/// isolates one of the ends; anything else as it is.
pub(super) fn reduced(part: &Part, explanation: &Explanation) -> Part {
    let Part::Policy(policy) = part else { return part.clone() };
    let mut policy = NetworkPolicy::clone(policy);
    // Which directions are meant must not follow from the rules that happen to be left.
    policy.policy_types_span = Some(policy.meta.span);
    for direction in [Direction::Ingress, Direction::Egress] {
        let views = views(&policy, direction, explanation);
        let (isolates, rules) = match direction {
            Direction::Ingress => (&mut policy.isolates_ingress, &mut policy.ingress),
            Direction::Egress => (&mut policy.isolates_egress, &mut policy.egress),
        };
        *isolates &= !views.is_empty();
        let numbered = (1..).zip(std::mem::take(rules));
        *rules = numbered.filter_map(|(number, rule)| rule_of(number, rule, &views)).collect();
    }
    Part::Policy(Arc::new(policy))
}

/// What is said about a policy in a direction.
fn views<'a>(
    policy: &NetworkPolicy,
    direction: Direction,
    explanation: &'a Explanation,
) -> Vec<&'a PolicyView> {
    let all = explanation.paths.iter().flat_map(sides).filter(|side| side.direction == direction);
    let is_it = |it: &&PolicyView| {
        it.policy.name == policy.meta.name && it.policy.namespace == policy.meta.namespace
    };
    all.flat_map(|side| &side.policies).filter(is_it).collect()
}

/// What stays of a rule, if it says something.
fn rule_of(number: u32, mut rule: PolicyRule, views: &[&PolicyView]) -> Option<PolicyRule> {
    let this = |view: &&PolicyView| view.rules.iter().position(|it| it.number == number);
    let told: Vec<(&PolicyView, &RuleView)> =
        views.iter().filter_map(|view| Some((*view, &view.rules[this(view)?]))).collect();
    let matches = |(_, it): &(&PolicyView, &RuleView)| it.matches != Answer::No;
    let nearly = |(policy, it): &(&PolicyView, &RuleView)| {
        let half = it.peers_match != Answer::No || it.ports_match != Answer::No;
        policy.admits == Answer::No && half
    };
    if told.iter().any(nearly) {
        return Some(rule);
    }
    if !told.iter().any(matches) {
        return None;
    }
    let told: Vec<&RuleView> = told.into_iter().filter(matches).map(|(_, it)| it).collect();
    keep(&mut rule.peers, |index| told.iter().any(|it| is_met(&it.peers, index)));
    keep(&mut rule.ports, |index| told.iter().any(|it| is_met(&it.ports, index)));
    Some(rule)
}

fn is_met(parts: &[PartView], index: usize) -> bool {
    parts.get(index).is_none_or(|part| part.matches != Answer::No)
}

fn keep<T>(parts: &mut Vec<T>, is_kept: impl Fn(usize) -> bool) {
    let mut index = 0..;
    parts.retain(|_| index.next().is_none_or(&is_kept));
}
