use netpol::edit::EditCommand;
use netpol_web::model::{History, Msg};
use netpol_web::test_ids;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct DocumentBarProps {
    pub(super) history: History,
}

/// What can be done with the text, whichever tab shows it.
#[component]
pub(super) fn DocumentBar(props: &DocumentBarProps) -> Html {
    let (send, desk) = (use_send(), use_desk());
    let History { undo, redo } = props.history;
    let open = move |_: MouseEvent| desk.choose(false);
    html! {
        <div class="document-bar" role="toolbar" aria-label="Text">
            <button type="button" class="button icon" data-testid={test_ids::UNDO} disabled={!undo}
                aria-label="Undo" title="Undo" onclick={send.reform(|_| Msg::Undo)}>
                <span aria-hidden="true">{"↶"}</span>
            </button>
            <button type="button" class="button icon" data-testid={test_ids::REDO} disabled={!redo}
                aria-label="Redo" title="Redo" onclick={send.reform(|_| Msg::Redo)}>
                <span aria-hidden="true">{"↷"}</span>
            </button>
            <button type="button" class="button" data-testid={test_ids::FORMAT} title="Indent all lines as kubectl does (Shift+Alt+F)"
                onclick={send.reform(|_| Msg::Order(EditCommand::Format))}>{"Format"}</button>
            <span class="grow" />
            <button type="button" class="button" onclick={open} title="Open YAML or JSON files; or drop them on the page">
                {"Open files"}
            </button>
        </div>
    }
}
