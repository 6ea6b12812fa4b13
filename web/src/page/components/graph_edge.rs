use netpol::view::{ConnectionQuery, Direction, Verdict};
use netpol_diagram::{Edge, GateState, Passage};
use netpol_web::model::Msg;
use netpol_web::{test_ids, words};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::graph::n;
use crate::js::page::focus;
use crate::store::use_send;

/// How many pixels a dot travels in a second.
const SPEED: f64 = 90.0;

/// How much an edge stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EdgeTone {
    Plain,
    Chosen,
    Dim,
}

#[derive(PartialEq, Properties)]
pub(super) struct EdgeFigureProps {
    pub(super) edge: Edge,
    pub(super) tone: EdgeTone,
    /// Whether one of its flows is explained.
    pub(super) chosen: bool,
    /// Whether the Tab key stops here.
    pub(super) door: bool,
    /// Its number in the picture.
    pub(super) index: usize,
    /// Its flows, each with its number.
    pub(super) queries: Vec<(usize, ConnectionQuery)>,
    /// The number of the flow that is explained.
    pub(super) asked: Option<usize>,
}

/// One edge: a line with moving dots if it is allowed, a broken line with a cross at the gate if
/// it is denied.
#[component]
pub(super) fn EdgeFigure(props: &EdgeFigureProps) -> Html {
    let send = use_send();
    let Edge {
        id, from, to, verdict, stops_at, path, beyond, egress, ingress, cross, label, ..
    } = &props.edge;
    let ask = {
        let next = next_query(&props.queries, props.asked);
        Callback::from(move |()| {
            if let Some(query) = &next {
                send.emit(Msg::Explain(query.clone()));
            }
        })
    };
    let onkeydown = keys(ask.clone());
    let tone = match props.tone {
        EdgeTone::Plain => None,
        EdgeTone::Chosen => Some("chosen"),
        EdgeTone::Dim => Some("dim"),
    };
    let stops: Vec<&str> = stops_at.iter().map(|side| side.as_str()).collect();
    html! {
        <g id={format!("edge-{}", props.index)} class={classes!("edge", verdict.as_str(), tone)} role="button"
            tabindex={if props.door { "0" } else { "-1" }} aria-pressed={props.chosen.to_string()}
            aria-label={spoken(&props.edge)} data-testid={test_ids::EDGE} data-from={from.clone()}
            data-to={to.clone()} data-verdict={verdict.as_str()} data-stops-at={stops.join(" ")}
            data-ports={label.text.clone()} data-chosen={props.chosen.to_string()} data-id={id.clone()}
            onclick={ask.reform(|_: MouseEvent| ())} {onkeydown}>
            <title>{spoken(&props.edge)}</title>
            if let Some(beyond) = beyond { <path class="beyond" d={beyond.clone()} /> }
            <path class="reach" d={path.clone()} />
            <path class="line" d={path.clone()}
                marker-end={(*verdict == Verdict::Allowed).then_some("url(#arrow)")} />
            if *verdict == Verdict::Allowed { <Dot path={path.clone()} length={props.edge.length} /> }
            { passage(egress, Direction::Egress) }
            { passage(ingress, Direction::Ingress) }
            if let Some(at) = cross {
                <path class="cross" d={format!("M{} {}l9 9m0 -9l-9 9", at.x - 4.5, at.y - 4.5)} />
            }
            if !label.crowded || props.tone == EdgeTone::Chosen {
                <text class="ports" x={n(label.at.x)} y={n(label.at.y)} text-anchor={label.anchor.as_str()}>
                    {label.text.clone()}
                </text>
            }
        </g>
    }
}

#[derive(PartialEq, Properties)]
struct DotProps {
    path: String,
    length: f64,
}

/// A dot that travels along the path: a dash of no length with round ends, moved by the style
/// sheet. The path counts as 100 long, so that one animation fits all.
#[component]
fn Dot(props: &DotProps) -> Html {
    let seconds = (props.length / SPEED).clamp(1.2, 6.0);
    html! {
        <path class="dot" d={props.path.clone()} pathLength="100" style={format!("animation-duration:{seconds:.1}s")} />
    }
}

/// Where the edge crosses a card's side, if a gate is there.
fn passage(passage: &Passage, direction: Direction) -> Html {
    let state = match passage.gate {
        GateState::Absent => return Html::default(),
        GateState::Open => "open",
        GateState::Shut => "shut",
    };
    html! {
        <circle class={classes!("passage", state, direction.as_str())} cx={n(passage.at.x)} cy={n(passage.at.y)} r="4" />
    }
}

/// The edge in words.
fn spoken(edge: &Edge) -> String {
    let Edge { from, to, verdict, stops_at, label, .. } = edge;
    let mut text = format!(
        "{} to {} on {}: {}",
        words::short(from),
        words::short(to),
        label.text,
        words::word(*verdict)
    );
    if let Some(stops) = words::stops(stops_at) {
        text.push_str(", stops ");
        text.push_str(stops);
    }
    text
}

/// The flow to ask about: the first, or the one after the one that is explained.
fn next_query(
    queries: &[(usize, ConnectionQuery)],
    asked: Option<usize>,
) -> Option<ConnectionQuery> {
    let here = queries.iter().position(|(index, _)| Some(*index) == asked);
    let next = here.map_or(0, |here| here + 1) % queries.len().max(1);
    queries.get(next).map(|(_, query)| query.clone())
}

/// Enter and Space choose; arrow keys go to the next edge and the one before.
fn keys(ask: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let here = event.target_dyn_into::<Element>();
        match event.key().as_str() {
            "Enter" | " " => ask.emit(()),
            "ArrowRight" | "ArrowDown" => focus(here.and_then(|it| it.next_element_sibling())),
            "ArrowLeft" | "ArrowUp" => focus(here.and_then(|it| it.previous_element_sibling())),
            _ => return,
        }
        event.prevent_default();
    })
}
