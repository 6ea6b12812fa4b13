//! Clusters of more than a person can look at.

use std::fmt::Write as _;

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Setup, visit};

/// Namespaces with pods that differ, all open to all.
pub(crate) fn cluster(namespaces: usize, pods: usize) -> String {
    let mut text = String::new();
    for namespace in 0..namespaces {
        for pod in 0..pods {
            writeln!(
                text,
                "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{pod}, namespace: n{namespace}, labels: {{app: a{pod}}}}}\n\
                spec: {{containers: [{{name: main, ports: [{{containerPort: 80}}]}}]}}"
            )
            .unwrap();
        }
    }
    text
}

fn kinds(page: &Page) -> Vec<(String, String)> {
    let mut kinds: Vec<_> = page.cards().into_iter().map(|card| (card.kind, card.id)).collect();
    kinds.sort();
    kinds
}

#[test]
fn namespaces_fold_past_forty_cards_and_open_one_by_one() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&cluster(5, 9));
        let names: Vec<_> =
            (0..5).map(|it| ("namespace".to_owned(), format!("namespace:n{it}"))).collect();
        assert_eq!(kinds(page), names);
        // Nine pods to each of nine, in each of twenty pairs; and within each.
        let counts: Vec<String> = page.edges().into_iter().map(|edge| edge.count).collect();
        assert_eq!(counts.iter().filter(|it| *it == "81").count(), 20);
        assert_eq!(counts.iter().filter(|it| *it == "72").count(), 5);
        assert!(page.text("[data-testid=remarks]").contains("5 of 5 namespaces are folded"));

        page.click("[data-id='namespace:n2']");
        page.expect("one open namespace", &13, || page.cards().len());
        page.click("[data-testid=open-all]");
        page.expect("all pods", &45, || page.cards().len());
        page.click("[data-testid=fold-all]");
        page.expect("all namespaces", &5, || page.cards().len());
    });
}

#[test]
fn folding_needs_no_mouse() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&cluster(5, 9));
        page.script::<()>(
            "document.querySelector('[data-testid=card][tabindex=\"0\"]').focus()",
            &[],
        );
        page.press([Key::Right]);
        page.press([Key::Enter]);
        page.expect("one open namespace", &13, || page.cards().len());
        page.script::<()>(
            "document.querySelector('[data-testid=card][data-kind=pod]').focus()",
            &[],
        );
        page.type_text("f");
        page.expect("it is folded again", &5, || page.cards().len());
    });
}

#[test]
fn identical_pods_share_a_card_until_somebody_opens_it() {
    visit(Setup::USUAL, |page| {
        let text = cluster(1, 3).replace("app: a1", "app: a0");
        page.replace_all(&text);
        assert_eq!(
            kinds(page),
            [("pod", "n0/p2"), ("pods", "n0/p0")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        page.script::<()>("document.querySelector('[data-kind=pods]').focus()", &[]);
        page.type_text("o");
        page.expect("three pods", &3, || page.cards().len());
    });
}

#[test]
fn a_line_of_many_flows_lists_them() {
    for screen in [Screen::Laptop, Screen::Phone] {
        visit(Setup { screen, ..Setup::USUAL }, |page| {
            if matches!(screen, Screen::Phone) {
                page.click("[data-testid=pane-document]");
            }
            page.replace_all(&cluster(5, 9));
            if matches!(screen, Screen::Phone) {
                page.click("[data-testid=pane-picture]");
            }
            page.click_edge("namespace:n0", "namespace:n3");
            assert_eq!(page.flow_list().len(), 24);
            page.click("[data-testid=listed-flow]");
            page.wait_until_ready();
            let [from, to, ..] = page.question();
            assert!(from.starts_with("n0/") && to.starts_with("n3/"), "{from} {to}");
            assert_eq!(page.answer().verdict, "allowed");
        });
    }
}

#[test]
fn many_edges_come_slice_by_slice_until_all_are_there() {
    visit(Setup::USUAL, |page| {
        // From each of the pods to each of the others.
        for (namespaces, edges) in [(4, 132), (2, 30), (3, 72), (4, 132)] {
            page.replace_all(
                &cluster(namespaces, 3).replace("name: p", &format!("name: of{namespaces}-")),
            );
            page.expect("all edges", &edges, || page.edges().len());
        }
        assert_eq!(page.complaints(), [""; 0]);
    });
}

#[test]
fn what_is_too_much_to_draw_is_told_and_drawn_for_one_pod() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&cluster(30, 2));
        assert_eq!((page.cards().len(), page.edges().len()), (30, 0));
        let remark = page.text("[data-testid=remarks]");
        assert!(remark.contains("3540 flows are too many to draw"), "{remark}");
        page.click("[data-id='namespace:n7']");
        page.expect("one open namespace", &31, || page.cards().len());
        page.click("[data-id='n7/p0']");
        page.wait_until_ready();
        // To and from each of the others.
        page.expect("their edges", &60, || page.edges().len());
    });
}
