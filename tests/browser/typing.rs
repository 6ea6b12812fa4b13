//! Typing in the editor: graph, matrix and explanation follow.

use fantoccini::key::Key;

use crate::harness::{Setup, visit};
use crate::playground::Answer;
use crate::{manifests, title};

#[test]
fn deleting_the_dns_policy_stops_every_lookup() {
    let policy = manifests("bookstore").split("---\n").nth(1).unwrap();
    assert!(policy.contains("name: allow-dns-egress"));
    visit(Setup::USUAL, |page| {
        let lookups = |page: &crate::harness::Page| {
            let edges = page.edges().into_iter();
            let lookups =
                edges.filter(|edge| edge.to == "kube-system/coredns" && edge.ports.contains("53"));
            lookups.map(|edge| (edge.from, edge.verdict, edge.stops_at)).collect::<Vec<_>>()
        };
        page.ask("bookstore/catalog", "kube-system/coredns", "53", "UDP");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        let before = lookups(page);
        assert!(before.iter().any(|(_, verdict, _)| verdict == "allowed"), "{before:?}");

        page.replace(policy, "");

        assert_eq!(page.answer(), Answer::new("denied", "no", "yes"));
        let after = lookups(page);
        assert!(!after.is_empty());
        for (from, verdict, stops_at) in after {
            assert_eq!((verdict.as_str(), stops_at.as_str()), ("denied", "egress"), "from {from}");
        }
        page.go_to("matrix");
        assert_eq!(page.cell("bookstore/catalog", "kube-system/coredns"), "denied");
    });
}

#[test]
pub(crate) fn a_relabelled_pod_loses_its_flows() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "bookstore/catalog", "8080", "TCP");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));

        page.replace("labels: {app: catalog}", "labels: {app: intruder}");

        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        let verdicts = |from: &str, to: &str| {
            page.flows(from, to).into_iter().map(|(_, verdict)| verdict).collect::<Vec<_>>()
        };
        assert_eq!(verdicts("bookstore/storefront", "bookstore/catalog"), ["denied"]);
        assert_eq!(verdicts("bookstore/catalog", "bookstore/postgres"), ["denied"]);
        assert_eq!(verdicts("bookstore/storefront", "bookstore/orders"), ["allowed"]);
        page.go_to("matrix");
        assert_eq!(page.cell("bookstore/storefront", "bookstore/catalog"), "denied");
        assert_eq!(page.cell("bookstore/storefront", "bookstore/orders"), "allowed");
    });
}

#[test]
fn a_failed_expectation_is_counted_and_told() {
    visit(Setup::USUAL, |page| {
        page.replace("labels: {app: catalog}", "labels: {app: intruder}");
        page.go_to("tests");
        let failed: Vec<_> =
            page.results().into_iter().filter(|result| result.ok == "false").collect();
        assert!(
            failed.iter().any(|result| result.from == "bookstore/storefront"
                && result.to == "bookstore/catalog"
                && result.text.contains("expected allowed")),
            "{failed:#?}"
        );
    });
}

#[test]
fn cursor_and_scroll_position_stay_while_the_text_is_judged() {
    visit(Setup::USUAL, |page| {
        page.put_cursor_after("image: example.com/bookstore/orders:1.0");
        let (line, column) = page.caret();
        let scroll = page.settled_scroll();
        assert!(scroll > 500.0, "the text is scrolled by {scroll}");

        page.change(|| page.type_text("9"));

        assert_eq!(page.caret(), (format!("{line}9"), column + 1));
        assert_close(page.settled_scroll(), scroll, 1.0);
        // A change that makes findings and other verdicts moves nothing either.
        page.change(|| page.type_text("\nbogus: 1"));
        page.finding("bogus");
        assert_eq!(page.caret().0.trim(), "bogus: 1");
        assert_close(page.settled_scroll(), scroll, 40.0);
    });
}

#[track_caller]
fn assert_close(now: f64, before: f64, tolerance: f64) {
    assert!((now - before).abs() < tolerance, "scrolled from {before} to {now}");
}

#[test]
pub(crate) fn a_change_is_undone_by_the_keyboard() {
    visit(Setup::USUAL, |page| {
        page.select("labels: {app: catalog}");
        // At once: keys with a pause between them, as a busy machine makes it, are undone one by one.
        page.change(|| page.paste("labels: {app: intruder}"));
        page.change(|| page.chord(&[Key::Control], 'z'));
        page.wait_until_ready();
        assert_eq!(page.whole_text(), manifests("bookstore"));
        assert_eq!(page.scenario(), title("bookstore"));
    });
}

#[test]
pub(crate) fn a_half_typed_document_is_marked_and_the_rest_stays_judged() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "bookstore/catalog", "8080", "TCP");
        // The line that cannot follow what is not closed.
        let line = 1 + line_of("  labels: {app: redis}");

        page.replace("labels: {app: redis}", "labels: {app: redis");

        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        let errors: Vec<_> =
            page.findings().into_iter().filter(|finding| finding.severity == "error").collect();
        assert_eq!(errors.len(), 1, "{errors:#?}");
        assert!(
            errors[0].text.contains(&format!("line {line}")),
            "{errors:#?} is not at line {line}"
        );
        page.expect("a sign beside the line", &vec![line.to_string()], || {
            page.lines_with_sign("error")
        });

        page.change(|| page.type_text("}"));
        assert_eq!(page.findings(), []);
        page.expect("no sign", &Vec::new(), || page.lines_with_sign("error"));
        assert!(page.card_ids().contains(&"bookstore/redis".to_owned()));
    });
}

/// The number of the first line that reads so.
fn line_of(line: &str) -> usize {
    1 + manifests("bookstore").lines().position(|it| it == line).unwrap()
}
