//! Pictures for people to look at, in `artifacts/browser`.

use std::env;
use std::fs;

use netpol_tests::workspace_root;

use crate::harness::{Screen, Setup, save, visit};
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
