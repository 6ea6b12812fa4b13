use std::cell::RefCell;
use std::rc::Rc;

use netpol::edit::EditCommand;
use netpol_web::model::{Dialog, Model, Msg};
use netpol_web::shortcuts::{Action, Focus, Press};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::desk::Desk;
use crate::js::page;
use crate::store::Send;

/// Does what the keys of the page say, wherever the focus is.
#[hook]
pub(crate) fn use_shortcuts(model: &Rc<Model>, desk: &Desk, send: &Send) {
    let now = use_mut_ref(|| Rc::clone(model));
    *now.borrow_mut() = Rc::clone(model);
    let (desk, send) = (desk.clone(), send.clone());
    use_effect_with((), move |()| {
        let keys = page::on_key(move |event| pressed(&event, &now, &desk, &send));
        move || drop(keys)
    });
}

fn pressed(event: &KeyboardEvent, now: &RefCell<Rc<Model>>, desk: &Desk, send: &Send) {
    if event.default_prevented() {
        return;
    }
    let key = event.key();
    let press = Press {
        key: &key,
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        focus: event
            .target_dyn_into::<Element>()
            .map_or(Focus::Elsewhere, |target| focus_of(&target)),
    };
    let Some(action) = press.action() else { return };
    event.prevent_default();
    let document = now.borrow().document.clone();
    match action {
        Action::Undo => send.emit(Msg::Undo),
        Action::Redo => send.emit(Msg::Redo),
        Action::Open => desk.choose(false),
        Action::Save => desk.save(&document),
        Action::NextFinding => send.emit(Msg::StepFinding(true)),
        Action::PreviousFinding => send.emit(Msg::StepFinding(false)),
        Action::GoToSelected => send.emit(Msg::GoToSelected),
        Action::Format => send.emit(Msg::Order(EditCommand::Format)),
        Action::Help => send.emit(Msg::ShowDialog(Some(Dialog::Shortcuts))),
    }
}

/// Where text is typed, keys with a letter, and undoing, mean that text.
fn focus_of(element: &Element) -> Focus {
    let takes_text = element.matches("input, textarea, select, [contenteditable=true]");
    if takes_text.unwrap_or_default() { Focus::Text } else { Focus::Elsewhere }
}
