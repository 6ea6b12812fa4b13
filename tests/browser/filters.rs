//! The search box that filters flows.

use fantoccini::key::Key;

use crate::harness::{Setup, visit};

#[test]
fn filters_leave_only_what_is_asked_for() {
    visit(Setup::USUAL, |page| {
        let all = page.edges().len();
        page.filter("allowed");
        let allowed = page.edges();
        assert!(!allowed.is_empty() && allowed.len() < all);
        assert!(allowed.iter().all(|edge| edge.verdict == "allowed"), "{allowed:?}");
        page.filter("pod:bookstore/postgres");
        let postgres = page.edges();
        assert!(!postgres.is_empty() && postgres.len() < allowed.len());
        assert!(
            postgres
                .iter()
                .all(|edge| edge.to == "bookstore/postgres" || edge.from == "bookstore/postgres")
        );
        assert_eq!(page.chips(), ["allowed", "pod:bookstore/postgres"]);
        page.click("[data-testid=filter-clear]");
        page.wait_until_ready();
        assert_eq!(page.edges().len(), all);
        assert_eq!(page.chips(), Vec::<String>::new());
    });
}

#[test]
fn several_words_at_once_are_several_filters() {
    visit(Setup::USUAL, |page| {
        page.filter("ns:bookstore app=postgres port:5432 denied");
        assert_eq!(page.chips(), ["ns:bookstore", "app=postgres", "port:5432", "denied"]);
        let edges = page.edges();
        assert!(!edges.is_empty());
        for edge in edges {
            assert_eq!((edge.to.as_str(), edge.verdict.as_str()), ("bookstore/postgres", "denied"));
        }
        page.filter("udp");
        assert_eq!(page.edges(), []);
        assert!(page.text("[data-testid=remarks]").contains("No flow"));
    });
}

#[test]
fn what_exists_is_on_offer_and_chosen_by_arrow_keys() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=search]");
        page.type_text("redi");
        page.expect(
            "offers",
            &vec!["pod:bookstore/redis".to_owned(), "app=redis".to_owned()],
            || page.offers(),
        );
        page.press([Key::Down, Key::Down, Key::Enter]);
        page.wait_until_ready();
        assert_eq!(page.chips(), ["app=redis"]);
        assert!(
            page.edges()
                .iter()
                .all(|edge| edge.to.ends_with("redis") || edge.from.ends_with("redis"))
        );
    });
}

#[test]
fn chips_go_by_the_keyboard() {
    visit(Setup::USUAL, |page| {
        page.filter("allowed");
        page.filter("tcp");
        page.click("[data-testid=search]");
        page.press([Key::Backspace]);
        page.wait_until_ready();
        assert_eq!(page.chips(), ["allowed"]);
        page.script::<()>("document.querySelector('[data-testid=chip]').focus()", &[]);
        page.press([Key::Delete]);
        page.wait_until_ready();
        assert_eq!(page.chips(), Vec::<String>::new());
    });
}

#[test]
fn a_chosen_pod_shows_only_its_flows_until_escape() {
    visit(Setup::USUAL, |page| {
        let all = page.edges().len();
        page.click("[data-testid=card][data-id='bookstore/redis']");
        page.wait_until_ready();
        let edges = page.edges();
        assert!(!edges.is_empty() && edges.len() < all);
        assert!(
            edges.iter().all(|edge| edge.to.ends_with("redis") || edge.from.ends_with("redis"))
        );
        assert_eq!(page.chips(), ["pod:bookstore/redis"]);
        page.press([Key::Escape]);
        page.wait_until_ready();
        assert_eq!(page.edges().len(), all);
    });
}
