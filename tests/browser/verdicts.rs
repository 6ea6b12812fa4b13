//! What the page says about its scenarios before anyone changes them.

use std::collections::BTreeMap;

use crate::harness::{Page, Setup, visit};
use crate::title;

#[test]
pub(crate) fn the_bookstore_is_open_first_and_meets_its_expectations() {
    visit(Setup::USUAL, |page| {
        assert_eq!(page.scenario(), title("bookstore"));
        assert_eq!(page.findings(), []);
        expect_all_met(page, "bookstore");
    });
}

#[test]
fn np_demo_meets_its_expectations() {
    visit(Setup::USUAL, |page| {
        page.choose_scenario("np-demo");
        assert_eq!(page.findings(), []);
        expect_all_met(page, "np-demo");
    });
}

#[track_caller]
fn expect_all_met(page: &Page, scenario: &str) {
    let expected = crate::manifests(scenario).matches("verdict:").count();
    page.go_to("tests");
    let results = page.results();
    let unmet: Vec<_> = results.iter().filter(|result| result.ok != "true").collect();
    assert_eq!((results.len(), unmet), (expected, vec![]));
}

/// On the ports that each receiver declares: `A` allowed, `D` denied, `·` nothing to ask, and the
/// allowed ports where only some are.
#[test]
fn the_bookstores_matrix_shows_who_may_talk_to_whom() {
    check(
        "bookstore",
        ("", ""),
        "
        .          storefront catalog orders postgres rabbitmq redis coredns      internet
        controller A          A       A      D        D        D     A            A
        storefront ·          A       A      D        D        D     53+53/UDP    D
        catalog    D          ·       D      A        D        D     53+53/UDP    D
        orders     D          D       ·      D        A        D     53+53/UDP    D
        postgres   D          D       D      ·        D        D     53+53/UDP    D
        rabbitmq   D          D       D      D        ·        D     53+53/UDP    D
        redis      D          D       D      D        D        ·     53+53/UDP    D
        intruder   D          D       D      D        D        D     53+53/UDP    D
        internet   D          D       D      D        D        D     A            ·
        ",
    );
}

#[test]
fn the_bookstores_pods_may_ask_dns_by_udp() {
    check(
        "bookstore",
        ("53", "UDP"),
        "
        .          coredns storefront
        storefront A       ·
        catalog    A       D
        orders     A       D
        postgres   A       D
        intruder   A       D
        controller A       D
        ",
    );
}

#[test]
fn the_bookstores_pods_may_not_read_the_metrics_of_dns() {
    check(
        "bookstore",
        ("9153", "TCP"),
        "
        .          coredns
        storefront D
        catalog    D
        intruder   D
        controller A
        ",
    );
}

#[test]
fn np_demos_web_server_admits_the_frontend_of_its_namespace() {
    check(
        "np-demo",
        ("8080", "TCP"),
        "
        .                  np-demo/web np-demo/other np-demo/frontend
        np-demo/frontend   A           A             ·
        np-demo/other      D           ·             A
        elsewhere/frontend D           A             A
        np-demo/web        ·           A             A
        ",
    );
}

#[test]
fn np_demos_web_server_has_no_second_door() {
    check(
        "np-demo",
        ("9090", "TCP"),
        "
        .                  np-demo/web
        np-demo/frontend   D
        np-demo/other      D
        elsewhere/frontend D
        ",
    );
}

/// Compares a part of the matrix, on a port, with a table of senders (rows) and receivers.
#[track_caller]
fn check(scenario: &str, (port, protocol): (&str, &str), expected: &str) {
    visit(Setup::USUAL, |page| {
        if page.scenario() != title(scenario) {
            page.choose_scenario(scenario);
        }
        page.go_to("matrix");
        if !port.is_empty() {
            page.set_matrix_port(port, protocol);
        }
        let rows: Vec<Vec<&str>> = expected
            .lines()
            .map(|line| line.split_whitespace().collect())
            .filter(|row: &Vec<&str>| !row.is_empty())
            .collect();
        let shown = table(page, &rows);
        assert_eq!(shown, rows, "on port {port} {protocol}");
    });
}

/// The same rows and columns, as the page shows them.
fn table(page: &Page, rows: &[Vec<&str>]) -> Vec<Vec<String>> {
    let cells: BTreeMap<(String, String), String> = page
        .cells()
        .into_iter()
        .map(|cell| {
            let shown = match cell.verdict.as_str() {
                "allowed" => "A".to_owned(),
                "denied" => "D".to_owned(),
                "not-applicable" => "·".to_owned(),
                "mixed" => cell.ports.replace(' ', "+"),
                other => other.to_owned(),
            };
            ((cell.from, cell.to), shown)
        })
        .collect();
    // A name stands for the one endpoint that ends in it.
    let is = |id: &str, name: &str| id == name || id.ends_with(&format!("/{name}"));
    let cell = |from: &str, to: &str| {
        let found =
            cells.iter().find(|((sender, receiver), _)| is(sender, from) && is(receiver, to));
        found.map_or_else(|| format!("no cell {from} to {to}"), |(_, shown)| shown.clone())
    };
    let columns = &rows[0][1..];
    let head = rows[0].iter().map(|name| (*name).to_owned()).collect();
    let body = rows[1..].iter().map(|row| {
        let shown = columns.iter().map(|to| cell(row[0], to));
        [row[0].to_owned()].into_iter().chain(shown).collect()
    });
    [head].into_iter().chain(body).collect()
}

#[test]
fn a_ping_and_a_lookup_are_told_beside_the_connection() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "service:bookstore/catalog", "80", "TCP");
        assert_eq!(
            page.attribute("[data-testid=lookup]", "data-verdict").as_deref(),
            Some("allowed")
        );
        assert_eq!(page.answer().verdict, "allowed");

        page.ask("bookstore/storefront", "bookstore/catalog", "8080", "TCP");
        page.choose("[data-testid=protocol]", "ICMP");
        page.wait_until_ready();
        assert_eq!(page.count("[data-testid=port]:disabled"), 1);
        // Every rule for it names ports, and no port says anything about pings.
        assert_eq!(page.answer().verdict, "implementation-defined");
    });
}
