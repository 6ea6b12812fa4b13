//! Help for who writes: proposals, meanings, problems, formatting, expectations.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Setup, visit};
use crate::playground::TestResult;

/// A policy that is being written, as far as its `spec`.
const BEGUN: &str = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: begun
  namespace: bookstore
spec:
  ";

#[track_caller]
fn write_below(page: &Page, text: &str) {
    page.focus_editor();
    page.chord(&[Key::Control], char::from(Key::End));
    page.change(|| page.paste(&format!("\n---\n{text}")));
}

fn proposals(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.cm-tooltip-autocomplete .cm-completionLabel')]
            .map((it) => it.textContent)",
        &[],
    )
}

#[test]
fn fields_and_labels_are_proposed() {
    visit(Setup::USUAL, |page| {
        write_below(page, BEGUN);
        page.type_text("po");
        page.expect(
            "the fields",
            &vec!["podSelector".to_owned(), "policyTypes".to_owned()],
            || proposals(page),
        );
        page.press([Key::Escape]);
        page.change(|| page.type_text("dSelector: {matchLabels: {app: "));
        page.chord(&[Key::Control], ' ');
        page.until("the labels that exist", || {
            let seen = proposals(page);
            if seen.contains(&"catalog".to_owned()) { Ok(()) } else { Err(format!("{seen:?}")) }
        });
    });
}

#[test]
fn a_field_says_what_it_means() {
    visit(Setup::USUAL, |page| {
        page.focus_editor();
        // What helps to write is loaded when somebody begins to.
        page.expect("the editor's extras", &1, || page.count(".cm-content[aria-autocomplete]"));
        // The editor draws its lines anew whenever it likes: a point stays where it is.
        let field = page.script(
            "const spans = [...document.querySelectorAll('.cm-line span')];
            const box = spans.find((it) => it.textContent === 'podSelector').getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]",
            &[],
        );
        page.point(field);
        let text = page.text(".cm-meaning");
        assert!(text.contains("the policy's own namespace"), "{text}");
    });
}

#[test]
fn the_cursor_in_a_selector_or_rule_says_what_it_is_about() {
    visit(Setup::USUAL, |page| {
        page.put_cursor_after("podSelector: {}");
        let text = page.text("[data-testid=about][data-part=selector]");
        assert!(text.contains("applies to 7 nodes"), "{text}");
        let id = page.attribute("[data-testid=selected]", "data-id").unwrap();
        assert!(id.starts_with("bookstore/"), "{id}");
        page.press([Key::F12]);
        page.expect("the pod's manifest", &true, || {
            page.cursor_line().starts_with("apiVersion: v1")
        });
    });
}

#[test]
fn problems_are_counted_left_out_and_gone_through() {
    visit(Setup::USUAL, |page| {
        write_below(
            page,
            "kind: Pod\nmetadata: {name: one}\n---\nkind: Pod\nmetadata: {name: two}\n",
        );
        let total = page.findings().len();
        assert!(total >= 2);
        let errors = page.findings().iter().filter(|it| it.severity == "error").count();
        assert!(
            page.text("[data-testid=severity][data-severity=error]").contains(&errors.to_string())
        );
        page.click("[data-testid=severity][data-severity=error]");
        page.expect("no errors", &(total - errors), || page.findings().len());
        page.click("[data-testid=severity][data-severity=error]");
        page.press([Key::F8]);
        let first = page.cursor_line_number();
        page.press([Key::F8]);
        let second = page.cursor_line_number();
        assert_ne!(first, second);
        page.chord(&[Key::Shift], char::from(Key::F8));
        assert_eq!(page.cursor_line_number(), first);
        page.click("[data-testid=next-finding]");
        assert_eq!(page.cursor_line_number(), second);
    });
}

#[test]
fn more_problems_than_are_told_at_once_can_be_listed() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&"kind: Pod\n---\n".repeat(700));
        let text = page.text("[data-testid=findings] .more");
        assert!(text.contains("100 of"), "{text}");
        for listed in [200, 300, 400, 500, 600] {
            page.click("[data-testid=more-findings]");
            page.expect("more", &listed, || page.findings().len());
        }
    });
}

#[test]
fn formatting_moves_lines_and_is_undone_in_one_step() {
    visit(Setup::USUAL, |page| {
        let odd = "kind:   Pod\nmetadata:\n     name: x # why\n";
        page.replace_all(odd);
        page.change(|| page.click("[data-testid=format]"));
        assert_eq!(page.whole_text(), "kind:   Pod\nmetadata:\n  name: x # why\n");
        page.change(|| page.click("[data-testid=undo-change]"));
        assert_eq!(page.whole_text(), odd);
    });
}

#[test]
fn what_is_seen_becomes_an_expectation() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/redis", "bookstore/catalog", "8080", "TCP");
        page.go_to("tests");
        let before = page.results().len();
        page.change(|| page.click("[data-testid=expect]"));
        assert_eq!(page.results().len(), before + 1);
        let found = page
            .results()
            .into_iter()
            .find(|it| it.from == "bookstore/redis" && it.to == "bookstore/catalog");
        assert_eq!(found.unwrap().ok, "true");
    });
}

#[test]
fn the_editor_can_be_reached_by_those_who_use_the_keyboard() {
    visit(Setup::USUAL, |page| {
        let reachable: bool = page.script(
            "return document.querySelector(arguments[0]).tabIndex === 0",
            &[json!(".cm-content")],
        );
        assert!(reachable);
    });
}

/// The flows that stand out: who to whom.
fn lit(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.edge.chosen')]
            .map((it) => `${it.dataset.from} ${it.dataset.to}`)",
        &[],
    )
}

#[test]
fn the_cursor_in_a_policy_lights_up_what_it_decides() {
    visit(Setup::USUAL, |page| {
        let allowed = vec!["bookstore/catalog bookstore/postgres".to_owned()];
        page.put_cursor_after("name: allow-catalog-to-postgres");
        let text = page.text("[data-testid=about][data-part=policy]");
        assert!(text.contains("applies to 1 node and decides"), "{text}");
        assert!(text.contains("1 allowed") && text.contains("denied"), "{text}");
        page.expect("the pod that it selects", &1, || page.count(".card.selected"));
        assert!(lit(page).len() > 1 && lit(page).contains(&allowed[0]));

        for (part, down) in [("rule", 8), ("port", 5)] {
            page.press(vec![Key::Down; down]);
            let text = page.text(&format!("[data-testid=about][data-part={part}]"));
            assert!(text.contains("decides 1 of the flows shown: 1 allowed"), "{text}");
            page.expect("its flow", &allowed, || lit(page));
        }
    });
}

#[test]
fn an_expectation_is_removed_in_one_step() {
    visit(Setup::USUAL, |page| {
        let before = page.whole_text();
        page.go_to("tests");
        let all = page.results();
        page.change(|| page.click("[data-testid=result] [data-testid=unexpect]"));
        let left = page.results();
        let ends = |it: &TestResult| (it.from.clone(), it.to.clone());
        assert!(left.iter().map(ends).eq(all[1..].iter().map(ends)));
        page.go_to("manifests");
        assert_eq!(page.whole_text().lines().count(), before.lines().count() - 1);
        page.change(|| page.click("[data-testid=undo-change]"));
        assert_eq!(page.whole_text(), before);
    });
}

#[test]
fn enter_behind_a_key_goes_one_step_deeper() {
    visit(Setup::USUAL, |page| {
        page.replace_all("");
        page.focus_editor();
        page.type_text("spec:\npodSelector:\nmatchLabels: {}\n");
        page.press([Key::Escape]);
        let text = page.whole_text();
        assert_eq!(text.trim_end(), "spec:\n  podSelector:\n    matchLabels: {}");
    });
}

#[test]
fn the_list_of_keys_tells_of_folding_and_of_what_a_selector_selects() {
    visit(Setup::USUAL, |page| {
        page.put_cursor_after("kind: NetworkPolicy");
        let lines = || page.count(".cm-line");
        let before = lines();
        page.put_cursor_after("spec:");
        page.chord(&[Key::Control, Key::Shift], '[');
        page.until("lines to be folded", || match lines() {
            _ if page.count(".cm-foldPlaceholder") > 0 => Ok(()),
            now => Err(format!("{now} lines, {before} before")),
        });
        page.chord(&[Key::Control, Key::Shift], ']');
        page.expect("they are back", &0, || page.count(".cm-foldPlaceholder"));
    });
}
