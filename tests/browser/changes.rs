//! What is different from a marked state.

use serde::Deserialize;

use crate::harness::{Page, Screen, Setup, visit};

#[derive(Debug, Deserialize)]
struct Different {
    change: String,
    from: String,
    to: String,
    text: String,
}

fn different(page: &Page) -> Vec<Different> {
    page.elements("[data-testid=different]")
}

/// Marks the Bookstore and lets nobody ask DNS.
#[track_caller]
fn mark_and_edit(page: &Page) {
    page.go_to("changes");
    page.click("[data-testid=mark]");
    page.text_with("[data-testid=difference]", "as it was marked");
    page.change(|| page.replace("app: catalog", "app: nobody"));
    page.until("what is different", || {
        if different(page).is_empty() { Err("nothing is".to_owned()) } else { Ok(()) }
    });
}

#[test]
fn after_an_edit_the_connections_that_are_different_are_listed_and_explained() {
    visit(Setup::USUAL, |page| {
        mark_and_edit(page);
        let all = different(page);
        assert!(
            all.iter().any(|it| it.change == "removed" && it.text.contains("denied")),
            "{all:?}"
        );
        let removed = all.iter().find(|it| it.change == "removed").expect("one that is denied");
        page.click(&format!(
            "[data-testid=different][data-change=removed][data-from='{}'][data-to='{}'] button",
            removed.from, removed.to
        ));
        page.wait_until_ready();
        assert_eq!(page.question()[..2], [removed.from.clone(), removed.to.clone()]);
        assert_eq!(page.answer().verdict, "denied");

        page.change(|| page.replace("app: nobody", "app: catalog"));
        page.text_with("[data-testid=difference]", "as it was marked");
        page.click("[data-testid=forget-mark]");
        page.expect("no mark", &0, || page.count("[data-testid=forget-mark]"));
    });
}

#[test]
fn what_is_different_can_be_taken_along() {
    visit(Setup::USUAL, |page| {
        mark_and_edit(page);
        page.catch_downloads();
        page.click("[data-testid=export]");
        for (extension, part) in
            [("changes.md", "| diff-type | source |"), ("changes.csv", "diff-type,source,")]
        {
            page.click(&format!("[data-testid=export-form][value='{extension}']"));
            let ready =
                format!("[data-testid=preview][data-export='{extension}'][data-ready=true]");
            page.expect("the preview", &1, || page.count(&ready));
            page.click("[data-testid=export-save]");
            page.until("the file", || {
                let (name, text) = page.downloaded();
                let is_it = name.ends_with(extension) && text.starts_with(part);
                if is_it { Ok(()) } else { Err(format!("{name} is {text}")) }
            });
        }
    });
}

#[test]
fn four_views_and_the_changes_fit_a_phone() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.go_to("changes");
        page.click("[data-testid=mark]");
        let sideways = "return document.documentElement.scrollWidth - innerWidth";
        assert_eq!(page.script::<i64>(sideways, &[]), 0);
    });
}
