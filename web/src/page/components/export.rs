//! What can be taken along: chosen, looked at, copied or saved.

use netpol_web::model::{Export, ExportText, Msg};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::dialog::Dialog;
use super::marked::Marked;
use crate::desk::{Way, use_desk};
use crate::store::use_send;

/// So much of a text is shown, in characters.
const SHOWN: usize = 20_000;

#[derive(PartialEq, Properties)]
pub(crate) struct ExportDialogProps {
    pub(crate) export: Export,
    pub(crate) text: ExportText,
    /// The document's name.
    pub(crate) name: String,
    /// Whether a state is marked.
    pub(crate) marked: bool,
}

/// All forms, and the one that is chosen.
#[component]
pub(crate) fn ExportDialog(props: &ExportDialogProps) -> Html {
    let send = use_send();
    let ExportDialogProps { export, text, name, marked } = props;
    let forms = Export::ALL.into_iter().filter(|it| *marked || !it.needs_mark());
    let form = |it: Export| {
        let [title, about] = it.words();
        html! {
            <label key={title} class="export-form">
                <input type="radio" name="export" value={it.extension()} checked={it == *export} data-testid={test_ids::EXPORT_FORM}
                    onchange={send.reform(move |_| Msg::SetExport(it))} />
                <span><b>{title}</b><small>{about}</small></span>
            </label>
        }
    };
    html! {
        <Dialog title="Copy or save" test_id={test_ids::EXPORTS} class="export">
            <div class="export-columns">
                <fieldset class="export-forms">
                    <legend class="visually-hidden">{"Form"}</legend>
                    { for forms.map(form) }
                </fieldset>
                <div class="export-side">
                    <Preview export={*export} text={text.clone()} />
                    <Take key={export.extension()} export={*export} text={text.clone()} name={name.clone()} />
                </div>
            </div>
        </Dialog>
    }
}

#[derive(PartialEq, Properties)]
struct PreviewProps {
    export: Export,
    text: ExportText,
}

/// What it looks like.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { export, text } = props;
    let [title, _] = export.words();
    let content = match (text, text.text()) {
        (_, Some(svg)) if export.is_picture() => {
            let data = String::from(js_sys::encode_uri_component(svg));
            html! { <img src={format!("data:image/svg+xml,{data}")} alt="The graph" /> }
        }
        (_, Some(text)) => {
            let cut = text.char_indices().nth(SHOWN).map(|(at, _)| at);
            let rest =
                cut.map(|at| format!("\n… and {} KB more", (text.len() - at).div_ceil(1024)));
            html! {
                <pre tabindex="0" role="region" aria-label={title}>{text[..cut.unwrap_or(text.len())].to_owned()}{rest}</pre>
            }
        }
        (ExportText::Nothing, _) => html! { <p>{"Nothing is asked about."}</p> },
        (ExportText::Written(answer), _) => html! {
            <p><Marked text={answer.as_ref().err().map(ToString::to_string).unwrap_or_default()} /></p>
        },
        (ExportText::GivenUp, _) => html! {
            <p>{"This takes too long in the browser. The command does it, for example "}
                <code>{"netpol reach FILE --format csv"}</code>{"."}</p>
        },
        _ => html! { <p class="quiet">{"Working it out…"}</p> },
    };
    html! {
        <div class="export-preview" data-testid={test_ids::PREVIEW} data-export={export.extension()}
            data-ready={text.text().is_some().to_string()}>{content}</div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TakeProps {
    export: Export,
    text: ExportText,
    name: String,
}

/// Copies or saves it, and says what became of that.
#[component]
fn Take(props: &TakeProps) -> Html {
    let desk = use_desk();
    let said = use_state_eq(String::new);
    let [title, _] = props.export.words();
    let take = |way: Way| {
        let (desk, said, props) = (desk.clone(), said.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(text) = props.text.text() else { return };
            let said = said.clone();
            let done = Callback::from(move |done: Result<(), String>| {
                said.set(match (way, done) {
                    (Way::Copy, Ok(())) => format!("✓ {title} is in the clipboard."),
                    (Way::Save, Ok(())) => format!("✓ {title} is saved as a file."),
                    (_, Err(reason)) => format!("✕ {}", words::not_taken(&reason)),
                });
            });
            desk.take(way, props.export, &props.name, text.to_owned(), done);
        })
    };
    let disabled = props.text.text().is_none();
    html! {
        <div class="export-take">
            <button type="button" class="button primary" data-testid={test_ids::EXPORT_COPY} {disabled} onclick={take(Way::Copy)}>{"Copy"}</button>
            <button type="button" class="button" data-testid={test_ids::EXPORT_SAVE} {disabled} onclick={take(Way::Save)}>
                {format!("Save as .{}", props.export.extension())}
            </button>
            <span role="status" data-testid={test_ids::EXPORTED}>{(*said).clone()}</span>
        </div>
    }
}
