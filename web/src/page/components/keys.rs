//! Arrow keys in lists and tables.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::TargetCast;

/// Up and down go to the button of the next row and of the one before, Home and End to the first
/// and the last.
pub(super) fn rows(event: &KeyboardEvent) {
    let here = event.target_dyn_into::<Element>();
    let Some(row) = here.and_then(|it| it.closest("tr").ok().flatten()) else { return };
    let list = || row.parent_element();
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        "Home" => list().and_then(|list| list.first_element_child()),
        "End" => list().and_then(|list| list.last_element_child()),
        _ => return,
    };
    event.prevent_default();
    let button = next.and_then(|row| row.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}
