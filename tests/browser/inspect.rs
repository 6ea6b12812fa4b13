//! More about one object of the cluster.

use std::fmt::Write as _;

use serde_json::json;

use crate::harness::{Page, Setup, visit};
use crate::large::cluster;

#[test]
fn a_pod_tells_who_reaches_it_and_leads_to_the_reasons() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        let details = inspect(page, "bookstore/postgres");
        assert!(details.contains("isolated by"), "{details}");
        assert!(details.contains("allow-catalog-to-postgres"), "{details}");
        assert!(details.contains("Reached by 1"), "{details}");
        page.click("[data-testid=inspection] li button");
        page.wait_until_ready();
        assert_eq!(page.question()[..3], ["bookstore/catalog", "bookstore/postgres", "5432"]);
        assert_eq!(page.answer().verdict, "allowed");
    });
}

#[test]
fn a_policy_tells_what_it_changes_and_how_it_is_stored() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        let details = inspect(page, "bookstore/allow-catalog-to-postgres");
        assert!(details.contains("Selects postgres"), "{details}");
        assert!(details.contains("allows catalog"), "{details}");
        assert!(details.contains("podSelector:"), "{details}");
        page.click("[data-testid=inspection] li button");
        page.wait_until_ready();
        assert_eq!(page.question()[..2], ["bookstore/catalog", "bookstore/postgres"]);
        page.click("[data-id='bookstore/allow-catalog-to-postgres'] [data-testid=details]");
        page.expect("the details to be closed", &0, || page.count("[data-testid=inspection]"));
    });
}

#[track_caller]
fn inspect(page: &Page, id: &str) -> String {
    page.click(&format!("[data-id='{id}'] [data-testid=details]"));
    page.wait_until_ready();
    page.text("[data-testid=inspection]")
}

#[test]
fn many_policies_that_do_not_apply_are_listed_when_somebody_asks() {
    let mut text = cluster(1, 2);
    for number in 0..9 {
        writeln!(
            text,
            "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
            metadata: {{name: other-{number}, namespace: n0}}\n\
            spec: {{podSelector: {{matchLabels: {{app: none}}}}, policyTypes: [Ingress, Egress]}}"
        )
        .unwrap();
    }
    visit(Setup::USUAL, |page| {
        page.replace_all(&text);
        page.ask("n0/p0", "n0/p1", "80", "TCP");
        page.text_with(".others summary", "9 other policies");
        assert_eq!(page.count(".others .rule-line"), 0);
        page.click("[data-testid=side] .others summary");
        page.expect("those of one side", &9, || page.count(".others .rule-line"));
        assert_eq!(page.complaints(), [""; 0]);
    });
}

#[test]
fn reasons_lead_to_the_section_that_explains_them() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        let link: String = page.script(
            "return document.querySelector('[data-testid=side] [data-testid=section]').href",
            &[],
        );
        assert!(link.ends_with("/semantics.html#isolation-union-both-ends"), "{link}");
        // Peers, ports, and policies that do not apply have one each.
        page.click("[data-testid=rule] [data-testid=rule-parts]");
        page.text("[data-testid=rule] .parts");
        let anchors: Vec<Vec<String>> = page.script(
            "return [...document.querySelectorAll('.parts li, .others .rule-line')].map((row) =>
                [...row.querySelectorAll('[data-testid=section]')].map((it) => it.hash.slice(1)))",
            &[],
        );
        assert!(anchors.iter().all(|it| it.len() == 1), "{anchors:?}");
        let of = |anchor: &str| anchors.iter().filter(|it| it[0] == anchor).count();
        assert!(of("ports") > 0 && of("selectors-and-peers") > 1, "{anchors:?}");
        page.open_link(&link);
        let heading: String =
            page.script("return document.querySelector(':target').innerText", &[]);
        assert_eq!(heading, "Isolation, union, both ends");
        let missing: Vec<String> = page.script(
            "return [...document.querySelectorAll('a[href^=\"#\"]')].map((it) => it.hash.slice(1))
                .concat(arguments[0].flat()).filter((id) => !document.getElementById(id))",
            &[json!(anchors)],
        );
        assert_eq!(missing, [""; 0], "links that lead nowhere");
        assert_eq!(page.complaints(), [""; 0]);
    });
}
