//! `netpol test`.

use std::path::Path;

use expect_test::{expect, expect_file};

use crate::support::{check, fixtures, run};

#[test]
fn failures_are_told_with_place_and_reason() {
    check(
        "test shop",
        &expect![[r#"
            ok      the-office: external/office -> shop/db-0 22/TCP allowed
            ok      the-office: 203.0.113.99 -> shop/db-0 22/TCP denied
            ok      the-shop: shop/web -> service:shop/db 5432/TCP allowed
            FAILED  the-shop: shop/web -> shop/db-0 postgres/TCP: expected denied, is allowed
                    shop/expectations.yaml:15: `web` lets web-1 leave for db-0, and `db` lets it in.
            FAILED  the-shop: shop/db-1 -> service:shop/db 5432/TCP: expected denied, is mixed
                    shop/expectations.yaml:16: It depends on the pod: allowed to db-1; denied to db-0.
            FAILED  the-shop: shop/web -> shop/cache 6379/TCP: expected allowed, cannot be judged
                    shop/expectations.yaml:17: there is no pod or workload `shop/cache`
            ok      the-shop: shop/web -> shop/db-0 53/UDP denied
            4 passed, 3 failed
            --- standard error
            --- exit status 1
        "#]],
    );
}

#[test]
fn json_lists_the_results_in_the_order_of_the_text() {
    let run = run(&fixtures(), "test shop --format json", "");
    expect_file!["../golden/test.json"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}

#[test]
fn continuous_integration_reads_junit() {
    let run = run(&fixtures(), "test shop --format junit", "");
    expect_file!["../golden/test.xml"].assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
}

#[test]
fn nothing_expected_is_nothing_failed() {
    check(
        "test shop/cluster.yaml",
        &expect![[r#"
        0 passed, 0 failed
        --- standard error
        netpol: no connection is expected: the manifests hold no `kind: Expectation`
        --- exit status 0
    "#]],
    );
}

#[test]
fn the_scenarios_meet_their_expectations() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let run = run(&crates.join("netpol-lessons/scenarios"), "test .", "");
    let stdout = String::from_utf8(run.stdout).unwrap();
    assert!(stdout.ends_with("\n48 passed, 0 failed\n"), "{stdout}");
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}
