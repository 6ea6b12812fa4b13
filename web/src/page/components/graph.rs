use netpol::lookup::Lookup;
use netpol::view::Verdict;
use netpol_diagram::{Card, Edge, FoldRule, Rect, Scene};
use netpol_web::measure::written as n;
use netpol_web::model::{
    Chip, ConnectMsg, Drawing, Filters, GraphMsg, GraphView, Msg, Shared, Step,
};
use netpol_web::protocol::Picture;
use netpol_web::zoom::Zoom;
use netpol_web::{test_ids, words};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::connect::{ConnectButton, ConnectNote};
use super::film::film_layer;
use super::flow_list::FlowList;
use super::graph_card::{CardFigure, FrameFigure};
use super::graph_edge::{Dots, EdgeFigure, EdgeReaches, only};
use super::graph_focus::{Focus, touches};
use super::graph_map::MiniMap;
use super::graph_zoom::ZoomButtons;
use super::legend::Legend;
use super::nobody::Nobody;
use crate::hooks::{use_drag, use_in_sight, use_pieces, use_room, use_visible_part};
use crate::store::use_send;

/// With more cards than this, only those in sight are drawn: seldom more than these.
const ALWAYS_DRAWN: usize = 150;

#[derive(PartialEq, Properties)]
pub(crate) struct GraphStageProps {
    pub(crate) picture: Option<Shared<Picture>>,
    /// The number of the flow that is explained.
    pub(crate) chosen: Option<usize>,
    pub(crate) filters: Filters,
    pub(crate) view: GraphView,
    /// What the editor's cursor is about.
    pub(crate) found: Option<Shared<Option<Lookup>>>,
    /// The step of the connection that is gone through.
    pub(crate) film: Option<Step>,
    /// Whether there are policies that pods could be tried on.
    pub(crate) policies: bool,
    pub(crate) paused: bool,
    pub(crate) stale: bool,
}

/// The picture of the flows.
#[component]
pub(crate) fn GraphStage(props: &GraphStageProps) -> Html {
    let send = use_send();
    let (room, size) = use_room();
    let zoom = use_state_eq(Zoom::default);
    let in_sight = use_in_sight(&room);
    let listed = props.picture.as_ref().and_then(|picture| {
        let is_it = |edge: &&Edge| Some(&edge.id) == props.view.listed.as_ref();
        picture.scene.edges.iter().find(is_it).cloned().zip(Some(picture.clone()))
    });
    let onkeydown = {
        let (listed, looked) = (listed.is_some(), props.filters.endpoint().is_some());
        let draws = props.view.drawing.is_some();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && (draws || listed || looked) {
                send.emit(if draws {
                    Msg::Graph(GraphMsg::Connect(ConnectMsg::Cancel))
                } else if listed {
                    Msg::Graph(GraphMsg::List(None))
                } else {
                    Msg::FilterEndpoint(None)
                });
                event.prevent_default();
            }
        })
    };
    let put_back = use_send().reform(|_: MouseEvent| Msg::Graph(GraphMsg::PutBack));
    let scale = props.picture.as_ref().zip(size).map(|(picture, size)| {
        let Scene { width, height, .. } = picture.scene;
        zoom.scale([width, height], size)
    });
    use_drag(&room, &zoom, scale.unwrap_or(1.0));
    html! {
        <div class={classes!("stage", props.stale.then_some("stale"))} role="tabpanel" id="panel-graph"
            aria-labelledby="tab-graph" {onkeydown}>
            if let Some(picture) = &props.picture {
                <ChangeNote picture={picture.clone()} filtered={props.filters.chips.contains(&Chip::Changed)} />
                <Remarks picture={picture.clone()} filtered={props.filters.any()} policies={props.policies} />
            }
            <ConnectNote drawing={props.view.drawing.clone()} />
            <div class={classes!("graph-room", (!in_sight).then_some("out-of-sight"))} ref={room.clone()} tabindex="0" role="group" aria-label="Picture, can be scrolled"
                style={props.picture.as_ref().map(|picture| shape(&picture.scene))}>
                if let Some(picture) = &props.picture {
                    <GraphFigure picture={picture.clone()} chosen={props.chosen} listed={props.view.listed.clone()} found={props.found.clone()} film={props.film.clone()}
                        endpoint={props.filters.endpoint().map(str::to_owned)} drawing={props.view.drawing.clone()} paused={props.paused} {scale} room={room.clone()} />
                } else {
                    <p class="stage-note">{"The engine is reading the manifests…"}</p>
                }
            </div>
            if let Some(((picture, size), scale)) = props.picture.clone().zip(size).zip(scale) {
                <MiniMap {picture} {room} {size} {scale} />
            }
            if let Some((edge, picture)) = listed {
                <FlowList {edge} {picture} asked={props.chosen} />
            }
            <div class="stage-foot">
                <Legend />
                <div class="stage-tools">
                    <div role="status" class="fold-buttons">
                        if !props.view.places.is_empty() {
                            <button type="button" class="button small" data-testid={test_ids::PUT_BACK} title="Put all cards back where they were without your help"
                                onclick={put_back}>{"Put back"}</button>
                        }
                    </div>
                    <ConnectButton drawing={props.view.drawing.is_some()} />
                    <FoldButtons picture={props.picture.clone()} view={props.view.clone()} />
                    <ZoomButtons {zoom} scale={scale.unwrap_or(1.0)} />
                </div>
            </div>
        </div>
    }
}

/// How large a picture is, for a frame that has the height of what it shows.
fn shape(scene: &Scene) -> String {
    format!("--wide: {}; --tall: {}", n(scene.width.max(1.0)), n(scene.height))
}

#[derive(PartialEq, Properties)]
struct ChangeNoteProps {
    picture: Shared<Picture>,
    /// Whether only what has changed is drawn.
    filtered: bool,
}

/// What the last edit changed, for as long as somebody wants to see it.
#[component]
fn ChangeNote(props: &ChangeNoteProps) -> Html {
    let send = use_send();
    let changed = &props.picture.changed;
    let count = |(verdict, count): (&Verdict, &u64)| {
        html! {
            <span key={verdict.as_str()} class={classes!("flow-fate", verdict.as_str())}>
                <span aria-hidden="true">{words::sign(*verdict)}</span>{format!(" {count} newly {}", words::word(*verdict))}
            </span>
        }
    };
    html! {
        <div class="change-note" role="status" data-testid={test_ids::CHANGES}>
            if !changed.is_empty() {
                <span>{"Since the last edit:"}</span>
                { for changed.iter().map(count) }
                if !props.filtered {
                    <button type="button" class="link" onclick={send.reform(|_| Msg::Graph(GraphMsg::OnlyChanges))}>{"Show only these"}</button>
                }
                <button type="button" class="link" data-testid={test_ids::DISMISS_CHANGES}
                    onclick={send.reform(|_| Msg::Graph(GraphMsg::DismissChanges))}>{"Dismiss"}</button>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct FoldButtonsProps {
    picture: Option<Shared<Picture>>,
    view: GraphView,
}

/// Opens and folds all namespaces at once, where there is something to fold.
#[component]
fn FoldButtons(props: &FoldButtonsProps) -> Html {
    let send = use_send();
    let Some(picture) = &props.picture else { return Html::default() };
    let [folded, all] = picture.folded;
    let touched = props.view.folding != netpol_diagram::Folding::default();
    if all < 2 || (folded == 0 && !touched && picture.scene.cards.len() < 12) {
        return Html::default();
    }
    let fold = |rule| send.reform(move |_: MouseEvent| Msg::Graph(GraphMsg::FoldAll(rule)));
    html! {
        <div class="fold-buttons" role="group" aria-label="Namespaces">
            <button type="button" class="button small" data-testid={test_ids::OPEN_ALL} disabled={folded == 0}
                onclick={fold(FoldRule::Open)}>{"Open all"}</button>
            <button type="button" class="button small" data-testid={test_ids::FOLD_ALL} disabled={folded == all}
                onclick={fold(FoldRule::Folded)}>{"Fold all"}</button>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RemarksProps {
    picture: Shared<Picture>,
    filtered: bool,
    policies: bool,
}

/// What the picture does not show.
#[component]
fn Remarks(props: &RemarksProps) -> Html {
    let Picture { flows, scene, folded: [folded, namespaces], .. } = &*props.picture;
    let undrawn = || words::count(flows.undrawn as usize, "flow", "flows");
    let mut remarks = Vec::new();
    if *folded > 0 {
        remarks.push(format!(
            "{folded} of {namespaces} namespaces are folded: choose one to open it."
        ));
    }
    if scene.cards.is_empty() && !props.filtered {
        return html! { <Nobody policies={props.policies} /> };
    }
    if flows.total == 0 && props.filtered {
        remarks.push("No flow passes the filters.".to_owned());
    } else if flows.total == 0 {
        remarks.push(
            "No flows: no pod declares a port, and the document has no expectations.".to_owned(),
        );
    } else if flows.undrawn > 0 && scene.edges.is_empty() {
        remarks.push(format!("{} are too many to draw: filter by pod or namespace.", undrawn()));
    } else if flows.undrawn > 0 {
        remarks.push(format!("{} are not drawn: filter to see them.", undrawn()));
    }
    if remarks.is_empty() {
        return Html::default();
    }
    html! { <p class="stage-note" role="status" data-testid={test_ids::REMARKS}>{remarks.join(" ")}</p> }
}

#[derive(PartialEq, Properties)]
struct GraphFigureProps {
    picture: Shared<Picture>,
    chosen: Option<usize>,
    /// The line whose flows are listed.
    listed: Option<String>,
    found: Option<Shared<Option<Lookup>>>,
    film: Option<Step>,
    /// The pod or card that the picture is filtered by.
    endpoint: Option<String>,
    /// The connection that is being drawn.
    drawing: Option<Drawing>,
    paused: bool,
    /// The part of its natural size at which it is shown, once that is known.
    scale: Option<f64>,
    /// What the picture is scrolled in.
    room: NodeRef,
}

/// Frames, then edges and what travels along them, then cards.
#[component]
fn GraphFigure(props: &GraphFigureProps) -> Html {
    let hovered = use_state_eq(|| None::<String>);
    let pointed = use_state_eq(|| None::<String>);
    let node = use_node_ref();
    let scene = &props.picture.scene;
    let many = scene.cards.len() > ALWAYS_DRAWN;
    let visible = use_visible_part(&props.room, &node, scene.width, many);
    let is_drawn = |rect: &Rect| !many || visible.is_some_and(|part| overlap(*rect, part));
    let drawn = use_pieces(&props.picture, ALWAYS_DRAWN);
    let size = (n(scene.width), n(scene.height));
    let focus = Focus {
        scene,
        chosen: props.chosen,
        listed: props.listed.as_deref(),
        found: props.found.as_ref().and_then(|found| (**found).as_ref()),
        films: props.film.is_some(),
        endpoint: props.endpoint.as_deref(),
        hovered: hovered.as_deref(),
    };
    let hover = use_taker(&hovered);
    let point = use_taker(&pointed);
    let cards = scene.cards.iter().filter(|card| is_drawn(&card.rect));
    let cards: Vec<&Card> = cards.take(drawn.cards.unwrap_or(usize::MAX)).collect();
    // One edge and one card can be reached with the Tab key, the others from there with the arrow
    // keys.
    let door = focus.chosen_edge().unwrap_or(0);
    let card_door = cards.iter().position(|card| focus.is_looked_at(card)).unwrap_or(0);
    let asked = focus.asked();
    let tones = focus.tones();
    let is_end = |card: &Card| asked.is_some_and(|edge| touches(edge, &card.id));
    html! {
        <svg ref={node} class={classes!("graph", props.paused.then_some("paused"), props.film.is_some().then_some("filming"), props.drawing.is_some().then_some("drawing"))} data-testid={test_ids::GRAPH}
            viewBox={format!("0 0 {} {}", size.0, size.1)} style={props.scale.map(|scale| style(scene, scale))}
            role="group" aria-busy={(!drawn.whole).then_some("true")} aria-label="Flows. Arrow keys go from flow to flow, Enter explains one.">
            <defs>
                {arrow("arrow", "1")}
                {arrow("arrow-dim", "0.3")}
            </defs>
            <g class="frames">
                for frame in scene.frames.iter() { <FrameFigure key={frame.id.clone()} frame={frame.clone()} /> }
            </g>
            <EdgeReaches picture={props.picture.clone()} drawn={drawn.edges} onpoint={point} />
            <g class="edges" role="group" aria-label="Flows">
                for (index, (edge, tone)) in scene.edges.iter().zip(tones.iter().copied()).take(drawn.edges).enumerate() {
                    <EdgeFigure key={edge.id.clone()} edge={edge.clone()} {tone}
                        chosen={focus.is_chosen(edge)} door={index == door} {index}
                        pointed={pointed.as_ref() == Some(&edge.id)} only={only(&props.picture, edge).cloned()} />
                }
            </g>
            <Dots picture={props.picture.clone()} moving={drawn.moving} {tones} />
            <g class="cards" role="group" aria-label="Pods and namespaces">
                for (index, card) in cards.iter().enumerate() {
                    <CardFigure key={card.id.clone()} card={(*card).clone()} end={is_end(card)} aside={focus.is_aside(card)} filtered={focus.is_looked_at(card)}
                        selected={focus.is_selected(card)} hovered={hovered.as_ref() == Some(&card.id)} door={index == card_door} drawing={props.drawing.clone()} onhover={hover.clone()} />
                }
            </g>
            <path class="drawn-line" marker-end="url(#arrow)" aria-hidden="true" />
            if let Some((step, edge)) = props.film.as_ref().zip(asked) { {film_layer(step, edge, scene)} }
        </svg>
    }
}

/// Takes what is pointed at, or that nothing is. It never changes, so that who has it need not be drawn again.
#[hook]
fn use_taker(state: &UseStateHandle<Option<String>>) -> Callback<Option<String>> {
    use_callback(state.setter(), |id, set| set.set(id))
}

/// The head of the lines' arrows. It is not as transparent as its line by itself.
fn arrow(id: &'static str, opacity: &'static str) -> Html {
    html! {
        <marker {id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
            <path class="arrow" d="M0 0L8 4L0 8z" fill-opacity={opacity} />
        </marker>
    }
}

/// How large the picture is.
fn style(scene: &Scene, scale: f64) -> String {
    format!("width:{}px;height:{}px", n(scene.width * scale), n(scene.height * scale))
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
