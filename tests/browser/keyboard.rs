//! The page without a mouse.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Setup, visit};

/// So many stops are enough to get anywhere.
const STOPS: usize = 80;

/// Presses the Tab key until the focus is on such an element.
#[track_caller]
fn tab_to(page: &Page, css: &str) {
    for _ in 0..STOPS {
        if is_focused(page, ".cm-content") {
            // In the editor, the Tab key indents.
            page.press([Key::Escape]);
        }
        page.press([Key::Tab]);
        if is_focused(page, css) {
            return;
        }
    }
    panic!("{STOPS} presses of the Tab key do not lead to `{css}`");
}

fn is_focused(page: &Page, css: &str) -> bool {
    page.script("return document.activeElement.matches(arguments[0])", &[json!(css)])
}

/// What the focused edge is about.
fn focused_edge(page: &Page) -> [String; 2] {
    page.script("const { from, to } = document.activeElement.dataset; return [from, to]", &[])
}

#[test]
pub(crate) fn a_flow_is_reached_by_tab_and_explained_by_enter() {
    visit(Setup::USUAL, |page| {
        tab_to(page, "[data-testid=edge]");
        let first = focused_edge(page);
        page.press([Key::Right]);
        let second = focused_edge(page);
        assert_ne!(first, second);
        page.press([Key::Enter]);
        page.wait_until_ready();
        let [from, to, ..] = page.question();
        assert_eq!([from, to], second);
        assert_eq!(focused_edge(page), second, "the focus stays where it was");
    });
}

#[test]
fn a_rule_marks_its_lines_when_it_has_the_focus() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        page.put_cursor_after("name: allow-catalog-to-postgres");
        tab_to(page, "[data-testid=rule][data-policy=allow-catalog-to-postgres] button");
        page.until("the rule's lines to be marked", || {
            let marked = page.marked_lines();
            if marked.contains(&"          app: catalog".to_owned()) {
                Ok(())
            } else {
                Err(format!("{marked:?}"))
            }
        });
    });
}

#[test]
fn tabs_are_changed_by_arrow_keys() {
    visit(Setup::USUAL, |page| {
        tab_to(page, "[data-testid=tab-graph]");
        page.press([Key::Right]);
        page.wait_until_ready();
        assert_eq!(page.cell("bookstore/catalog", "bookstore/postgres"), "allowed");
    });
}

#[test]
fn arrow_keys_go_from_cell_to_cell_of_the_matrix() {
    visit(Setup::USUAL, |page| {
        page.go_to("matrix");
        let cell =
            "const { from, to } = document.activeElement.closest('td').dataset; return [from, to]";
        page.script::<()>(
            "document.querySelector('[data-from=\"bookstore/catalog\"][data-to=\"bookstore/orders\"] button').focus()",
            &[],
        );
        page.press([Key::Right]);
        assert_eq!(
            page.script::<[String; 2]>(cell, &[]),
            ["bookstore/catalog", "bookstore/postgres"]
        );
        page.press([Key::Down]);
        let [_, to]: [String; 2] = page.script(cell, &[]);
        assert_eq!(to, "bookstore/postgres", "the column stays");
        page.press([Key::Enter]);
        page.wait_until_ready();
        assert_eq!(page.question()[1], to);
    });
}
