//! The page before, and without, its program.

use crate::harness::{Setup, open};

#[test]
fn without_scripts_the_page_says_what_it_needs() {
    open(Setup { scripts: false, ..Setup::USUAL }, |page| {
        page.until("a message", || {
            let text = page.text("body");
            if text.contains("JavaScript") { Ok(()) } else { Err(format!("the page says: {text}")) }
        });
    });
}

#[test]
fn without_webassembly_the_page_says_what_it_needs() {
    let setup = Setup { before: "delete globalThis.WebAssembly", ..Setup::USUAL };
    open(setup, |page| {
        page.until("a message", || {
            let text = page.text("body");
            if text.contains("WebAssembly") {
                Ok(())
            } else {
                Err(format!("the page says: {text}"))
            }
        });
        // That the program cannot be started is an error, too.
        page.take_errors();
    });
}
