use netpol::lookup::{Lookup, Part, Selected};
use netpol_web::model::{Msg, Shared};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use crate::store::use_send;

/// So many nodes are named.
const NAMED: usize = 12;

#[derive(PartialEq, Properties)]
pub(super) struct LookupBarProps {
    pub(super) found: Option<Shared<Option<Lookup>>>,
}

/// What the cursor's place in a policy is about.
#[component]
pub(super) fn LookupBar(props: &LookupBarProps) -> Html {
    let Some(found) = props.found.as_ref().and_then(|found| found.as_ref()) else {
        return Html::default();
    };
    let Lookup { policy, part, nodes, flows } = found;
    let nodes_in_words = words::count(nodes.len(), "node", "nodes");
    let flows_in_words = words::count(flows.len(), "flow", "flows");
    let (name, text) = match part {
        Part::Selector => ("selector", format!("{policy} applies to {nodes_in_words}")),
        Part::Peer => (
            "peer",
            format!(
                "This peer is {nodes_in_words}; its rule lets {flows_in_words} of those shown pass"
            ),
        ),
        Part::Rule => {
            ("rule", format!("This rule of {policy} lets {flows_in_words} of those shown pass"))
        }
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
