//! Flows move, unless somebody wants them still.

use crate::harness::{Page, Setup, visit};

#[track_caller]
fn expect_motion(page: &Page) {
    page.until("something to move", || {
        if page.running_animations() > 0 { Ok(()) } else { Err("nothing does".to_owned()) }
    });
}

#[test]
fn allowed_flows_move() {
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
fn nothing_moves_for_those_who_prefer_less_motion() {
    visit(Setup { reduced_motion: true, ..Setup::USUAL }, |page| {
        assert_eq!(page.running_animations(), 0);
        page.click_edge("bookstore/catalog", "bookstore/postgres");
        assert_eq!(page.running_animations(), 0);
    });
}
