use netpol_lessons::{LESSONS, SCENARIOS, scenario};
use netpol_web::model::{
    Dialog, Document, DocumentMsg, LessonMsg, Library, Msg, Pane, Status, Theme, View,
};
use netpol_web::test_ids;
use yew::prelude::*;

use super::chosen_value;
use super::document_menu::DocumentMenu;
use crate::hooks::use_choice;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct TopBarProps {
    pub(crate) document: Document,
    pub(crate) library: Library,
    pub(crate) view: View,
    pub(crate) status: Status,
}

/// The bar with the name, the scenario and the theme.
#[component]
pub(crate) fn TopBar(props: &TopBarProps) -> Html {
    html! {
        <header class="top-bar">
            <h1 class="logo"><Logo /><span class="logo-name">{"Netpol Playground"}</span></h1>
            <DocumentChoice document={props.document.clone()} library={props.library.clone()} />
            <DocumentMenu document={props.document.clone()} library={props.library.clone()} />
            <ExportButton />
            <StatusMark status={props.status} />
            <span class="grow" />
            <ShareButton />
            <PaneSwitch pane={props.view.pane} />
            <ThemeButton theme={props.view.theme} />
        </header>
    }
}

/// Opens the dialog with the link. A narrow screen has it in the menu only.
#[component]
fn ShareButton() -> Html {
    let send = use_send();
    let onclick = send.reform(|_: MouseEvent| Msg::ShowDialog(Some(Dialog::Share)));
    html! {
        <button type="button" class="button wide-only" data-testid={test_ids::SHARE_OPEN} {onclick}
            title="A link that holds the document">{"Share"}</button>
    }
}

/// The sign of the playground: one flow that passes, one that does not.
#[component]
pub(super) fn Logo() -> Html {
    html! {
        <svg class="logo-sign" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1" y="1" width="20" height="20" rx="6" />
            <path d="M5 8h7M5 14h5M13 12l4 4m0-4l-4 4" />
            <circle cx="16" cy="8" r="2" />
        </svg>
    }
}

#[derive(PartialEq, Properties)]
struct DocumentChoiceProps {
    document: Document,
    library: Library,
}

/// The document that is open, and all others.
#[component]
fn DocumentChoice(props: &DocumentChoiceProps) -> Html {
    let send = use_send();
    let DocumentChoiceProps { document, library } = props;
    let open = document.own.as_ref();
    let is_listed = open.is_some_and(|own| library.entries.iter().any(|entry| entry.id == own.id));
    let current = open.map_or(document.scenario.id, |own| &*own.id);
    let select = use_choice(current);
    let entries = library.entries.clone();
    let onchange = Callback::from(move |event: Event| {
        let value = chosen_value(&event);
        if let Some(scenario) = scenario(&value) {
            send.emit(Msg::Document(DocumentMsg::Choose(scenario)));
        } else if let Some(lesson) = LESSONS.iter().find(|lesson| lesson.id == value) {
            send.emit(Msg::Lesson(LessonMsg::Begin(lesson)));
        } else if let Some(entry) = entries.iter().find(|entry| *entry.id == *value) {
            send.emit(Msg::Document(DocumentMsg::Open(entry.id.clone())));
        }
    });
    html! {
        <label class="pick" title={document.scenario.summary}>
            <span class="pick-label">{"Document"}</span>
            <select ref={select} data-testid={test_ids::SCENARIO} {onchange} aria-label="Document">
                if open.is_some() || !library.entries.is_empty() {
                    <optgroup label="Your documents">
                        if let Some(own) = open.filter(|_| !is_listed) {
                            <option key={own.id.to_string()} value={own.id.to_string()}>{own.name.to_string()}</option>
                        }
                        for entry in library.entries.iter() {
                            <option key={entry.id.to_string()} value={entry.id.to_string()}>{entry.name.to_string()}</option>
                        }
                    </optgroup>
                }
                <optgroup label="Scenarios">
                    for scenario in SCENARIOS {
                        <option key={scenario.id} value={scenario.id}>{scenario.title}</option>
                    }
                </optgroup>
                <optgroup label="Lessons">
                    for lesson in LESSONS {
                        <option key={lesson.id} value={lesson.id} title={lesson.summary}>{lesson.title}</option>
                    }
                </optgroup>
            </select>
        </label>
    }
}

/// Opens what can be taken along. A narrow screen has it in the menu only.
#[component]
fn ExportButton() -> Html {
    let send = use_send();
    html! {
        <button type="button" class="button wide-only" data-testid={test_ids::EXPORT} title="Copy or save: report, pictures, tables"
            onclick={send.reform(|_| Msg::ShowDialog(Some(Dialog::Export)))}>{"Export"}</button>
    }
}

#[derive(PartialEq, Properties)]
struct StatusMarkProps {
    status: Status,
}

/// Whether what is shown is about the text as it is.
#[component]
fn StatusMark(props: &StatusMarkProps) -> Html {
    let (word, about) = match props.status {
        Status::Ready => ("Live", "Everything shown is about the text as it is"),
        Status::Working => ("Working", "The engine is judging the text"),
        Status::Stale => ("Stale", "What is shown is about an earlier text"),
    };
    html! { <span class={classes!("status", props.status.name())} title={about}>{word}</span> }
}

#[derive(PartialEq, Properties)]
pub(super) struct PaneSwitchProps {
    pub(super) pane: Pane,
}

/// On a narrow screen: one side or the other.
#[component]
pub(super) fn PaneSwitch(props: &PaneSwitchProps) -> Html {
    let send = use_send();
    let button = |pane: Pane| {
        let onclick = send.reform(move |_: MouseEvent| Msg::SelectPane(pane));
        html! {
            <button type="button" key={pane.name()} {onclick} data-testid={format!("pane-{}", pane.name())}
                aria-pressed={(pane == props.pane).to_string()}>
                {pane.title()}
            </button>
        }
    };
    html! {
        <div class="pane-switch" role="group" aria-label="Pane">
            { for Pane::ALL.map(button) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ThemeButtonProps {
    theme: Theme,
}

#[component]
fn ThemeButton(props: &ThemeButtonProps) -> Html {
    let send = use_send();
    let next = props.theme.next();
    let (sign, word) = match props.theme {
        Theme::Auto => ("◐", "as the system"),
        Theme::Light => ("○", "light"),
        Theme::Dark => ("●", "dark"),
    };
    let label = format!("Theme: {word}. Change to {}", next.name());
    html! {
        <button type="button" class="button icon" data-testid={test_ids::THEME} title={label.clone()}
            aria-label={label} onclick={send.reform(move |_| Msg::SetTheme(next))}>
            <span aria-hidden="true">{sign}</span>
        </button>
    }
}
