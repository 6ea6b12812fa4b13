//! Pictures for people to look at, in `artifacts/browser`.

use std::env;
use std::fs;

use fantoccini::key::Key;
use netpol_tests::workspace_root;

use crate::harness::{Page, Screen, Setup, save, visit};
use crate::playground::Answer;

/// The page with one denied flow chosen.
fn take(name: &str, screen: Screen, dark: bool) -> Vec<u8> {
    let mut picture = Vec::new();
    // Without motion, the same page always gives the same picture.
    visit(Setup { screen, dark, reduced_motion: true, ..Setup::USUAL }, |page| {
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        page.script::<()>(
            "document.activeElement.blur();
            for (const pane of document.querySelectorAll('main *')) pane.scrollTop = 0;",
            &[],
        );
        page.point_at("h1");
        picture = page.screenshot();
    });
    save(&format!("{name}.png"), &picture);
    picture
}

#[test]
fn a_laptop_in_light() {
    let picture = take("laptop-light", Screen::Laptop, false);
    // The README's picture changes when somebody wants it to.
    if env::var_os("UPDATE_SCREENSHOT").is_some() {
        fs::write(workspace_root().join("docs/screenshot.png"), picture).unwrap();
    }
}

#[test]
fn a_laptop_in_the_dark() {
    take("laptop-dark", Screen::Laptop, true);
}

#[test]
fn a_phone_in_light() {
    take("phone-light", Screen::Phone, false);
}

#[test]
fn a_phone_in_the_dark() {
    take("phone-dark", Screen::Phone, true);
}

/// Takes pictures of one view after another. None of them scrolls sideways, and whatever the console
/// says about one fails the test.
struct Album<'p> {
    page: &'p Page,
    /// Such as `360-dark`.
    kind: String,
}

impl Album<'_> {
    #[track_caller]
    fn take(&self, view: &str) {
        let (content, window): (f64, f64) =
            self.page.script("return [document.documentElement.scrollWidth, innerWidth]", &[]);
        assert!(content <= window, "{view}: {content} wide in a window of {window}");
        save(&format!("view-{view}-{}.png", self.kind), &self.page.screenshot());
    }

    #[track_caller]
    fn take_dialog(&self, item: &str, dialog: &str) {
        self.page.click("[data-testid=document-menu]");
        self.page.click(&format!("[data-testid={item}]"));
        self.page.text_with(&format!("[data-testid={dialog}]"), "");
        self.take(dialog);
        self.page.press([Key::Escape]);
    }
}

/// Every view on one screen.
fn album(screen: Screen, dark: bool) {
    visit(Setup { screen, dark, reduced_motion: true, ..Setup::USUAL }, |page| {
        let theme = if dark { "dark" } else { "light" };
        let album = Album { page, kind: format!("{}-{theme}", screen.size().0) };
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        page.text_with("[data-testid=fixes]", "allow");
        album.take("graph");
        page.click("[data-testid=connect]");
        album.take("connect");
        page.click("[data-testid=connect]");
        page.click("[data-testid=film-open]");
        album.take("film");
        page.click("[data-testid=film-close]");
        for stage in ["matrix", "log", "changes"] {
            page.go_to(stage);
            album.take(stage);
        }
        page.go_to("graph");
        if screen == Screen::Phone {
            page.click("[data-testid=pane-document]");
        }
        for tab in ["manifests", "tests", "cluster"] {
            page.go_to(tab);
            album.take(tab);
        }
        album.take_dialog("keys", "shortcuts");
        album.take_dialog("export-item", "exports");
        album.take_dialog("share-item", "share");
        if screen == Screen::Phone {
            page.click("[data-testid=pane-picture]");
        }
        page.choose_scenario("first-policy");
        page.change(|| page.click("[data-testid=lesson-next]"));
        album.take("lesson");
    });
}

#[test]
fn every_view_on_a_laptop() {
    album(Screen::Laptop, false);
    album(Screen::Laptop, true);
}

#[test]
fn every_view_on_a_tablet() {
    album(Screen::Tablet, false);
    album(Screen::Tablet, true);
}

#[test]
fn every_view_on_a_phone() {
    album(Screen::Phone, false);
    album(Screen::Phone, true);
}
