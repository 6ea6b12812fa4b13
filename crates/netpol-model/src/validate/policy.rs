//! The `spec` of a NetworkPolicy.

use super::blocks;
use super::labels;
use super::ports;
use super::quote::list;
use super::report::Report;
use crate::place::Place;
use crate::{Direction, code};

pub(super) fn check(spec: &Place, report: &mut Report) {
    labels::selector(&spec.field("podSelector"), report);
    rules(&spec.field("ingress"), "from", report);
    rules(&spec.field("egress"), "to", report);
    policy_types(&spec.field("policyTypes"), report);
}

fn rules(list: &Place, peers: &str, report: &mut Report) {
    for rule in list.items() {
        for port in rule.field("ports").items() {
            ports::of_policy(&port, report);
        }
        for place in rule.field(peers).items() {
            peer(&place, report);
        }
    }
}

fn peer(place: &Place, report: &mut Report) {
    let selectors = ["podSelector", "namespaceSelector"].map(|name| place.field(name));
    for selector in &selectors {
        labels::selector(selector, report);
    }
    let block = place.field("ipBlock");
    let has_selector = selectors.iter().any(Place::is_given);
    if block.is_given() {
        blocks::check(&block, report);
        if has_selector {
            report.forbidden(
                code::INVALID_PEER,
                place,
                "may not specify both ipBlock and another peer",
                "write two peers: one with `ipBlock`, one with the selectors",
            );
        }
    } else if !has_selector {
        let help = match selectors.iter().find(|selector| selector.is_written()) {
            Some(selector) => {
                let name = selector.field_name().unwrap_or_default();
                format!("write `{name}: {{}}` if all are meant, or indent what follows further")
            }
            None => {
                "write `podSelector`, `namespaceSelector` or `ipBlock`; `podSelector: {}` means all pods of this namespace"
                    .to_owned()
            }
        };
        report.required(code::INVALID_PEER, place, "must specify a peer", &help);
    }
}

fn policy_types(place: &Place, report: &mut Report) {
    let types: Vec<_> = place.items().collect();
    if types.len() > 2 {
        let words = types.iter().map(Place::text_or_empty);
        let value = if report.version.prints_json() {
            format!("[{}]", list(words).replace("\", \"", "\",\""))
        } else {
            format!("[]networking.PolicyType{{{}}}", list(words))
        };
        let detail = "may not specify more than two policyTypes";
        let help = "list `Ingress`, `Egress` or both, each once";
        report.invalid(code::INVALID_POLICY_TYPE, place, value, detail, help);
        return;
    }
    let known = [Direction::Ingress, Direction::Egress].map(Direction::as_str);
    for place in types.iter().filter(|place| !known.contains(&place.text_or_empty())) {
        report.unsupported(code::INVALID_POLICY_TYPE, place, &known);
    }
}
