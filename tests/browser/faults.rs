//! What would be wrong with a page is heard of: without this no other test says anything.

use crate::harness::{Setup, Site, open};

const WRONG: &str = "
    const speaker = \"console.error('said by a worker')\";
    new Worker(URL.createObjectURL(new Blob([speaker])));
    setTimeout(() => { throw new Error('thrown'); });
    Promise.reject(new Error('rejected'));
    console.error('said by the page');
    fetch('http://example.org/').catch(() => {});";

#[test]
pub(crate) fn errors_and_foreign_requests_are_heard_of() {
    let site = Site::page("<!doctype html><title>Wrong</title>");
    open(Setup::BLANK, |page| {
        page.go(&site.url("/"));
        page.script::<()>(WRONG, &[]);
        let mut errors = Vec::new();
        for part in ["said by the page", "said by a worker", "thrown", "rejected"] {
            page.until(part, || {
                errors.extend(page.take_errors());
                let heard = errors.iter().any(|error| error.contains(part));
                if heard { Ok(()) } else { Err(format!("there is {errors:#?}")) }
            });
        }
        page.until("the request", || match page.take_foreign_requests() {
            it if it.iter().any(|it| it.starts_with("GET http://example.org/")) => Ok(()),
            it => Err(format!("there is {it:?}")),
        });
    });
}
