use netpol::view::{ConnectionQuery, Direction, Flow, Verdict};
use netpol_diagram::{Edge, GateState, Passage};
use netpol_web::measure::written as n;
use netpol_web::model::{GraphMsg, Msg, Shared};
use netpol_web::protocol::Picture;
use netpol_web::{test_ids, words};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

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

impl EdgeTone {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Chosen => Some("chosen"),
            Self::Dim => Some("dim"),
        }
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct EdgeFigureProps {
    pub(super) edge: Edge,
    pub(super) tone: EdgeTone,
    /// Whether the mouse is beside it.
    pub(super) pointed: bool,
    /// Whether one of its flows is explained.
    pub(super) chosen: bool,
    /// Whether the Tab key stops here.
    pub(super) door: bool,
    /// Its number in the picture.
    pub(super) index: usize,
    /// Its flow, if it stands for one only.
    pub(super) only: Option<Flow>,
}

/// One edge: a line, broken if it is denied, with a cross at the gate then.
#[component]
pub(super) fn EdgeFigure(props: &EdgeFigureProps) -> Html {
    let send = use_send();
    let Edge {
        id,
        from,
        to,
        verdict,
        stops_at,
        was,
        path,
        beyond,
        egress,
        ingress,
        cross,
        label,
        ..
    } = &props.edge;
    let ask = {
        let (id, only) = (id.clone(), props.only.clone());
        Callback::from(move |()| send.emit(choice(&id, only.as_ref())))
    };
    let onkeydown = keys(ask.clone());
    let stops: Vec<&str> = stops_at.iter().map(|side| side.as_str()).collect();
    html! {
        <g id={format!("edge-{}", props.index)} class={classes!("edge", verdict.as_str(), props.tone.class(), was.map(|_| "changed"), props.pointed.then_some("pointed"))} role="button"
            tabindex={if props.door { "0" } else { "-1" }} aria-pressed={props.chosen.to_string()}
            aria-label={spoken(&props.edge)} data-testid={test_ids::EDGE} data-from={from.clone()}
            data-to={to.clone()} data-verdict={verdict.as_str()} data-stops-at={stops.join(" ")}
            data-ports={label.text.clone()} data-count={props.edge.count.to_string()}
            data-was={was.map(Verdict::as_str)} data-chosen={props.chosen.to_string()} data-id={id.clone()}
            onclick={ask.reform(|_: MouseEvent| ())} {onkeydown}>
            <title>{spoken(&props.edge)}</title>
            if let Some(beyond) = beyond { <path class="beyond" d={beyond.clone()} /> }
            if was.is_some() { <path class="halo" d={path.clone()} /> }
            <path class="line" d={path.clone()}
                marker-end={(*verdict == Verdict::Allowed).then_some("url(#arrow)")} />
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
            if was.is_some() { {change(&props.edge)} }
        </g>
    }
}

/// What a choice of an edge does: its flow is explained, or its flows are listed.
fn choice(id: &str, only: Option<&Flow>) -> Msg {
    match only.cloned() {
        Some(Flow { from, to, port, protocol, .. }) => {
            Msg::Explain(ConnectionQuery { from, to, port, protocol })
        }
        None => Msg::Graph(GraphMsg::List(Some(id.to_owned()))),
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct EdgeReachesProps {
    pub(super) picture: Shared<Picture>,
    /// How many of the edges are drawn by now.
    pub(super) drawn: usize,
    pub(super) onpoint: Callback<Option<String>>,
}

/// Where edges can be clicked or tapped beside their lines. These are below all lines, so that the
/// surroundings of one edge never cover another.
#[component]
pub(super) fn EdgeReaches(props: &EdgeReachesProps) -> Html {
    let send = use_send();
    let picture = props.picture.clone();
    // One listener for all: there are hundreds.
    let onclick = Callback::from(move |event: MouseEvent| {
        let id = reached(&event);
        if let Some(edge) = picture.scene.edges.iter().find(|edge| Some(&edge.id) == id.as_ref()) {
            send.emit(choice(&edge.id, only(&picture, edge)));
        }
    });
    html! {
        <g class="reaches" aria-hidden="true" {onclick} onmouseover={props.onpoint.reform(|event| reached(&event))}
            onmouseout={props.onpoint.reform(|_: MouseEvent| None)}>
            for edge in props.picture.scene.edges.iter().take(props.drawn) {
                <path key={edge.id.clone()} class="reach" d={edge.path.clone()} data-reach={edge.id.clone()} />
            }
        </g>
    }
}

/// The edge beside which something happened.
fn reached(event: &MouseEvent) -> Option<String> {
    event.target_dyn_into::<Element>()?.get_attribute("data-reach")
}

/// The flow of an edge, if it stands for one only.
pub(super) fn only<'a>(picture: &'a Picture, edge: &Edge) -> Option<&'a Flow> {
    let first = edge.flows.first().filter(|_| edge.count == 1)?;
    picture.flows.flows.get(*first)
}

#[derive(PartialEq, Properties)]
pub(super) struct DotsProps {
    pub(super) picture: Shared<Picture>,
    pub(super) tones: Vec<EdgeTone>,
    /// Something moves on so many edges by now.
    pub(super) moving: usize,
}

/// What travels along the edges. It is apart from them so that the browser draws nothing else anew when it moves.
#[component]
pub(super) fn Dots(props: &DotsProps) -> Html {
    let edges = props.picture.scene.edges.iter().zip(&props.tones).take(props.moving);
    html! {
        <g class="dots" aria-hidden="true">
            // What is not judged does not travel.
            for (edge, tone) in edges.filter(|(edge, _)| edge.verdict != Verdict::NotApplicable) {
                { dot(edge, *tone) }
            }
        </g>
    }
}

/// A dot that travels along the edge: a dash of no length with round ends, moved by the style sheet, as the verdict
/// says. The path counts as 100 long, so that one animation fits all.
fn dot(edge: &Edge, tone: EdgeTone) -> Html {
    let seconds = (edge.length / SPEED + 1.0).clamp(2.0, 7.0);
    let class = classes!("dot", edge.verdict.as_str(), tone.class());
    html! {
        <path key={edge.id.clone()} {class} d={edge.path.clone()} pathLength="100" style={format!("animation-duration:{}s", n(seconds))} />
    }
}

/// What an edit made of the flows, in a word.
fn change(edge: &Edge) -> Html {
    const HEIGHT: f64 = 15.0;
    let word = change_word(edge.verdict);
    let width = 6.2 * f64::from(u32::try_from(word.chars().count()).unwrap_or(0)) + 12.0;
    // Beside the ports if these are drawn, or where the flow stops or arrives.
    let at = if edge.label.crowded { edge.cross.unwrap_or(edge.ingress.at) } else { edge.label.at };
    let (x, y) = (at.x - width / 2.0, at.y - HEIGHT - 12.0);
    html! {
        <g class="change">
            <rect x={n(x)} y={n(y)} width={n(width)} height={n(HEIGHT)} rx="7.5" />
            <text x={n(at.x)} y={n(y + 11.0)} text-anchor="middle">{word}</text>
        </g>
    }
}

fn change_word(verdict: Verdict) -> String {
    match verdict {
        Verdict::ImplementationDefined => "now depends".to_owned(),
        Verdict::NotApplicable => "now nothing".to_owned(),
        verdict => format!("now {}", words::word(verdict)),
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
        card_name(from),
        card_name(to),
        label.text,
        words::word(*verdict)
    );
    if let Some(stops) = words::stops(stops_at) {
        text.push_str(", stops ");
        text.push_str(stops);
    }
    if let Some(was) = edge.was {
        text.push_str(", was ");
        text.push_str(words::word(was));
    }
    text
}

/// A card's id as a person says it.
pub(super) fn card_name(id: &str) -> String {
    match id.split_once(':') {
        Some(("namespace", name)) => format!("namespace {name}"),
        Some(("more", name)) => format!("other pods of {name}"),
        _ => words::short(id).to_owned(),
    }
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
