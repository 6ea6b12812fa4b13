//! Flows move, unless somebody wants them still.

use crate::harness::{Page, Screen, Setup, visit};

#[track_caller]
fn expect_motion(page: &Page) {
    page.until("something to move", || {
        if page.running_animations() > 0 { Ok(()) } else { Err("nothing does".to_owned()) }
    });
}

#[test]
pub(crate) fn allowed_flows_move() {
    visit(Setup::USUAL, |page| {
        expect_motion(page);
    });
}

#[test]
fn pausing_stops_all_motion_and_playing_starts_it_again() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=play]");
        page.expect("nothing to move", &0, || page.running_animations());
        page.click("[data-testid=play]");
        expect_motion(page);
    });
}

#[test]
pub(crate) fn nothing_moves_for_those_who_prefer_less_motion() {
    visit(Setup { reduced_motion: true, ..Setup::USUAL }, |page| {
        assert_eq!(page.running_animations(), 0);
        page.click_edge("bookstore/catalog", "bookstore/postgres");
        assert_eq!(page.running_animations(), 0);
    });
}

/// The names of what moves on the edges with a verdict.
fn motions(page: &Page, verdict: &str) -> Vec<String> {
    page.script(
        "const dots = document.querySelectorAll(`.dot.${arguments[0]}`);
        return [...new Set([...dots].flatMap((it) => it.getAnimations().map((a) => a.animationName)))]",
        &[serde_json::json!(verdict)],
    )
}

#[test]
fn what_is_denied_does_not_move_like_what_is_allowed() {
    visit(Setup::USUAL, |page| {
        for (verdict, motion) in [("allowed", "arrive"), ("denied", "die")] {
            page.expect("a motion of its own", &vec![motion.to_owned()], || motions(page, verdict));
        }
    });
}

#[test]
fn nothing_moves_where_nobody_sees_it() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        expect_motion(page);
        page.script::<()>(
            "document.querySelector('[data-testid=explanation]').scrollIntoView()",
            &[],
        );
        page.expect("nothing to move", &0, || page.running_animations());
        page.script::<()>("document.querySelector('[data-testid=graph]').scrollIntoView()", &[]);
        expect_motion(page);
        page.click("[data-testid=pane-document]");
        page.expect("nothing to move", &0, || page.running_animations());
    });
}

#[test]
fn an_edit_shows_what_it_changed_until_it_is_dismissed() {
    visit(Setup::USUAL, |page| {
        // The text has stood still for a while: what comes now is an edit of its own.
        page.until("the page to rest", || {
            let rests: bool = page.script("return performance.now() > 4000", &[]);
            if rests { Ok(()) } else { Err("it has just opened".to_owned()) }
        });
        page.replace("app: catalog", "app: intruder");
        let summary = page.text_with("[data-testid=changes]", "newly");
        assert!(summary.contains("newly allowed") || summary.contains("newly denied"), "{summary}");
        let changed: Vec<_> = page.edges().into_iter().filter(|it| it.was.is_some()).collect();
        assert!(!changed.is_empty());
        for edge in &changed {
            assert_ne!(edge.was.as_deref(), Some(edge.verdict.as_str()));
        }
        page.filter("changed");
        assert_eq!(page.edges().len(), changed.len());
        page.click("[data-testid=dismiss-changes]");
        page.wait_until_ready();
        assert!(page.edges().len() > changed.len());
        assert!(page.edges().iter().all(|edge| edge.was.is_none()));
    });
}
