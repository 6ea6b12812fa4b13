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

/// Arrow keys go to the next cell with a button in their direction, Home and End to the first and
/// the last of the row.
pub(super) fn cells(event: &KeyboardEvent) {
    let here = event.target_dyn_into::<Element>();
    let Some(cell) = here.and_then(|it| it.closest("td").ok().flatten()) else { return };
    let Some(row) = cell.parent_element() else { return };
    let column =
        (0..row.children().length()).find(|at| row.children().item(*at).as_ref() == Some(&cell));
    let down = |row: Element| row.children().item(column?);
    let next = |cell: &Element| match event.key().as_str() {
        "ArrowRight" => cell.next_element_sibling(),
        "ArrowLeft" => cell.previous_element_sibling(),
        "ArrowDown" => cell.parent_element()?.next_element_sibling().and_then(down),
        "ArrowUp" => cell.parent_element()?.previous_element_sibling().and_then(down),
        _ => None,
    };
    let button = |cell: &Element| cell.query_selector("button").ok().flatten();
    let found = match event.key().as_str() {
        "Home" => row.query_selector("td button").ok().flatten(),
        "End" => row
            .query_selector_all("td button")
            .ok()
            .and_then(|all| all.item(all.length().checked_sub(1)?)?.dyn_into::<Element>().ok()),
        "ArrowRight" | "ArrowLeft" | "ArrowDown" | "ArrowUp" => {
            std::iter::successors(next(&cell), |cell| next(cell)).find_map(|cell| button(&cell))
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}
