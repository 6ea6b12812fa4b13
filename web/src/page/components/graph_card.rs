use netpol_diagram::{
    Badge, BadgeKind, Card, CardKind, Frame, FrameKind, Gate, Rect, Text, is_shared,
};
use netpol_web::measure::written as n;
use netpol_web::model::{ConnectMsg, Drawing, GraphMsg, Moved, Msg, Way};
use netpol_web::test_ids;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::js::page::focus;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct FrameFigureProps {
    pub(super) frame: Frame,
}

/// A namespace around its pods; a click on its title folds it.
#[component]
pub(super) fn FrameFigure(props: &FrameFigureProps) -> Html {
    let send = use_send();
    let Frame { id, kind, rect, title, subtitle } = &props.frame;
    let class = match kind {
        FrameKind::Namespace => None,
        FrameKind::Inferred => Some("inferred"),
        FrameKind::Outside => Some("outside"),
        FrameKind::Folded => Some("folded"),
    };
    let folds = matches!(kind, FrameKind::Namespace | FrameKind::Inferred);
    let namespace = id.clone();
    let onclick = folds
        .then(|| send.reform(move |_: MouseEvent| Msg::Graph(GraphMsg::Fold(namespace.clone()))));
    html! {
        <g class={classes!("frame", class)} data-testid={test_ids::FRAME} data-id={id.clone()}>
            <rect x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} rx="14" />
            <g class={classes!("frame-head", folds.then_some("folds"))} {onclick}>
                if folds {
                    <title>{format!("Fold {id}, or drag it elsewhere")}</title>
                }
                <rect class="hit" x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height="26" />
                { text(title, "frame-title") }
            </g>
            if let Some(subtitle) = subtitle { {text(subtitle, "frame-subtitle")} }
        </g>
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is one yes or no about how it is drawn")]
#[derive(PartialEq, Properties)]
pub(super) struct CardFigureProps {
    pub(super) card: Card,
    /// Whether the chosen edge begins or ends here.
    pub(super) end: bool,
    /// Whether only its flows are drawn.
    pub(super) filtered: bool,
    /// Whether the selector at the editor's cursor selects it.
    pub(super) selected: bool,
    /// Whether it has nothing to do with the flows that are drawn.
    pub(super) aside: bool,
    /// Whether the mouse is on it.
    pub(super) hovered: bool,
    /// Whether the Tab key stops here.
    pub(super) door: bool,
    /// The connection that is being drawn.
    pub(super) drawing: Option<Drawing>,
    pub(super) onhover: Callback<Option<String>>,
}

#[component]
pub(super) fn CardFigure(props: &CardFigureProps) -> Html {
    let send = use_send();
    let focused = use_state_eq(|| false);
    let Card { id, kind, rect, title, lines, badges, ingress_gate, egress_gate, .. } = &props.card;
    let focus = |is: bool| {
        let set = focused.setter();
        move |_: FocusEvent| set.set(is)
    };
    let hover = |id: Option<String>| props.onhover.reform(move |_: MouseEvent| id.clone());
    let choose = {
        let (send, kind, id) = (send.clone(), *kind, id.clone());
        Callback::from(move |()| send.emit(choice(kind, &id)))
    };
    let open = (*kind == CardKind::Pods).then(|| {
        let (send, id) = (send.clone(), id.clone());
        Callback::from(move |()| send.emit(Msg::Graph(GraphMsg::Open(id.clone()))))
    });
    let fold = {
        let (send, id) = (send.clone(), props.card.id.clone());
        Callback::from(move |()| {
            let namespace = id.split_once('/').map(|(namespace, _)| namespace.to_owned());
            send.emit(Msg::Graph(GraphMsg::Fold(namespace.unwrap_or_default())));
        })
    };
    let step = {
        let (send, id) = (send.clone(), id.clone());
        Callback::from(move |(way, whole): (Way, bool)| {
            let what = if whole { Moved::FrameOf(id.clone()) } else { Moved::Card(id.clone()) };
            send.emit(Msg::Graph(GraphMsg::Step(what, way)));
        })
    };
    let connect = {
        let (send, msg) = (send.clone(), ConnectMsg::Choose(id.clone()));
        Callback::from(move |()| send.emit(Msg::Graph(GraphMsg::Connect(msg.clone()))))
    };
    let ends = !is_shared(id);
    let chosen = keys(Keys {
        open: open.clone().unwrap_or_else(|| choose.clone()),
        choose: choose.clone(),
        fold,
        connect: ends.then_some(connect),
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| match way(&event) {
        Some(way) => {
            event.prevent_default();
            step.emit((way, event.alt_key()));
        }
        None => chosen.emit(event),
    });
    let state = [
        props.end.then_some("end"),
        props.filtered.then_some("filtered"),
        props.aside.then_some("aside"),
        props.selected.then_some("selected"),
        (sender(props) == Some(id)).then_some("sender"),
        stack(*kind),
    ];
    let about = about(&props.card);
    html! {
        <g class={classes!("card", state.into_iter().flatten().collect::<Vec<_>>())} data-testid={test_ids::CARD}
            data-id={id.clone()} data-kind={kind_name(*kind)} data-ingress={isolation(ingress_gate.as_ref())}
            data-egress={isolation(egress_gate.as_ref())} role="button" aria-label={about.clone()}
            aria-pressed={(*kind != CardKind::Namespace).then(|| props.filtered.to_string())}
            tabindex={if props.door { "0" } else { "-1" }} {onkeydown}
            onmouseenter={hover(Some(id.clone()))} onmouseleave={hover(None)} onfocusin={focus(true)} onfocusout={focus(false)}
            onclick={choose.reform(|_: MouseEvent| ())}>
            <title>{about}</title>
            if stack(*kind).is_some() {
                <rect class="card-box under" x={n(rect.x + 5.0)} y={n(rect.y + 5.0)} width={n(rect.width)} height={n(rect.height)} rx="10" />
            }
            <rect class="card-box" x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} rx="10" />
            { for title.iter().map(|line| text(line, "card-title")) }
            { for lines.iter().map(|line| text(line, "card-line")) }
            { for badges.iter().map(|it| badge(it, open.as_ref())) }
            { for ingress_gate.iter().map(|it| gate(it, "isolated for ingress: policies decide who enters")) }
            { for egress_gate.iter().map(|it| gate(it, "isolated for egress: policies decide where it goes")) }
            if ends && (props.hovered || *focused || props.filtered) { {handle(rect)} }
        </g>
    }
}

/// The sender of the connection that is being drawn.
fn sender(props: &CardFigureProps) -> Option<&String> {
    props.drawing.as_ref()?.from.as_ref()
}

/// From here a connection to another card is drawn.
fn handle(card: &Rect) -> Html {
    let (x, y) = (card.x + card.width / 2.0, card.y + card.height);
    html! {
        <g class="handle" data-testid={test_ids::HANDLE}>
            <title>{"Drag this to another card to allow a connection"}</title>
            <circle class="hit" cx={n(x)} cy={n(y)} r="15" />
            <circle cx={n(x)} cy={n(y)} r="8" />
            <path d={format!("M{} {}h7m-3 -3l3 3l-3 3", n(x - 3.5), n(y))} />
        </g>
    }
}

/// What Enter and a click do. What that means now is for the state to say: a key may come before what the one
/// before has done is drawn.
fn choice(kind: CardKind, id: &str) -> Msg {
    match (kind, id.split_once(':')) {
        (CardKind::Namespace, Some((_, namespace))) => {
            Msg::Graph(GraphMsg::Open(namespace.to_owned()))
        }
        _ => Msg::Graph(GraphMsg::Card(id.to_owned())),
    }
}

fn about(card: &Card) -> String {
    let Card { name, kind, lines, members, ingress_gate, egress_gate, .. } = card;
    let gates = format!(
        "ingress {}, egress {}",
        isolation(ingress_gate.as_ref()),
        isolation(egress_gate.as_ref())
    );
    match kind {
        CardKind::Namespace => {
            let counts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            format!("Namespace {name}, folded: {}. Choose it to open it.", counts.join(", "))
        }
        CardKind::Pods => format!(
            "{} identical pods, {}: {gates}. Choose them to show only their flows; the O key shows each of them.",
            members.len(),
            members.join(", ")
        ),
        CardKind::More => format!("{name} pods of this namespace: search to see one's flows."),
        _ => format!(
            "{name}: {gates}. Choose it to show only its flows; the C key draws a connection."
        ),
    }
}

fn isolation(gate: Option<&Gate>) -> &'static str {
    if gate.is_some() { "isolated" } else { "open" }
}

fn kind_name(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Pod => "pod",
        CardKind::Workload => "workload",
        CardKind::External => "external",
        CardKind::Address => "address",
        CardKind::Pods => "pods",
        CardKind::Namespace => "namespace",
        CardKind::More => "more",
    }
}

/// The class of a card that stands for others.
fn stack(kind: CardKind) -> Option<&'static str> {
    kind.is_stack().then_some("stack")
}

fn gate(gate: &Gate, about: &'static str) -> Html {
    let (top, bottom) = (gate.at.y - gate.length / 2.0, gate.at.y + gate.length / 2.0);
    html! {
        <line class="gate" x1={n(gate.at.x)} x2={n(gate.at.x)} y1={n(top)} y2={n(bottom)}><title>{about}</title></line>
    }
}

/// A mark; on identical pods, their number opens them.
fn badge(badge: &Badge, open: Option<&Callback<()>>) -> Html {
    let Badge { kind, rect, text: word, about, .. } = badge;
    let open = open.filter(|_| *kind == BadgeKind::Replicas);
    let onclick = open.map(|open| {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            open.emit(());
        })
    });
    html! {
        <g class={classes!("badge", onclick.is_some().then_some("opens"))} {onclick}>
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

/// Where Shift and an arrow key move a card; with Alt its frame.
fn way(event: &KeyboardEvent) -> Option<Way> {
    if !event.shift_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    match event.key().as_str() {
        "ArrowLeft" => Some([-1, 0]),
        "ArrowRight" => Some([1, 0]),
        "ArrowUp" => Some([0, -1]),
        "ArrowDown" => Some([0, 1]),
        _ => None,
    }
}

/// What keys do.
struct Keys {
    choose: Callback<()>,
    open: Callback<()>,
    fold: Callback<()>,
    connect: Option<Callback<()>>,
}

/// Enter and Space choose, `o` opens, `f` folds the namespace, `c` draws a connection; arrow keys go to
/// the next card and the one before.
fn keys(Keys { choose, open, fold, connect }: Keys) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let here = event.target_dyn_into::<Element>();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "Enter" | " " => choose.emit(()),
            "o" | "+" => open.emit(()),
            "f" | "-" => fold.emit(()),
            "c" => connect.iter().for_each(|connect| connect.emit(())),
            "ArrowRight" | "ArrowDown" => focus(here.and_then(|it| it.next_element_sibling())),
            "ArrowLeft" | "ArrowUp" => focus(here.and_then(|it| it.previous_element_sibling())),
            _ => return,
        }
        event.prevent_default();
    })
}
