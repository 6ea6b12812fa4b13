//! The flows line by line, as Hubble notes them down.

use fantoccini::key::Key;
use serde::Deserialize;

use crate::harness::{Page, Screen, Setup, visit};

/// A line.
#[derive(Debug, Deserialize)]
struct Event {
    verdict: String,
    from: String,
    to: String,
    text: String,
}

fn events(page: &Page) -> Vec<Event> {
    page.elements("[data-testid=event]")
}

#[test]
pub(crate) fn the_log_has_a_line_for_each_flow_of_the_graph_and_explains_it() {
    visit(Setup::USUAL, |page| {
        page.choose_scenario("np-demo");
        page.filter("port:8080");
        let drawn = page.edges().len();
        page.go_to("log");
        let all = events(page);
        assert_eq!(all.len(), drawn);
        let denied = all.iter().find(|it| it.from == "np-demo/other" && it.to == "np-demo/web");
        let denied = denied.expect("a line for it");
        assert_eq!(denied.verdict, "denied");
        for part in ["np-demo/other:", "<>", "np-demo/web:8080", "(ID:", "Policy denied DROPPED"] {
            assert!(denied.text.contains(part), "{part} is missing in {denied:?}");
        }
        page.click("[data-testid=event][data-from='np-demo/other'][data-to='np-demo/web'] button");
        page.wait_until_ready();
        assert_eq!(page.question()[..2], ["np-demo/other", "np-demo/web"]);
        assert_eq!(page.answer().verdict, "denied");

        page.filter("allowed");
        page.wait_until_ready();
        let allowed = events(page);
        assert!(!allowed.is_empty() && allowed.len() < all.len());
        assert!(allowed.iter().all(|it| it.verdict == "allowed"), "{allowed:?}");
    });
}

#[test]
fn the_numbers_in_the_lines_are_said_to_be_labels() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.choose_scenario("np-demo");
        page.go_to("log");
        let identity = "return [...document.querySelectorAll('[data-testid=identity]')]
            .find((it) => it.textContent.includes('k8s:app=web'))?.dataset.number ?? ''";
        let number: String = page.script(identity, &[]);
        let line = events(page).into_iter().find(|it| it.to == "np-demo/web").expect("a line");
        assert!(line.text.contains(&format!("(ID:{number})")), "{number} is not in {line:?}");
        let sideways: i64 =
            page.script("return document.documentElement.scrollWidth - innerWidth", &[]);
        assert_eq!(sideways, 0);
    });
}

#[test]
fn lines_are_gone_through_by_arrow_keys() {
    visit(Setup::USUAL, |page| {
        page.go_to("log");
        let all = events(page);
        page.script::<()>("document.querySelector('[data-testid=event] button').focus()", &[]);
        page.press([Key::Down, Key::Down, Key::Up, Key::Enter]);
        page.wait_until_ready();
        assert_eq!(page.question()[..2], [all[1].from.clone(), all[1].to.clone()]);
    });
}

#[test]
fn the_replay_stands_still_with_the_graph() {
    let marks = "return [...document.querySelectorAll('.event-verdict')]
        .flatMap((it) => it.getAnimations({ subtree: true }))
        .filter((it) => it.animationName === 'replay' && it.playState === 'running').length";
    visit(Setup::USUAL, |page| {
        page.go_to("log");
        let count = events(page).len();
        page.expect("a mark for each line", &count, || page.script(marks, &[]));
        page.click("[data-testid=play]");
        page.expect("no mark to move", &0, || page.script(marks, &[]));
    });
    visit(Setup { reduced_motion: true, ..Setup::USUAL }, |page| {
        page.go_to("log");
        assert!(!events(page).is_empty());
        assert_eq!(page.script::<usize>(marks, &[]), 0);
    });
}

#[test]
fn a_long_log_is_shown_piece_by_piece_and_says_so() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&crate::large::cluster(5, 9));
        page.go_to("log");
        assert_eq!(events(page).len(), 200);
        assert!(page.text("[data-testid=log-note]").contains("1980 flows"));
        page.click("[data-testid=more-events]");
        page.expect("more lines", &400, || events(page).len());
    });
}
