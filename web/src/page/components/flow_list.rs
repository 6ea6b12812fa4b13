use netpol::view::{ConnectionQuery, Flow};
use netpol_diagram::Edge;
use netpol_web::model::{GraphMsg, Msg, Shared};
use netpol_web::protocol::Picture;
use netpol_web::{test_ids, words};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::graph_edge::card_name;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct FlowListProps {
    pub(super) edge: Edge,
    pub(super) picture: Shared<Picture>,
    /// The number of the flow that is explained.
    pub(super) asked: Option<usize>,
}

/// The flows that one line stands for; each can be explained.
#[component]
pub(super) fn FlowList(props: &FlowListProps) -> Html {
    let send = use_send();
    let node = use_node_ref();
    let Edge { id, from, to, verdict, stops_at, count, flows, .. } = &props.edge;
    use_effect_with((node.clone(), id.clone()), |(node, _)| {
        if let Some(list) = node.cast::<HtmlElement>() {
            let _ = list.focus();
        }
    });
    let all = &props.picture.flows.flows;
    let shown: Vec<(usize, &Flow)> =
        flows.iter().filter_map(|index| Some((*index, all.get(*index)?))).collect();
    let more = count.saturating_sub(shown.len() as u64);
    let fate = match words::stops(stops_at) {
        Some(stops) => format!("{}, stops {stops}", words::word(*verdict)),
        None => words::word(*verdict).to_owned(),
    };
    html! {
        <section class="flow-list" ref={node} tabindex="-1" data-testid={test_ids::FLOW_LIST}
            aria-label={format!("Flows from {} to {}", card_name(from), card_name(to))}>
            <header>
                <h2>{card_name(from)}{" → "}{card_name(to)}</h2>
                <button type="button" class="button icon" aria-label="Close the list" title="Close the list"
                    onclick={send.reform(|_| Msg::Graph(GraphMsg::List(None)))}>{"✕"}</button>
            </header>
            <p class={classes!("flow-fate", verdict.as_str())}>
                <span aria-hidden="true">{words::sign(*verdict)}</span>{" "}{words::count(*count as usize, "flow", "flows")}{": "}{fate}
            </p>
            <ul role="list">
                for (index, flow) in shown {
                    <li key={index}>
                        <button type="button" data-testid={test_ids::LISTED_FLOW} aria-pressed={(props.asked == Some(index)).to_string()}
                            onclick={send.reform({
                                let query = query(flow);
                                move |_| Msg::Explain(query.clone())
                            })}>
                            <span>{words::short(&flow.from).to_owned()}{" → "}{words::short(&flow.to).to_owned()}</span>
                            <code>{format!("{}/{}", flow.port, flow.protocol)}</code>
                        </button>
                    </li>
                }
            </ul>
            if more > 0 {
                <p class="quiet">{format!("and {more} more: open the namespaces or filter to see them")}</p>
            }
        </section>
    }
}

fn query(flow: &Flow) -> ConnectionQuery {
    let Flow { from, to, port, protocol, .. } = flow.clone();
    ConnectionQuery { from, to, port, protocol }
}
