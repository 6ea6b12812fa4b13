//! The way that most visitors take, in Firefox: the same tests.

use crate::harness::in_firefox;
use crate::{
    accessible, choosing, connecting, documents, faults, fixes, keyboard, layout, lessons, log,
    motion, sharing, theme, typing, verdicts,
};

/// Runs tests of other modules in Firefox, each under its own name.
macro_rules! in_firefox {
    ($($module:ident: $($test:ident),+;)+) => {$($(
        #[test]
        fn $test() {
            in_firefox($module::$test);
        }
    )+)+};
}

in_firefox! {
    verdicts: the_bookstore_is_open_first_and_meets_its_expectations;
    choosing: a_clicked_edge_is_explained, a_clicked_cell_is_explained_and_chosen_in_the_graph;
    typing: a_relabelled_pod_loses_its_flows, a_change_is_undone_by_the_keyboard,
        a_half_typed_document_is_marked_and_the_rest_stays_judged;
    log: the_log_has_a_line_for_each_flow_of_the_graph_and_explains_it;
    fixes: a_denied_connection_shows_the_edit_that_allows_it;
    connecting: it_is_drawn_by_keyboard;
    sharing: a_link_opens_as_a_document_of_its_own_and_leaves_others_alone;
    lessons: a_lesson_is_begun_done_and_left;
    documents: what_is_typed_is_there_after_a_reload;
    layout: on_a_phone_every_pane_can_be_reached_and_used;
    theme: the_system_decides_until_the_visitor_does;
    motion: allowed_flows_move, nothing_moves_for_those_who_prefer_less_motion;
    keyboard: a_flow_is_reached_by_tab_and_explained_by_enter;
    accessible: on_a_laptop_in_light;
    faults: errors_and_foreign_requests_are_heard_of;
}
