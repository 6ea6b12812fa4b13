//! Flows move, unless somebody wants them still.

use crate::harness::{Setup, visit};

#[test]
fn allowed_flows_move() {
    visit(Setup::USUAL, |page| {
        assert!(page.running_animations() > 0);
    });
}

#[test]
fn pausing_stops_all_motion_and_playing_starts_it_again() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=play]");
        page.expect("nothing to move", &0, || page.running_animations());
        page.click("[data-testid=play]");
        page.until("something to move", || {
            if page.running_animations() > 0 { Ok(()) } else { Err("nothing does".to_owned()) }
        });
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
