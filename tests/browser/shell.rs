//! The page before, and without, its program.

use crate::harness::{Setup, open};

#[test]
fn before_the_program_runs_the_page_says_what_it_is() {
    // As if the program never arrived.
    let before = "WebAssembly.instantiateStreaming = () => new Promise(() => {})";
    open(Setup { before, address: "#example=np-demo", ..Setup::USUAL }, |page| {
        let text = page.text_with("body", "Starting");
        assert!(text.contains("Netpol Playground") && text.contains("NetworkPolicies"), "{text}");
    });
}

#[test]
fn without_scripts_the_page_says_what_it_needs() {
    open(Setup { scripts: false, ..Setup::USUAL }, |page| {
        let text = page.text_with("body", "JavaScript");
        assert!(!text.contains("Starting"), "nothing starts: {text}");
    });
}

#[test]
fn without_webassembly_the_page_says_what_it_needs() {
    open(Setup { before: "delete globalThis.WebAssembly", ..Setup::USUAL }, |page| {
        let text = page.text_with("body", "WebAssembly");
        assert!(!text.contains("Starting"), "nothing starts: {text}");
        // That the program cannot be started is an error, too.
        page.take_errors();
    });
}
