use netpol_web::model::{DocumentMsg, Msg, Notice};
use netpol_web::test_ids;
use yew::prelude::*;

use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct NoticeBarProps {
    pub(crate) notice: Option<Notice>,
}

/// A message across the page.
#[component]
pub(crate) fn NoticeBar(props: &NoticeBarProps) -> Html {
    let send = use_send();
    let Some(notice) = &props.notice else { return Html::default() };
    let button = |label: &'static str, test_id: &'static str, msg: fn() -> Msg| {
        let onclick = send.reform(move |_: MouseEvent| msg());
        html! { <button type="button" class="button" data-testid={test_id} {onclick}>{label}</button> }
    };
    let (kind, text, actions) = match notice {
        Notice::Stopped { reason } => (
            "stopped",
            html! { <>{reason.clone()}{" What you see is the last good picture; the text is yours as it was."}</> },
            button("Try again", test_ids::TRY_AGAIN, || Msg::TryAgain),
        ),
        Notice::Replaced { title } => (
            "replaced",
            html! { <>{"Your text was replaced by “"}{*title}{"”."}</> },
            button("Undo", "undo", || Msg::Undo),
        ),
        Notice::Left { id, name } => {
            let id = id.clone();
            let back =
                send.reform(move |_: MouseEvent| Msg::Document(DocumentMsg::Open(id.clone())));
            (
                "left",
                html! { <>{"“"}{name.to_string()}{"” is kept among your documents."}</> },
                html! { <button type="button" class="button" data-testid={test_ids::BACK} onclick={back}>{"Back to it"}</button> },
            )
        }
        Notice::Deleted { name, text } => {
            let msg = DocumentMsg::Create { name: name.to_string(), text: text.clone() };
            let undo = send.reform(move |_: MouseEvent| Msg::Document(msg.clone()));
            (
                "deleted",
                html! { <>{"“"}{name.to_string()}{"” was deleted."}</> },
                html! { <button type="button" class="button" data-testid="undo" onclick={undo}>{"Undo"}</button> },
            )
        }
        Notice::ChangedElsewhere { name } => (
            "changed-elsewhere",
            html! { <>{"Another tab has changed “"}{name.to_string()}{"”. If you go on here, this text becomes a document of its own."}</> },
            button("Show the changes", test_ids::SHOW_CHANGES, || {
                Msg::Document(DocumentMsg::Refresh)
            }),
        ),
        Notice::Forked { name, fork } => (
            "forked",
            html! { <>{"Another tab had changed “"}{name.to_string()}{"”: your text is kept as “"}{fork.to_string()}{"”."}</> },
            Html::default(),
        ),
        Notice::NotKept { reason } => (
            "not-kept",
            html! { <>{"This browser does not keep the document ("}{reason.clone()}{"). Save it as a file before you close the page."}</> },
            Html::default(),
        ),
        Notice::Damaged => (
            "damaged",
            html! { <>{"A kept document could not be read and was set aside: the menu beside the documents lets you download it."}</> },
            Html::default(),
        ),
        Notice::Refused { reason } => ("refused", html! { <>{reason.clone()}</> }, Html::default()),
        Notice::Told { text } => ("told", html! { <>{*text}</> }, Html::default()),
        Notice::Broken { message } => (
            "broken",
            html! {
                <>{"The page has failed. Copy your text, then reload. "}<code>{message.clone()}</code></>
            },
            Html::default(),
        ),
    };
    html! {
        <div class={classes!("notice", kind)} role="alert" data-testid={test_ids::NOTICE} data-kind={kind}>
            <p>{text}</p>
            {actions}
            { button("Dismiss", "dismiss", || Msg::Dismiss) }
        </div>
    }
}
