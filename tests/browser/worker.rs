//! A worker that does not answer is ended.

use crate::harness::{Setup, visit};
use crate::playground::Answer;

#[test]
fn a_hung_worker_is_ended_and_the_page_goes_on() {
    // Before it gets this word, the worker is made to hang.
    let setup = Setup { address: "?hang-worker=hung&worker-timeout-ms=5000", ..Setup::USUAL };
    visit(setup, |page| {
        page.ask("bookstore/storefront", "bookstore/catalog", "8080", "TCP");
        page.select("labels: {app: catalog}");
        page.change(|| page.paste("labels: {app: hung}"));
        let notice = page.notice("stopped");
        assert!(notice.contains("no answer"), "{notice}");
        // The last good picture stays.
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        page.wait_until_stale();

        page.click("[data-testid=notice] [data-testid=try-again]");
        page.wait_until_ready();
        assert_eq!(page.count("[data-testid=notice]"), 0);
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));

        page.replace("labels: {app: hung}", "labels: {app: catalog}");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
    });
}

#[test]
fn a_newer_text_needs_no_second_try() {
    let setup = Setup { address: "?hang-worker=hung&worker-timeout-ms=5000", ..Setup::USUAL };
    visit(setup, |page| {
        page.ask("bookstore/storefront", "bookstore/catalog", "8080", "TCP");
        page.replace("labels: {app: catalog}", "labels: {app: hung}");
        page.notice("stopped");
        page.replace("labels: {app: hung}", "labels: {app: intruder}");
        page.wait_until_ready();
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
    });
}
