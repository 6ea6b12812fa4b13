//! The edits that turn a verdict: seen beside it, made by a button, taken back in one step.

use fantoccini::key::Key;

use crate::harness::{Page, Setup, visit};
use crate::manifests;

#[test]
pub(crate) fn a_denied_connection_shows_the_edit_that_allows_it() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        let best = first_suggestion(page);
        assert!(best.contains("allow-storefront-egress"), "{best}");
        assert!(best.contains("allow-catalog-to-postgres"), "{best}");
        assert!(best.contains("Changes no other connection"), "{best}");

        page.change(|| page.click("[data-testid=apply]"));
        page.wait_until_ready();
        assert_eq!(page.answer().verdict, "allowed");
        assert!(page.whole_text().len() > manifests("bookstore").len());

        page.focus_editor();
        page.change(|| page.chord(&[Key::Control], 'z'));
        assert_eq!(page.whole_text(), manifests("bookstore"));
        page.wait_until_ready();
        assert_eq!(page.answer().verdict, "denied");
    });
}

#[test]
fn what_is_suggested_stays_while_somebody_types() {
    visit(Setup::USUAL, |page| {
        first_suggestion(page);
        page.put_cursor_after("image: example.com/bookstore/orders:1.0");
        page.script::<()>(
            "window.seen = { removed: [], busy: [], disabled: [] };
            const parts = '[data-testid=suggestion], [data-testid=film-open], [data-testid=apply]';
            const pane = document.querySelector('[data-testid=explanation]');
            const named = (it) => it.nodeType === Node.ELEMENT_NODE
                ? [it, ...it.querySelectorAll('*')].filter((part) => part.matches(parts)) : [];
            new MutationObserver((records) => {
                for (const { removedNodes } of records) {
                    seen.removed.push(...[...removedNodes].flatMap(named).map((part) => part.dataset.testid));
                }
            }).observe(pane, { childList: true, subtree: true });
            const watch = (id, name, into) => {
                const it = pane.querySelector(`[data-testid=${id}]`);
                new MutationObserver(() => into.push(it.getAttribute(name))).observe(it, { attributeFilter: [name] });
            };
            watch('fixes', 'aria-busy', seen.busy);
            watch('apply', 'aria-disabled', seen.disabled);",
            &[],
        );
        page.change(|| page.type_text(" # as before"));
        // Nothing can be applied until it is judged anew.
        page.expect(
            "the card to be busy, then not",
            &["true", "false", "true", "false"].map(str::to_owned),
            || {
                page.script(
                    "return [seen.busy, seen.disabled].flatMap((it) => [it.at(0) ?? '', it.at(-1) ?? ''])",
                    &[],
                )
            },
        );
        let removed: Vec<String> = page.script("return seen.removed", &[]);
        assert_eq!(removed, Vec::<String>::new());
    });
}

#[test]
fn an_allowed_connection_is_denied_on_request() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        assert_eq!(page.count("[data-testid=suggestion]"), 0, "nobody has asked yet");
        page.click("[data-testid=wish]");
        first_suggestion(page);
        page.change(|| page.click("[data-testid=apply]"));
        page.wait_until_ready();
        assert_eq!(page.answer().verdict, "denied");
    });
}

#[test]
fn a_rule_opens_its_peers_and_ports_on_demand() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/intruder", "bookstore/postgres", "5432", "TCP");
        let rule = "[data-testid=rule][data-policy=allow-catalog-to-postgres]";
        let parts = || page.count(&format!("{rule} li"));
        assert_eq!(parts(), 0);
        page.click(&format!("{rule} [data-testid=rule-parts]"));
        page.expect("a peer and a port", &2, parts);
        page.click(&format!("{rule} li button"));
        page.expect("the peer's line", &true, || page.cursor_line().contains("catalog"));
    });
}

#[track_caller]
fn first_suggestion(page: &Page) -> String {
    page.until("a suggestion", || {
        let there = page.count("[data-testid=suggestion]") > 0;
        if there { Ok(()) } else { Err("there is none".to_owned()) }
    });
    page.text("[data-testid=suggestion]")
}
