use std::collections::BTreeMap;

use netpol::lookup::{Lookup, Part, Selected};
use netpol::view::Verdict;
use netpol_web::model::{Msg, Shared};
use netpol_web::protocol::Picture;
use netpol_web::{test_ids, words};
use yew::prelude::*;

use crate::store::use_send;

/// So many nodes are named.
const NAMED: usize = 12;

#[derive(PartialEq, Properties)]
pub(super) struct LookupBarProps {
    pub(super) found: Option<Shared<Option<Lookup>>>,
    /// The flows that are shown.
    pub(super) drawn: Option<Shared<Picture>>,
}

/// What the cursor's place in a policy is about.
#[component]
pub(super) fn LookupBar(props: &LookupBarProps) -> Html {
    let Some(found) = props.found.as_ref().and_then(|found| found.as_ref()) else {
        return Html::default();
    };
    let Lookup { policy, part, nodes, flows } = found;
    let many = words::count(nodes.len(), "node", "nodes");
    let fates = fates(flows, props.drawn.as_deref());
    let (name, text) = match part {
        Part::Policy => ("policy", format!("{policy} applies to {many} and decides {fates}")),
        Part::Selector => ("selector", format!("{policy} applies to {many}")),
        Part::Peer => ("peer", format!("This peer of {policy} is {many} and decides {fates}")),
        Part::Port => ("port", format!("This port of {policy} decides {fates}")),
        Part::Rule => ("rule", format!("This rule of {policy} decides {fates}")),
    };
    html! {
        <div class="about-place" role="status" data-testid={test_ids::ABOUT} data-part={name}>
            <span>{text}</span>
            for node in nodes.iter().take(NAMED) {
                <SelectedNode key={node.id.clone()} node={node.clone()} />
            }
            if nodes.len() > NAMED {
                <span class="quiet">{format!("and {} more", nodes.len() - NAMED)}</span>
            }
        </div>
    }
}

/// How many flows, and what becomes of them: a rule that lets a flow leave is not all that decides.
fn fates(numbers: &[usize], drawn: Option<&Picture>) -> String {
    let mut fates: BTreeMap<Verdict, usize> = BTreeMap::new();
    let flows = drawn.map_or(&[][..], |picture| &picture.flows.flows);
    for flow in numbers.iter().filter_map(|number| flows.get(*number)) {
        *fates.entry(flow.verdict).or_default() += 1;
    }
    let fates: Vec<String> =
        fates.iter().map(|(verdict, count)| format!("{count} {}", words::word(*verdict))).collect();
    let count = match numbers.len() {
        0 => "none".to_owned(),
        count => count.to_string(),
    };
    let colon = if fates.is_empty() { "" } else { ": " };
    format!("{count} of the flows shown{colon}{}", fates.join(", "))
}

#[derive(PartialEq, Properties)]
struct SelectedNodeProps {
    node: Selected,
}

#[component]
fn SelectedNode(props: &SelectedNodeProps) -> Html {
    let send = use_send();
    let Selected { id, place } = &props.node;
    let Some(place) = place.clone() else {
        return html! { <span data-testid={test_ids::SELECTED} data-id={id.clone()}>{words::short(id).to_owned()}</span> };
    };
    let title = format!("{id}, line {}", place.line);
    html! {
        <button type="button" class="link" data-testid={test_ids::SELECTED} data-id={id.clone()} {title}
            onclick={send.reform(move |_| Msg::Reveal(place.clone()))}>
            {words::short(id).to_owned()}
        </button>
    }
}
