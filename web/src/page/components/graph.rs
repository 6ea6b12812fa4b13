use netpol::view::{ConnectionQuery, Flow};
use netpol_diagram::{Badge, Card, Frame, Gate, Text};
use netpol_web::model::{Filters, Msg, Shared};
use netpol_web::protocol::{Overview, Picture};
use netpol_web::test_ids;
use yew::prelude::*;

use super::graph_edge::{EdgeFigure, EdgeTone};
use super::legend::Legend;
use crate::hooks::use_width;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct GraphStageProps {
    pub(crate) picture: Option<Shared<Picture>>,
    pub(crate) overview: Shared<Overview>,
    /// The number of the flow that is explained.
    pub(crate) chosen: Option<usize>,
    pub(crate) filters: Filters,
    pub(crate) paused: bool,
    pub(crate) stale: bool,
}

/// How large the picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zoom {
    /// As large as fits, but not so small that it cannot be read.
    Readable,
    /// All of it.
    Whole,
    /// A part of its own size, in percent.
    Percent(u32),
}

impl Zoom {
    /// Smaller than this, names cannot be read.
    const READABLE: f64 = 0.7;
    const STEP: u32 = 25;

    fn percent(self) -> u32 {
        match self {
            Self::Readable | Self::Whole => 100,
            Self::Percent(percent) => percent,
        }
    }

    fn larger(self) -> Self {
        Self::Percent((self.percent() + Self::STEP).min(300))
    }

    fn smaller(self) -> Self {
        Self::Percent(self.percent().saturating_sub(Self::STEP).max(25))
    }

    /// The style of a picture with that natural size.
    fn style(self, width: f64, height: f64) -> String {
        match self {
            Self::Readable => {
                format!(
                    "max-width:100%;height:100%;min-height:{}px;max-height:{height}px",
                    height * Self::READABLE
                )
            }
            Self::Whole => format!("max-width:100%;height:100%;max-height:{height}px"),
            Self::Percent(percent) => {
                let factor = f64::from(percent) / 100.0;
                format!("width:{}px;height:{}px", width * factor, height * factor)
            }
        }
    }
}

/// The picture of the flows.
#[component]
pub(crate) fn GraphStage(props: &GraphStageProps) -> Html {
    let room = use_width();
    let zoom = use_state_eq(|| Zoom::Readable);
    html! {
        <div class={classes!("stage", props.stale.then_some("stale"))} role="tabpanel" id="panel-graph"
            aria-labelledby="tab-graph">
            <ZoomButtons zoom={zoom.clone()} />
            <div class="graph-room" ref={room} tabindex="0" role="group" aria-label="Picture, can be scrolled">
                if let Some(picture) = &props.picture {
                    <GraphFigure picture={picture.clone()} overview={props.overview.clone()} chosen={props.chosen}
                        endpoint={props.filters.endpoint.clone()} paused={props.paused} zoom={*zoom} />
                    <Remarks picture={picture.clone()} filtered={props.filters.any()} />
                } else {
                    <p class="stage-note">{"The engine is reading the manifests…"}</p>
                }
            </div>
            <Legend />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ZoomButtonsProps {
    zoom: UseStateHandle<Zoom>,
}

/// Larger, smaller, everything at once.
#[component]
fn ZoomButtons(props: &ZoomButtonsProps) -> Html {
    let zoom = *props.zoom;
    let whole = if zoom == Zoom::Whole { Zoom::Readable } else { Zoom::Whole };
    let button = |sign: &'static str, label: &'static str, next: Zoom| {
        let handle = props.zoom.clone();
        let onclick = Callback::from(move |_: MouseEvent| handle.set(next));
        html! { <button type="button" class="button icon" title={label} aria-label={label} {onclick}>{sign}</button> }
    };
    html! {
        <div class="zoom" role="group" aria-label="Size of the picture">
            { button("+", "Larger", zoom.larger()) }
            { button("−", "Smaller", zoom.smaller()) }
            { button("⤢", if zoom == Zoom::Whole { "Readable size" } else { "Show all of it" }, whole) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RemarksProps {
    picture: Shared<Picture>,
    filtered: bool,
}

/// What the picture does not show.
#[component]
fn Remarks(props: &RemarksProps) -> Html {
    let Picture { flows, scene, hidden } = &*props.picture;
    let more = flows.total.saturating_sub(flows.flows.len());
    let remark = if scene.cards.is_empty() {
        "Nothing to draw: define a pod under Cluster, or choose a scenario.".to_owned()
    } else if flows.flows.is_empty() && props.filtered {
        "No flow passes the filters.".to_owned()
    } else if flows.flows.is_empty() {
        "No flows: no pod declares a port, and the document has no expectations.".to_owned()
    } else if *hidden > 0 || more > 0 {
        format!("{hidden} pods and {more} flows are not drawn: filter by namespace or pod.")
    } else {
        return Html::default();
    };
    html! { <p class="stage-note" role="status">{remark}</p> }
}

#[derive(PartialEq, Properties)]
struct GraphFigureProps {
    picture: Shared<Picture>,
    overview: Shared<Overview>,
    chosen: Option<usize>,
    /// The pod that the picture is filtered by.
    endpoint: Option<String>,
    paused: bool,
    zoom: Zoom,
}

/// Frames, then edges, then cards.
#[component]
fn GraphFigure(props: &GraphFigureProps) -> Html {
    let hovered = use_state_eq(|| None::<String>);
    let Picture { flows, scene, .. } = &*props.picture;
    let size = (n(scene.width), n(scene.height));
    let chosen_edge = scene
        .edges
        .iter()
        .position(|edge| props.chosen.is_some_and(|chosen| edge.flows.contains(&chosen)));
    let any_chosen = chosen_edge.is_some();
    let hover = {
        let hovered = hovered.clone();
        Callback::from(move |id: Option<String>| hovered.set(id))
    };
    let is_chosen = |edge: &netpol_diagram::Edge| {
        props.chosen.is_some_and(|chosen| edge.flows.contains(&chosen))
    };
    let tone = |edge: &netpol_diagram::Edge| match &*hovered {
        Some(id) if edge.from == *id || edge.to == *id => EdgeTone::Plain,
        Some(_) => EdgeTone::Dim,
        None if is_chosen(edge) => EdgeTone::Chosen,
        None if any_chosen => EdgeTone::Dim,
        None => EdgeTone::Plain,
    };
    // One edge can be reached with the Tab key, the others from there with the arrow keys.
    let door = chosen_edge.unwrap_or(0);
    let ends = chosen_edge.and_then(|index| scene.edges.get(index));
    let is_end = |card: &Card| ends.is_some_and(|edge| edge.from == card.id || edge.to == card.id);
    html! {
        <svg class={classes!("graph", props.paused.then_some("paused"))} data-testid={test_ids::GRAPH}
            viewBox={format!("0 0 {} {}", size.0, size.1)} style={props.zoom.style(scene.width, scene.height)}
            role="group" aria-label="Flows. Arrow keys go from flow to flow, Enter explains one.">
            <defs>
                <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
                    markerUnits="userSpaceOnUse" orient="auto">
                    <path class="arrow" d="M0 0L8 4L0 8z" />
                </marker>
            </defs>
            <g class="frames">
                for frame in scene.frames.iter() { <FrameFigure key={frame.id.clone()} frame={frame.clone()} /> }
            </g>
            <g class="edges">
                for (index, edge) in scene.edges.iter().enumerate() {
                    <EdgeFigure key={edge.id.clone()} edge={edge.clone()} tone={tone(edge)}
                        chosen={is_chosen(edge)} door={index == door} {index}
                        queries={queries(edge, &flows.flows)} asked={props.chosen} />
                }
            </g>
            <g class="cards">
                for card in scene.cards.iter() {
                    <CardFigure key={card.id.clone()} card={card.clone()} end={is_end(card)}
                        filtered={props.endpoint.as_ref() == Some(&card.id)} onhover={hover.clone()} />
                }
            </g>
        </svg>
    }
}

/// What the flows of an edge ask, each with its number.
fn queries(edge: &netpol_diagram::Edge, flows: &[Flow]) -> Vec<(usize, ConnectionQuery)> {
    let query = |index: &usize| {
        let Flow { from, to, port, protocol, .. } = flows.get(*index)?.clone();
        Some((*index, ConnectionQuery { from, to, port, protocol }))
    };
    edge.flows.iter().filter_map(query).collect()
}

#[derive(PartialEq, Properties)]
struct FrameFigureProps {
    frame: Frame,
}

#[component]
fn FrameFigure(props: &FrameFigureProps) -> Html {
    let Frame { kind, rect, title, subtitle, .. } = &props.frame;
    let class = match kind {
        netpol_diagram::FrameKind::Namespace => None,
        netpol_diagram::FrameKind::Inferred => Some("inferred"),
        netpol_diagram::FrameKind::Outside => Some("outside"),
    };
    html! {
        <g class={classes!("frame", class)}>
            <rect x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} rx="14" />
            { text(title, "frame-title") }
            if let Some(subtitle) = subtitle { {text(subtitle, "frame-subtitle")} }
        </g>
    }
}

#[derive(PartialEq, Properties)]
struct CardFigureProps {
    card: Card,
    /// Whether the chosen edge begins or ends here.
    end: bool,
    /// Whether only its flows are drawn.
    filtered: bool,
    onhover: Callback<Option<String>>,
}

#[component]
fn CardFigure(props: &CardFigureProps) -> Html {
    let send = use_send();
    let Card { id, name, rect, title, lines, badges, ingress_gate, egress_gate, .. } = &props.card;
    let isolation = |gate: &Option<Gate>| if gate.is_some() { "isolated" } else { "open" };
    let about = format!(
        "{name}: ingress {}, egress {}. Click to show only its flows.",
        isolation(ingress_gate),
        isolation(egress_gate),
    );
    let hover = |id: Option<String>| props.onhover.reform(move |_: MouseEvent| id.clone());
    let only = (!props.filtered).then(|| id.clone());
    html! {
        <g class={classes!("card", props.end.then_some("end"), props.filtered.then_some("filtered"))}
            data-testid={test_ids::CARD} data-id={id.clone()} data-ingress={isolation(ingress_gate)}
            data-egress={isolation(egress_gate)} onmouseenter={hover(Some(id.clone()))} onmouseleave={hover(None)}
            onclick={send.reform(move |_| Msg::FilterEndpoint(only.clone()))}>
            <title>{about}</title>
            <rect class="card-box" x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} rx="10" />
            { for title.iter().map(|line| text(line, "card-title")) }
            { for lines.iter().map(|line| text(line, "card-line")) }
            { for badges.iter().map(badge) }
            { for ingress_gate.iter().map(|it| gate(it, "isolated for ingress: policies decide who enters")) }
            { for egress_gate.iter().map(|it| gate(it, "isolated for egress: policies decide where it goes")) }
        </g>
    }
}

fn gate(gate: &Gate, about: &'static str) -> Html {
    let (top, bottom) = (gate.at.y - gate.length / 2.0, gate.at.y + gate.length / 2.0);
    html! {
        <g class="gate">
            <title>{about}</title>
            <line x1={n(gate.at.x)} x2={n(gate.at.x)} y1={n(top)} y2={n(bottom)} />
        </g>
    }
}

fn badge(badge: &Badge) -> Html {
    let Badge { rect, text: word, about, .. } = badge;
    html! {
        <g class="badge">
            <title>{about.clone()}</title>
            <rect x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} rx={n(rect.height / 2.0)} />
            { text(word, "badge-text") }
        </g>
    }
}

fn text(text: &Text, class: &'static str) -> Html {
    html! {
        <text {class} x={n(text.at.x)} y={n(text.at.y)} text-anchor={text.anchor.as_str()}>{text.text.clone()}</text>
    }
}

/// A measure as an attribute.
pub(super) fn n(measure: f64) -> String {
    measure.to_string()
}
