//! A whole policy in one sentence.

use netpol_model::{Direction, NetworkPolicy, PolicyRule};

use super::{parts, words};

/// Whom a policy isolates, and whom it admits.
pub(crate) fn policy_sentence(policy: &NetworkPolicy, selected: usize) -> String {
    if policy.rejected {
        return "refused by the API server: it judges nothing".to_owned();
    }
    let directions: Vec<Direction> = [Direction::Ingress, Direction::Egress]
        .into_iter()
        .filter(|direction| policy.isolates(*direction))
        .collect();
    let ways: Vec<&str> = directions.iter().map(|direction| way(*direction)).collect();
    let whom = match selected {
        0 => "selects no pod, would isolate".to_owned(),
        1 => "isolates 1 pod".to_owned(),
        several => format!("isolates {several} pods"),
    };
    let mut sentence = format!("{whom} for {}", words::list(&ways));
    for direction in directions {
        let rules = policy.rules(direction);
        let admitted: Vec<String> =
            rules.iter().map(|rule| admits(&policy.meta.namespace, rule, direction)).collect();
        let verb = match direction {
            Direction::Ingress => "lets in",
            Direction::Egress => "lets out to",
        };
        if !admitted.is_empty() {
            sentence.push_str("; ");
            sentence.push_str(verb);
            sentence.push(' ');
            sentence.push_str(&admitted.join("; "));
        }
    }
    if policy.rules(Direction::Ingress).is_empty() && policy.rules(Direction::Egress).is_empty() {
        sentence += "; admits nobody";
    }
    sentence
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    }
}

fn admits(namespace: &str, rule: &PolicyRule, direction: Direction) -> String {
    let peers: Vec<String> =
        rule.peers.iter().map(|peer| parts::peer_wants(namespace, peer)).collect();
    let ports: Vec<String> = rule.ports.iter().map(parts::port_wants).collect();
    let whom = match (peers.is_empty(), direction) {
        (false, _) => peers.join(" or "),
        (true, Direction::Ingress) => "everyone".to_owned(),
        (true, Direction::Egress) => "everywhere".to_owned(),
    };
    if ports.is_empty() { whom } else { format!("{whom} on {}", words::list(&ports)) }
}
