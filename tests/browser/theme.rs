//! Light and dark.

use crate::harness::{Page, Setup, visit};

/// The theme that is chosen, and what the page is painted in.
fn theme(page: &Page) -> (String, String) {
    page.script(
        "return [document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor]",
        &[],
    )
}

#[test]
pub(crate) fn the_system_decides_until_the_visitor_does() {
    let mut painted = Vec::new();
    for dark in [false, true] {
        visit(Setup { dark, ..Setup::USUAL }, |page| {
            let (theme, background) = theme(page);
            assert_eq!(theme, "auto");
            painted.push(background);
        });
    }
    assert_ne!(painted[0], painted[1]);
}

#[test]
fn a_chosen_theme_is_there_again_at_the_next_visit() {
    visit(Setup::USUAL, |page| {
        let (_, light) = theme(page);
        page.click("[data-testid=theme]");
        page.click("[data-testid=theme]");
        let (name, dark) = theme(page);
        assert_eq!(name, "dark");
        assert_ne!(dark, light);
        page.reload();
        page.wait_until_ready();
        assert_eq!(theme(page), (name, dark));
    });
}
