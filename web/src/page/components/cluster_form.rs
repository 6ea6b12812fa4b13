use netpol::edit::Target;
use netpol_web::model::{Draft, Field, Msg, Purpose};
use netpol_web::test_ids;
use web_sys::{Element, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::input_text;
use super::marked::Marked;
use crate::js::page::focus;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct ObjectFormProps {
    pub(super) draft: Draft,
    /// Whether it has been handed in.
    pub(super) pending: bool,
    /// The namespaces to choose from.
    pub(super) namespaces: Vec<AttrValue>,
}

/// A form that changes the text in place.
#[component]
pub(super) fn ObjectForm(props: &ObjectFormProps) -> Html {
    let send = use_send();
    let node = use_node_ref();
    use_effect_with(node.clone(), focus_first);
    let onsubmit = send.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::SubmitForm
    });
    let close = send.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close.emit(Msg::CloseForm);
        }
    });
    let (title, submit, fields) = layout(&props.draft.purpose);
    let error = props.draft.error.as_ref();
    let field = |field: &Field| {
        let wrong = error.filter(|error| error.field == Some(*field));
        html! {
            <FormField field={*field} text={props.draft.text(*field).to_owned()}
                wrong={wrong.map(|error| error.message.clone())} namespaces={props.namespaces.clone()} />
        }
    };
    let danger = matches!(props.draft.purpose, Purpose::Delete(_)).then_some("danger");
    html! {
        <form class="object-form" ref={node} data-testid={test_ids::FORM} aria-label={title.clone()} {onsubmit} {onkeydown}>
            <p class="form-title">{title}</p>
            { for fields.iter().map(field) }
            if let Some(error) = error.filter(|error| error.field.is_none()) {
                <p class="form-error" role="alert" data-testid={test_ids::FORM_ERROR}>
                    <Marked text={error.message.clone()} />
                </p>
            }
            <div class="form-actions">
                <button type="submit" class={classes!("button", "primary", danger)} data-testid={test_ids::SUBMIT}
                    disabled={props.pending}>{submit}</button>
                <button type="button" class="button" onclick={send.reform(|_| Msg::CloseForm)}>{"Cancel"}</button>
            </div>
        </form>
    }
}

/// Where to type first.
fn focus_first(form: &NodeRef) {
    let form = form.cast::<Element>();
    focus(form.and_then(|form| form.query_selector("input, button").ok()?));
}

/// The title, the word on the button, and the fields.
fn layout(purpose: &Purpose) -> (String, &'static str, &'static [Field]) {
    match purpose {
        Purpose::AddNamespace => {
            ("New namespace".to_owned(), "Add namespace", &[Field::Name, Field::Labels])
        }
        Purpose::AddPod => {
            let fields = &[Field::Name, Field::Namespace, Field::Labels, Field::Ports];
            ("New pod".to_owned(), "Add pod", fields)
        }
        Purpose::AddExternal => {
            ("New outside address".to_owned(), "Add address", &[Field::Name, Field::Addresses])
        }
        Purpose::Relabel(target) => {
            (format!("Labels of {}", name(target)), "Set labels", &[Field::Labels])
        }
        Purpose::SetAddresses { name } => {
            (format!("Addresses of {name}"), "Set addresses", &[Field::Addresses])
        }
        Purpose::Delete(Target::Namespace { name }) => {
            (format!("Delete {name} and everything in it?"), "Delete", &[])
        }
        Purpose::Delete(target) => (format!("Delete {}?", name(target)), "Delete", &[]),
    }
}

fn name(target: &Target) -> &str {
    match target {
        Target::Namespace { name } | Target::Node { name, .. } | Target::External { name } => name,
    }
}

#[derive(PartialEq, Properties)]
struct FormFieldProps {
    field: Field,
    text: String,
    wrong: Option<String>,
    namespaces: Vec<AttrValue>,
}

#[component]
fn FormField(props: &FormFieldProps) -> Html {
    let send = use_send();
    let field = props.field;
    let oninput = send.reform(move |event: InputEvent| Msg::SetField(field, input_text(&event)));
    let (name, label, hint) = words(field);
    let id = format!("field-{name}");
    let error_id = format!("{id}-error");
    html! {
        <div class="field-row">
            <label for={id.clone()}>{label}</label>
            <input type="text" id={id} data-testid={format!("field-{name}")} value={props.text.clone()} {oninput}
                placeholder={hint} autocomplete="off" autocapitalize="off" spellcheck="false"
                list={(field == Field::Namespace).then_some("form-namespaces")}
                aria-invalid={props.wrong.is_some().to_string()}
                aria-describedby={props.wrong.is_some().then(|| error_id.clone())} />
            if field == Field::Namespace {
                <datalist id="form-namespaces">
                    for name in props.namespaces.iter() { <option key={name.to_string()} value={name.clone()} /> }
                </datalist>
            }
            if let Some(wrong) = &props.wrong {
                <p class="form-error" id={error_id} role="alert" data-testid={test_ids::FORM_ERROR}>
                    <Marked text={wrong.clone()} />
                </p>
            }
        </div>
    }
}

/// A field's name in ids, its label, and an example.
fn words(field: Field) -> (&'static str, &'static str, &'static str) {
    match field {
        Field::Name => ("name", "Name", "checkout"),
        Field::Namespace => ("namespace", "Namespace", "default"),
        Field::Labels => ("labels", "Labels", "app=checkout, tier=front"),
        Field::Ports => ("ports", "Ports", "8080, 53/UDP"),
        Field::Addresses => ("addresses", "Addresses", "203.0.113.7"),
    }
}
