use netpol_web::model::{Dialog, Document, DocumentId, DocumentMsg, Library, Msg};
use netpol_web::{test_ids, words};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::desk::use_desk;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct DocumentMenuProps {
    pub(super) document: Document,
    pub(super) library: Library,
}

/// What can be done with the document as a whole.
#[component]
pub(super) fn DocumentMenu(props: &DocumentMenuProps) -> Html {
    let (send, desk) = (use_send(), use_desk());
    let menu = use_node_ref();
    let document = &props.document;
    let item = |label: &'static str, test_id: &'static str, action: Callback<()>| {
        let menu = menu.clone();
        let onclick = move |_: MouseEvent| {
            if let Some(menu) = menu.cast::<HtmlElement>() {
                // It is open, or this could not be clicked.
                let _ = menu.hide_popover();
            }
            action.emit(());
        };
        html! { <li><button type="button" class="menu-item" data-testid={test_id} {onclick}>{label}</button></li> }
    };
    let tell = |msg: DocumentMsg| send.reform(move |()| Msg::Document(msg.clone()));
    let new = DocumentMsg::Create { name: "Untitled".to_owned(), text: "".into() };
    let choose = |folder: bool| {
        let desk = desk.clone();
        Callback::from(move |()| desk.choose(folder))
    };
    let (saved, copied) = (document.clone(), document.clone());
    let (saver, copier, told) = (desk.clone(), desk.clone(), send.clone());
    let save = Callback::from(move |()| saver.save(&saved));
    let copy = Callback::from(move |()| {
        copier.copy(
            &copied,
            told.reform(|done: Result<(), String>| match done {
                Ok(()) => Msg::Told("The YAML is in the clipboard."),
                Err(reason) => Msg::Refused(words::not_taken(&reason)),
            }),
        );
    });
    html! {
        <>
            <button type="button" class="button icon" popovertarget="document-menu" data-testid={test_ids::MENU}
                aria-label="Document" title="Document: new, open, rename, save">
                <span aria-hidden="true">{"⋯"}</span>
            </button>
            <div id="document-menu" class="menu" popover="auto" ref={menu.clone()} role="group" aria-label="Document">
                <NameField name={document.name().to_owned()} />
                <ul role="list">
                    { item("New", test_ids::NEW, tell(new)) }
                    { item("Duplicate", test_ids::DUPLICATE, tell(DocumentMsg::Duplicate)) }
                    if document.own.is_some() {
                        { item("Delete", test_ids::DELETE_DOCUMENT, tell(DocumentMsg::Delete)) }
                    }
                </ul>
                <ul role="list">
                    { item("Open files…", test_ids::OPEN_FILES, choose(false)) }
                    { item("Open a folder…", test_ids::OPEN_FOLDER, choose(true)) }
                    { item("Save as a YAML file", test_ids::SAVE, save) }
                    { item("Copy the YAML", test_ids::COPY, copy) }
                    { item("Share…", test_ids::SHARE_ITEM, send.reform(|()| Msg::ShowDialog(Some(Dialog::Share)))) }
                    { item("Export…", test_ids::EXPORT_ITEM, send.reform(|()| Msg::ShowDialog(Some(Dialog::Export)))) }
                </ul>
                <ul role="list">
                    { item("Keys", test_ids::KEYS, send.reform(|()| Msg::ShowDialog(Some(Dialog::Shortcuts)))) }
                </ul>
                for id in props.library.damaged.iter() {
                    <Damaged key={id.to_string()} id={id.clone()} />
                }
                <p class="quiet menu-note">{kept(props)}</p>
            </div>
        </>
    }
}

/// Where the document is.
fn kept(props: &DocumentMenuProps) -> &'static str {
    if !props.library.keeps || !props.document.kept {
        "This browser does not keep the document: save it as a file."
    } else if props.document.own.is_some() {
        "Kept in this browser, and nowhere else."
    } else {
        "A scenario: your changes will be a document of your own."
    }
}

#[derive(PartialEq, Properties)]
struct NameFieldProps {
    name: String,
}

#[component]
fn NameField(props: &NameFieldProps) -> Html {
    let send = use_send();
    let onchange = Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            send.emit(Msg::Document(DocumentMsg::Rename(field.value())));
        }
    });
    html! {
        <div class="field-row">
            <label for="document-name">{"Name"}</label>
            <input type="text" id="document-name" data-testid={test_ids::NAME} value={props.name.clone()} {onchange}
                maxlength="80" autocomplete="off" spellcheck="false" />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct DamagedProps {
    id: DocumentId,
}

/// A document that could not be read.
#[component]
fn Damaged(props: &DamagedProps) -> Html {
    let (send, desk) = (use_send(), use_desk());
    let (saved, discarded) = (props.id.clone(), props.id.clone());
    let save = move |_: MouseEvent| desk.save_damaged(saved.clone());
    let discard =
        send.reform(move |_: MouseEvent| Msg::Document(DocumentMsg::Discard(discarded.clone())));
    html! {
        <p class="damaged" data-testid={test_ids::DAMAGED}>
            {"A damaged document was set aside. "}
            <button type="button" class="link" data-testid={test_ids::SAVE_DAMAGED} onclick={save}>{"Download it"}</button>
            <button type="button" class="link danger" onclick={discard}>{"Delete it"}</button>
        </p>
    }
}
