//! Connections that are drawn in the graph to be allowed.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Screen, Setup, visit};
use crate::manifests;

const INTRUDER: &str = "bookstore/intruder";
const REDIS: &str = "bookstore/redis";

/// The suggestion for the drawn connection is made, taken back, and nothing else was done.
#[track_caller]
fn expect_it_is_allowed_in_one_step(page: &Page) {
    page.wait_until_ready();
    let [from, to, port, _] = page.question();
    assert_eq!([from.as_str(), &to, &port], [INTRUDER, REDIS, "6379"]);
    page.text_with("[data-testid=fixes] h3", "allow it and name lookups");
    let best = page.text_with("[data-testid=suggestion]", "allow-intruder-egress-to-redis");
    assert!(best.contains("allow-intruder-to-redis"), "{best}");
    assert!(best.contains("Changes no other connection"), "{best}");
    page.change(|| page.click("[data-testid=apply]"));
    page.wait_until_ready();
    assert_eq!(page.answer().verdict, "allowed");
    page.change(|| page.click("[data-testid=undo-change]"));
    assert_eq!(page.whole_text(), manifests("bookstore"));
}

#[test]
fn it_is_dragged_from_the_arrow_below_a_card() {
    visit(Setup::USUAL, |page| {
        let handle = format!("[data-testid=card][data-id='{INTRUDER}'] .handle");
        page.point(page.card_middle(INTRUDER));
        page.drag(page.middle(&handle), page.card_middle(REDIS));
        assert_eq!(page.count("[data-testid=put-back]"), 0, "no card was moved");
        expect_it_is_allowed_in_one_step(page);
    });
}

#[test]
pub(crate) fn it_is_drawn_by_keyboard() {
    visit(Setup::USUAL, |page| {
        let focus = |id: &str| {
            page.script::<()>(
                "document.querySelector(`[data-testid=card][data-id='${arguments[0]}']`).focus()",
                &[json!(id)],
            );
        };
        focus(INTRUDER);
        page.type_text("c");
        page.text_with("[data-testid=connect-note]", "from intruder");
        page.press([Key::Escape]);
        page.expect("nothing is drawn", &0, || page.count("[data-testid=connect-note]"));
        page.type_text("c");
        focus(REDIS);
        page.press([Key::Enter]);
        page.expect("who draws is brought to the edits", &"fixes".to_owned(), || {
            page.script("return document.activeElement.dataset.testid ?? ''", &[])
        });
        expect_it_is_allowed_in_one_step(page);
    });
}

#[test]
fn it_is_tapped_on_a_phone() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.click("[data-testid=pane-document]");
        page.go_to("cluster");
        page.click(&format!("[data-testid=object][data-id='{INTRUDER}'] [data-testid=details]"));
        page.click("[data-testid=connect-from]");
        page.text_with("[data-testid=connect-note]", "from intruder");
        page.click_card(REDIS);
        page.wait_until_ready();
        page.text_with("[data-testid=suggestion]", "allow-intruder-egress-to-redis");
        page.change(|| page.click("[data-testid=apply]"));
        page.wait_until_ready();
        assert_eq!(page.answer().verdict, "allowed");
    });
}

#[test]
fn a_button_begins_it_whatever_one_points_with() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=connect]");
        page.text_with("[data-testid=connect-note]", "choose who connects");
        page.click_card(INTRUDER);
        page.text_with("[data-testid=connect-note]", "from intruder");
        page.click_card(REDIS);
        expect_it_is_allowed_in_one_step(page);
    });
}

#[test]
fn a_connection_that_is_named_may_ask_for_lookups_too() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/intruder", "bookstore/redis", "6379", "TCP");
        page.text_with("[data-testid=fixes] h3", "allow it");
        page.click("[data-testid=wish]");
        expect_it_is_allowed_in_one_step(page);
    });
}
