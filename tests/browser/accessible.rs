//! axe finds nothing to complain about, in no view, however it is looked at.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Setup, visit};

/// The page, and what was complained about.
struct Audit<'p> {
    page: &'p Page,
    complaints: Vec<String>,
}

impl Audit<'_> {
    #[track_caller]
    fn look_at(&mut self, view: &str) {
        let complaints = self.page.complaints();
        self.complaints.extend(complaints.into_iter().map(|it| format!("{view}: {it}")));
    }

    /// Chooses an item of the document's menu, which opens a dialog.
    #[track_caller]
    fn look_at_dialog(&mut self, item: &str, dialog: &str) {
        self.page.click("[data-testid=document-menu]");
        self.look_at("the document's menu");
        self.page.click(&format!("[data-testid={item}]"));
        self.page.text_with(&format!("[data-testid={dialog}]"), "");
        self.look_at(dialog);
        self.page.press([Key::Escape]);
    }
}

/// Goes through all views of the page.
fn go_through(screen: Screen, dark: bool) {
    // Colours are judged where they have settled.
    visit(Setup { screen, dark, reduced_motion: true, ..Setup::USUAL }, |page| {
        let mut audit = Audit { page, complaints: Vec::new() };
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        page.text_with("[data-testid=fixes]", "allow");
        audit.look_at("the graph with an explanation");
        page.click("[data-testid=film-open]");
        audit.look_at("the film");
        page.click("[data-testid=film-close]");
        for stage in ["matrix", "log", "changes"] {
            page.go_to(stage);
            audit.look_at(stage);
        }
        page.go_to("graph");
        if screen == Screen::Phone {
            page.click("[data-testid=pane-document]");
        }
        for tab in ["manifests", "tests", "cluster"] {
            page.go_to(tab);
            audit.look_at(tab);
        }
        page.click("[data-testid=add-pod]");
        audit.look_at("the form for a pod");
        page.press([Key::Escape]);
        audit.look_at_dialog("keys", "shortcuts");
        audit.look_at_dialog("export-item", "exports");
        audit.look_at_dialog("share-item", "share");
        assert!(audit.complaints.is_empty(), "{}", audit.complaints.join("\n"));
    });
}

#[test]
pub(crate) fn on_a_laptop_in_light() {
    go_through(Screen::Laptop, false);
}

#[test]
fn on_a_laptop_in_the_dark() {
    go_through(Screen::Laptop, true);
}

#[test]
fn on_a_phone_in_light() {
    go_through(Screen::Phone, false);
}

#[test]
fn on_a_phone_in_the_dark() {
    go_through(Screen::Phone, true);
}
