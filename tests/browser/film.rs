//! A connection that is gone through step by step.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Setup, visit};

/// The number of the step that is shown.
fn step(page: &Page) -> Option<String> {
    page.attribute("[data-testid=film]", "data-step")
}

/// Which row of the explanation stands out.
fn row(page: &Page) -> Vec<String> {
    page.script(
        "return [...document.querySelectorAll('.filmed')].map((it) =>
            it.dataset.rule ? `${it.dataset.policy} ${it.dataset.rule}` : it.dataset.policy || 'side')",
        &[],
    )
}

#[test]
fn a_denied_connection_is_gone_through_by_keyboard() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=film-open]");
        page.press([Key::Home]);
        page.expect("the first step", &Some("1".to_owned()), || step(page));
        assert_eq!(row(page), Vec::<String>::new());
        page.press([Key::Right, Key::Right]);
        page.expect("the first rule", &vec!["allow-dns-egress 1".to_owned()], || row(page));
        let text = page.text("[data-testid=film-step]");
        assert!(text.contains("allow-dns-egress, rule 1"), "{text}");
        assert_eq!(page.attribute("[data-testid=film]", "data-spot").as_deref(), Some("leaving"));
        // In the editor, in the explanation and in the picture at once.
        page.until("its lines", || match page.marked_lines() {
            lines if lines.iter().any(|line| line.contains("kube-dns")) => Ok(()),
            lines => Err(format!("{lines:?}")),
        });
        let seen: bool = page.script(
            "const [pane, row] = ['.explanation', '.filmed']
                .map((it) => document.querySelector(it).getBoundingClientRect());
            return row.top >= pane.top && row.top < pane.bottom",
            &[],
        );
        assert!(seen, "the row is out of sight");
        assert_eq!(page.count("[data-testid=film-dot] circle"), 1);
        page.press([Key::Left]);
        page.expect("the step before", &vec!["side".to_owned()], || row(page));
        page.press([Key::End]);
        let text = page.text("[data-testid=film-step][data-answer=no]");
        assert!(text.contains("Dropped before it leaves storefront"), "{text}");
        assert_eq!(page.attribute("[data-testid=film-dot]", "data-part").as_deref(), Some("100"));

        page.press([Key::Escape]);
        page.expect("no film", &0, || page.count("[data-testid=film]"));
        page.wait_for_focus("[data-testid=film-open]");
        assert_eq!(page.marked_lines(), Vec::<String>::new());
    });
}

#[test]
fn a_film_plays_by_itself_and_can_be_paused() {
    for screen in [Screen::Laptop, Screen::Phone] {
        visit(Setup { screen, ..Setup::USUAL }, |page| {
            page.click_edge("bookstore/catalog", "bookstore/postgres");
            page.click("[data-testid=film-open]");
            page.choose("[data-testid=film-speed]", "fast");
            let steps = page.attribute("[data-testid=film]", "data-steps");
            page.expect("the third step", &Some("3".to_owned()), || step(page));
            page.click("[data-testid=film-play][aria-label=Pause]");
            page.text("[data-testid=film-play]");
            page.press([Key::End]);
            page.expect("the last step", &steps, || step(page));
            assert!(page.text("[data-testid=film-step]").contains("Delivered to postgres"));
            // It begins anew, and is over when another question is asked.
            page.click("[data-testid=film-play][aria-label=Play]");
            page.expect("the first step", &Some("1".to_owned()), || step(page));
            page.ask("bookstore/redis", "bookstore/catalog", "8080", "TCP");
            assert_eq!(page.count("[data-testid=film]"), 0);
        });
    }
}
