use std::rc::Rc;

use netpol_share::{CHAT_LIMIT, MAIL_LIMIT};
use netpol_web::model::{Export, Model, Msg, ShareAs};
use netpol_web::protocol::ShareCut;
use netpol_web::{test_ids, words};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Dialog;
use crate::desk::{Way, use_desk};
use crate::store::use_send;

/// The forms, with the id of the button and what it does.
const FORMS: [(ShareAs, &str, &str); 4] = [
    (ShareAs::Link, test_ids::SHARE_LINK, "Copy the link"),
    (ShareAs::Markdown, test_ids::SHARE_MARKDOWN, "Copy as Markdown"),
    (ShareAs::Element, test_ids::SHARE_ELEMENT, "Copy as HTML embed"),
    (ShareAs::Frame, test_ids::SHARE_FRAME, "Copy as HTML frame"),
];

/// What GitHub has taken as the text of an issue, in characters:
/// <https://github.com/peter-evans/create-issue-from-file/issues/1049>.
const REPORT_LIMIT: usize = 65_536;

/// What is said of more than that.
const TOO_LONG: &str = "⚠ It has more than 65,536 characters, which trackers refuse: choose above that only what \
    decides is in it, or attach it as a file.";

#[derive(PartialEq, Properties)]
pub(crate) struct ShareDialogProps {
    pub(crate) model: Rc<Model>,
}

/// The link to what is shown, how long it is, and the forms in which it is passed on.
#[component]
pub(crate) fn ShareDialog(props: &ShareDialogProps) -> Html {
    let link = props.model.shared_link();
    let content = match link.as_deref() {
        None => html! { <p class="quiet" role="status">{"The link is being made…"}</p> },
        Some(Err(reason)) => html! {
            <p role="alert" data-testid={test_ids::SHARE_SIZE}>
                {"There is no link: "}{reason.clone()}{". Save the document as a file instead, or choose above what is in the link."}
            </p>
        },
        Some(Ok(link)) => html! { <Link model={Rc::clone(&props.model)} link={link.clone()} /> },
    };
    html! {
        <Dialog title="Share" test_id={test_ids::SHARE}>
            <div class="share"><Cut model={Rc::clone(&props.model)} />{content}</div>
        </Dialog>
    }
}

/// What of the manifests is in the link.
#[component]
fn Cut(props: &ShareDialogProps) -> Html {
    let send = use_send();
    let cut = props.model.sharing.cut;
    let question = props.model.question.query();
    let redact =
        send.reform(move |_: Event| Msg::SetShareCut(ShareCut { redact: !cut.redact, ..cut }));
    let minimise =
        send.reform(move |_: Event| Msg::SetShareCut(ShareCut { minimise: !cut.minimise, ..cut }));
    let about = question.as_ref().map_or_else(
        || "Only what decides about a connection: ask about one first".to_owned(),
        |question| format!("Only what decides about {}", words::connection(question)),
    );
    html! {
        <fieldset class="share-cut">
            <legend class="visually-hidden">{"What is in the link"}</legend>
            <label>
                <input type="checkbox" checked={cut.redact} onchange={redact} data-testid={test_ids::SHARE_REDACT} />
                <span>{"Rename everything"}<small>{"Other names, labels and addresses, no comments: every verdict stays what it is"}</small></span>
            </label>
            <label>
                <input type="checkbox" checked={cut.minimise && question.is_some()} disabled={question.is_none()}
                    onchange={minimise} data-testid={test_ids::SHARE_MINIMISE} />
                <span>{about}<small>{"The fewest objects with the same verdict for the same reasons"}</small></span>
            </label>
        </fieldset>
    }
}

#[derive(PartialEq, Properties)]
struct LinkProps {
    model: Rc<Model>,
    link: String,
}

#[component]
fn Link(props: &LinkProps) -> Html {
    let desk = use_desk();
    let told = use_state_eq(String::new);
    let LinkProps { model, link } = props;
    let copy = |text: String| {
        let (desk, told) = (desk.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            let told = told.clone();
            let is_long = text.len() > REPORT_LIMIT;
            let done = Callback::from(move |done: Result<(), String>| {
                told.set(match done {
                    Ok(()) if is_long => format!("✓ It is in the clipboard. {TOO_LONG}"),
                    Ok(()) => "✓ It is in the clipboard.".to_owned(),
                    Err(reason) => {
                        format!("✕ {} Copy the link from the field.", words::not_taken(&reason))
                    }
                });
            });
            desk.take(Way::Copy, Export::Yaml, "", text.clone(), done);
        })
    };
    let button = |(form, test_id, label): (ShareAs, &'static str, &'static str)| {
        let onclick = copy(model.share(form, link));
        html! { <button type="button" class="button" data-testid={test_id} {onclick}>{label}</button> }
    };
    let report = model.report().and_then(|report| report.as_ref().ok().cloned());
    let select = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    };
    html! {
        <>
            <label for="share-link">{"Link to this document with its view, question and filters"}</label>
            <input id="share-link" type="text" readonly={true} value={link.clone()} onfocus={select}
                data-testid={test_ids::SHARE_FIELD} />
            <p data-testid={test_ids::SHARE_SIZE} data-length={link.len().to_string()}>{size(link.len())}</p>
            <div class="share-forms">
                { for FORMS.map(button) }
                <button type="button" class="button" data-testid={test_ids::SHARE_ISSUE} disabled={report.is_none()}
                    title="Question, verdict, reasons, link and manifests, as Markdown: ask about a connection first"
                    onclick={copy(report.unwrap_or_default())}>{"Copy as issue report"}</button>
            </div>
            <p role="status">{(*told).clone()}</p>
            <p class="quiet">
                {"The link holds the manifests themselves. Nothing is sent anywhere, but whoever has the link can read them."}
            </p>
        </>
    }
}

/// How long the link is, and who cuts links that long.
fn size(length: usize) -> String {
    let warning = if length > MAIL_LIMIT {
        "⚠ Chat and many mail programs cut links that long: save the document as a file instead."
    } else if length > CHAT_LIMIT {
        "⚠ Chat programs cut links of more than 2,000 characters."
    } else {
        "Short enough for chat and mail."
    };
    format!("{length} characters. {warning}")
}
