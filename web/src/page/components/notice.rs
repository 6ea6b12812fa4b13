use netpol_web::model::{Msg, Notice};
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
