//! These tests can fail: what the page must not do is noticed when it is done.

use crate::harness::{Page, Setup, open};

/// Lets the page do something wrong and waits until the console tells of it.
fn check(wrong: &str, told: &str) {
    open(Setup::USUAL, |page: &Page| {
        page.script::<()>(wrong, &[]);
        let mut errors = Vec::new();
        page.until(&format!("an error about {told}"), || {
            errors.extend(page.take_errors());
            if errors.iter().any(|error| error.contains(told)) {
                Ok(())
            } else {
                Err(format!("there is {errors:?}"))
            }
        });
    });
}

#[test]
fn an_error_in_the_console_is_noticed() {
    check("console.error('no such pod')", "no such pod");
}

#[test]
fn an_exception_is_noticed() {
    check("setTimeout(() => { throw new Error('lost') })", "Uncaught Error: lost");
}

#[test]
fn a_promise_that_nobody_keeps_is_noticed() {
    check("Promise.reject(new Error('broken'))", "Error: broken");
}

#[test]
fn the_page_may_not_ask_another_host() {
    check("fetch('http://198.51.100.7/')", "Content Security Policy");
}

#[test]
fn the_page_may_not_run_a_script_of_someone_else() {
    check(
        "const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.head.append(script)",
        "Content Security Policy",
    );
}

#[test]
fn a_request_to_another_host_is_noticed() {
    open(Setup::USUAL, |page| {
        assert_eq!(page.take_foreign_requests(), Vec::<String>::new());
        // The policy of the page is not one for where a visitor goes.
        page.script::<()>("open('http://198.51.100.7/there')", &[]);
        let requests = page.until("the request", || {
            let requests = page.take_foreign_requests();
            if requests.is_empty() { Err("there is none".to_owned()) } else { Ok(requests) }
        });
        assert!(requests[0].contains("198.51.100.7/there"), "{requests:?}");
    });
}
