//! Choosing a scenario, a flow, a rule.

use crate::harness::{Setup, visit};
use crate::playground::Answer;
use crate::{manifests, title};

#[test]
fn another_scenario_takes_the_place_of_the_text() {
    visit(Setup::USUAL, |page| {
        page.choose_scenario("np-demo");
        assert_eq!(page.scenario(), title("np-demo"));
        assert_eq!(page.whole_text(), manifests("np-demo"));
        assert!(page.card_ids().contains(&"np-demo/web".to_owned()));
        page.choose_scenario("bookstore");
        assert!(page.card_ids().contains(&"bookstore/catalog".to_owned()));
    });
}

#[test]
fn an_edited_text_is_kept_when_a_scenario_is_opened() {
    visit(Setup::USUAL, |page| {
        page.replace("labels: {app: catalog}", "labels: {app: intruder}");
        page.choose_scenario("np-demo");
        let notice = page.notice("left");
        assert!(notice.contains("is kept"), "{notice}");
        page.change(|| page.click("[data-testid=back]"));
        let expected =
            manifests("bookstore").replacen("labels: {app: catalog}", "labels: {app: intruder}", 1);
        assert_eq!(page.whole_text(), expected);
    });
}

#[test]
fn a_question_by_the_fields_is_answered_side_by_side() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/intruder", "bookstore/postgres", "5432", "TCP");
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        let rules = page.rules();
        let rule = rules.iter().find(|rule| rule.policy == "allow-catalog-to-postgres").unwrap();
        assert_eq!(rule.matches, "no");
        // Why not: the label that the pod has, and the one that the rule wants.
        assert!(rule.text.contains("intruder") && rule.text.contains("catalog"), "{rule:?}");

        page.ask("bookstore/catalog", "service:bookstore/postgres", "5432", "TCP");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
    });
}

#[test]
fn a_chosen_flow_takes_the_place_of_a_protocol_chosen_by_hand() {
    visit(Setup::USUAL, |page| {
        for protocol in ["UDP", "TCP", "UDP"] {
            page.ask("bookstore/catalog", "kube-system/coredns", "53", protocol);
        }
        page.click_edge("bookstore/catalog", "bookstore/postgres");
        assert_eq!(page.question(), ["bookstore/catalog", "bookstore/postgres", "5432", "TCP"]);
    });
}

#[test]
fn a_question_about_nobody_says_so() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/nobody", "bookstore/postgres", "5432", "TCP");
        let error = page.text("[data-testid=query-error]");
        assert!(error.contains("bookstore/nobody"), "{error}");
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        assert_eq!(page.answer().verdict, "allowed");
    });
}

#[test]
pub(crate) fn a_clicked_edge_is_explained() {
    visit(Setup::USUAL, |page| {
        page.click_edge("bookstore/catalog", "bookstore/postgres");
        assert_eq!(page.question(), ["bookstore/catalog", "bookstore/postgres", "5432", "TCP"]);
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));

        page.click_edge("bookstore/intruder", "bookstore/postgres");
        assert_eq!(page.question(), ["bookstore/intruder", "bookstore/postgres", "5432", "TCP"]);
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        let chosen: Vec<_> =
            page.edges().into_iter().filter(|edge| edge.chosen == "true").collect();
        let [edge] = chosen.as_slice() else { panic!("chosen: {chosen:?}") };
        assert_eq!(
            (edge.from.as_str(), edge.to.as_str()),
            ("bookstore/intruder", "bookstore/postgres")
        );
    });
}

#[test]
pub(crate) fn a_clicked_cell_is_explained_and_chosen_in_the_graph() {
    visit(Setup::USUAL, |page| {
        page.go_to("matrix");
        page.click_cell("bookstore/storefront", "bookstore/redis");
        assert_eq!(page.question(), ["bookstore/storefront", "bookstore/redis", "6379", "TCP"]);
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        page.go_to("graph");
        let chosen: Vec<_> =
            page.edges().into_iter().filter(|edge| edge.chosen == "true").collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0].to, "bookstore/redis");
    });
}

const RULE: &str = "[data-testid=rule][data-policy=allow-catalog-to-postgres] button";

#[test]
fn pointing_at_a_rule_marks_its_lines() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        // Marks are seen where the text is in view.
        page.put_cursor_after("name: allow-catalog-to-postgres");
        assert_eq!(page.marked_lines(), Vec::<String>::new());
        page.point_at(RULE);
        let expected = [
            "    matchLabels:",
            "      app: postgres",
            "  - from:",
            "    - podSelector:",
            "        matchLabels:",
            "          app: catalog",
            "    ports:",
            "    - {protocol: TCP, port: 5432}",
        ];
        page.expect("the rule's lines to be marked", &expected.map(str::to_owned).to_vec(), || {
            page.marked_lines()
        });
        page.point_at("[data-testid=scenario]");
        page.expect("no line to be marked", &Vec::new(), || page.marked_lines());
    });
}

#[test]
fn clicking_a_rule_goes_to_its_first_line() {
    let line = {
        let text = manifests("bookstore");
        let policy = text.find("name: allow-catalog-to-postgres").unwrap();
        let rule = policy + text[policy..].find("- from:").unwrap();
        text[..rule].lines().count()
    };
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        page.click(RULE);
        page.expect("the cursor at the rule", &line.to_string(), || page.cursor_line_number());
        assert_eq!(page.cursor_line(), "  - from:");
    });
}
