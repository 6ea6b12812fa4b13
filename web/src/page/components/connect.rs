use netpol_web::model::{ConnectMsg, Drawing, GraphMsg, Msg};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct ConnectButtonProps {
    /// Whether a connection is being drawn.
    pub(super) drawing: bool,
}

/// Begins to draw a connection, whatever one points with.
#[component]
pub(super) fn ConnectButton(props: &ConnectButtonProps) -> Html {
    let send = use_send();
    let next = if props.drawing { ConnectMsg::Cancel } else { ConnectMsg::Begin(None) };
    html! {
        <button type="button" class="button small" data-testid={test_ids::CONNECT} aria-pressed={props.drawing.to_string()}
            title="Allow a connection: choose who connects, then to whom. Or drag it from the arrow below a card."
            onclick={send.reform(move |_| Msg::Graph(GraphMsg::Connect(next.clone())))}>{"Connect"}</button>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct ConnectNoteProps {
    pub(super) drawing: Option<Drawing>,
}

/// What is to be chosen next. It is always there, so that it is heard when it says something.
#[component]
pub(super) fn ConnectNote(props: &ConnectNoteProps) -> Html {
    let send = use_send();
    let Some(Drawing { from }) = &props.drawing else {
        return html! { <div class="change-note" role="status" /> };
    };
    html! {
        <div class="change-note connect-note" role="status" data-testid={test_ids::CONNECT_NOTE}>
            <span>
                if let Some(from) = from {
                    {"Allow a connection from "}<b>{words::short(from).to_owned()}</b>{": choose whom it is to reach."}
                } else {
                    {"Allow a connection: choose who connects."}
                }
            </span>
            <button type="button" class="link"
                onclick={send.reform(|_| Msg::Graph(GraphMsg::Connect(ConnectMsg::Cancel)))}>{"Cancel"}</button>
        </div>
    }
}
