//! The page on a laptop, and on a screen 360 pixels wide.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Setup, visit};
use crate::playground::Answer;

const PHONE: Setup = Setup { screen: Screen::Phone, ..Setup::USUAL };

/// Nothing sticks out to the right of the page.
#[track_caller]
fn expect_no_sideways_scroll(page: &Page) {
    let (content, window): (f64, f64) =
        page.script("return [document.documentElement.scrollWidth, innerWidth]", &[]);
    assert!(content <= window, "the page is {content} wide in a window of {window}");
}

#[test]
fn on_a_laptop_only_panes_scroll() {
    visit(Setup::USUAL, |page| {
        for tab in ["graph", "matrix", "cluster", "tests"] {
            page.go_to(tab);
            let (content, window): (f64, f64) =
                page.script("return [document.documentElement.scrollHeight, innerHeight]", &[]);
            assert!(content <= window, "{tab}: the page is {content} high, the window {window}");
            expect_no_sideways_scroll(page);
        }
    });
}

#[test]
fn on_a_phone_nothing_scrolls_sideways_in_any_pane() {
    visit(PHONE, |page| {
        expect_no_sideways_scroll(page);
        page.go_to("matrix");
        expect_no_sideways_scroll(page);
        page.click("[data-testid=pane-document]");
        for tab in ["manifests", "cluster", "tests"] {
            page.go_to(tab);
            expect_no_sideways_scroll(page);
        }
        page.go_to("cluster");
        page.click("[data-testid=add-pod]");
        expect_no_sideways_scroll(page);
    });
}

#[test]
pub(crate) fn on_a_phone_every_pane_can_be_reached_and_used() {
    visit(PHONE, |page| {
        page.click_edge("bookstore/catalog", "bookstore/postgres");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        page.click("[data-testid=rule][data-policy=allow-catalog-to-postgres] button");
        page.expect("the rule in the editor", &"  - from:".to_owned(), || page.cursor_line());
        page.change(|| page.type_text("x"));
        assert!(!page.findings().is_empty());
        page.click("[data-testid=pane-picture]");
        assert_eq!(page.answer().verdict, "denied");
    });
}

/// Where the picture begins, and what the bar before it says.
fn split(page: &Page) -> (f64, String) {
    page.script(
        "return [document.querySelector('.picture').getBoundingClientRect().x,
            document.querySelector('[data-testid=split]').getAttribute('aria-valuenow')]",
        &[],
    )
}

#[test]
fn the_bar_between_editor_and_picture_is_dragged_moved_by_keys_and_put_back() {
    visit(Setup::USUAL, |page| {
        let (usual, now) = split(page);
        assert_eq!(now, "33");
        let (x, y) = page.middle("[data-testid=split]");
        page.drag((x, y), (720.0, y));
        page.expect("half of the window", &"50".to_owned(), || split(page).1);
        assert!((split(page).0 - 720.0).abs() < 8.0, "{:?}", split(page));
        page.wait_until_ready();
        page.reload();
        page.wait_until_ready();
        page.expect("it is kept", &"50".to_owned(), || split(page).1);
        page.script::<()>("document.querySelector('[data-testid=split]').focus()", &[]);
        page.press([Key::Left]);
        page.expect("a step", &"48".to_owned(), || split(page).1);
        page.press([Key::End]);
        page.expect("the last step", &"70".to_owned(), || split(page).1);
        page.press([Key::Enter]);
        page.expect("as it was", &"33".to_owned(), || split(page).1);
        assert!((split(page).0 - usual).abs() < 1.0);
        expect_no_sideways_scroll(page);
    });
}
