//! Links: making them, and following them.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Setup, Site, open, visit};
use crate::playground::Answer;
use crate::{embedding, manifests, title};

/// What the edited scenario is called.
const EDITED: &str = "Bookstore, edited";

#[track_caller]
fn type_at_top(page: &Page, text: &str) {
    page.focus_editor();
    page.chord(&[Key::Control], char::from(Key::Home));
    page.change(|| page.paste(text));
}

/// The link that the open dialog shows.
#[track_caller]
fn link(page: &Page) -> String {
    page.until("a link", || {
        let script = "return document.querySelector('[data-testid=share-field]')?.value";
        page.script::<Option<String>>(script, &[]).ok_or_else(|| "there is none".to_owned())
    })
}

/// What a button of the open dialog puts into the clipboard.
#[track_caller]
fn copied(page: &Page, button: &str) -> String {
    page.script::<()>(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }",
        &[],
    );
    let button = format!("[data-testid={button}]");
    page.expect("something to copy", &None, || page.attribute(&button, "disabled"));
    page.click(&button);
    page.text_with("[data-testid=share]", "It is in the clipboard");
    page.script("return window.copied", &[])
}

#[track_caller]
fn make_link(page: &Page) -> String {
    page.click("[data-testid=share-open]");
    let link = link(page);
    page.click("[data-testid=share] [data-testid=close]");
    link
}

#[test]
pub(crate) fn a_link_opens_as_a_document_of_its_own_and_leaves_others_alone() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# sent\n");
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        let sent = page.whole_text();
        let link = make_link(page);
        type_at_top(page, "# later\n");
        page.open_link(&link);
        page.expect("the document", &format!("{EDITED} 2"), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.whole_text(), sent);
        let question = ["bookstore/storefront", "bookstore/postgres", "5432", "TCP"];
        assert_eq!(page.question(), question.map(str::to_owned));
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        type_at_top(page, "# mine\n");
        let both = vec![EDITED.to_owned(), format!("{EDITED} 2")];
        page.expect("both documents", &both, || page.documents());
        // The address still names the link; what has become of the document is what a reload shows.
        page.reload();
        page.expect("the document", &format!("{EDITED} 2"), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.whole_text(), format!("# mine\n{sent}"));
        assert_eq!(page.documents(), both);
        page.script::<()>(
            "const select = document.querySelector('[data-testid=scenario]');
            select.value = [...select.options].find((it) => it.text === arguments[0]).value;
            select.dispatchEvent(new Event('change', { bubbles: true }))",
            &[EDITED.into()],
        );
        page.expect("the document", &EDITED.to_owned(), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.whole_text(), format!("# later\n{sent}"));
    });
}

#[test]
fn a_link_that_is_opened_again_makes_another_copy_only_of_what_was_changed() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# sent\n");
        let sent = page.whole_text();
        let link = make_link(page);
        page.choose_scenario("np-demo");
        page.open_link(&link);
        page.expect("the document", &EDITED.to_owned(), || page.scenario());
        page.wait_until_ready();
        assert_eq!((page.whole_text(), page.documents()), (sent.clone(), vec![EDITED.to_owned()]));
        type_at_top(page, "# mine\n");
        page.open_link(&link);
        page.expect("the document", &format!("{EDITED} 2"), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.whole_text(), sent);
        let both = vec![EDITED.to_owned(), format!("{EDITED} 2")];
        page.expect("both documents", &both, || page.documents());
    });
}

#[test]
fn a_damaged_link_says_so_and_changes_nothing() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# sent\n");
        let link = make_link(page);
        type_at_top(page, "# mine\n");
        let mine = page.whole_text();
        let start = &link[..link.len() / 2];
        for (damaged, reason) in [
            (start.to_owned(), "the end of the link is missing"),
            (format!("{start}z"), "checksum"),
        ] {
            page.open_link(&damaged);
            let notice = page.notice("refused");
            assert!(notice.contains("nothing here has changed"), "{notice}");
            assert!(notice.contains(reason), "{notice}");
            page.expect("the document", &EDITED.to_owned(), || page.scenario());
            page.wait_until_ready();
            assert_eq!(page.whole_text(), mine);
            assert_eq!(page.documents(), [EDITED]);
        }
    });
}

#[test]
fn a_link_names_an_example() {
    visit(Setup { address: "#example=np-demo&view=matrix", ..Setup::USUAL }, |page| {
        page.expect("the document", &title("np-demo").to_owned(), || page.scenario());
        page.wait_until_ready();
        assert!(!page.cells().is_empty(), "the view is the one of the link");
        assert_eq!(page.whole_text(), manifests("np-demo"));
        assert!(page.documents().is_empty());
    });
}

#[test]
fn the_length_of_a_link_is_told_with_who_cuts_it() {
    visit(Setup::USUAL, |page| {
        page.click("[data-testid=share-open]");
        let length = link(page).len().to_string();
        let size = "[data-testid=share-size]";
        assert_eq!(page.attribute(size, "data-length"), Some(length.clone()));
        assert_eq!(
            page.text(size),
            format!("{length} characters. Short enough for chat and mail.")
        );
        page.press([Key::Escape]);
        page.expect("no window", &0, || page.count("[data-testid=share]"));
        // A text that cannot be made shorter: digits of a linear congruence.
        let digits = |count: usize| {
            let next =
                |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
            let line = |seed: u64| format!("# {seed:016x}\n");
            std::iter::successors(Some(1), next).take(count).map(line).collect::<String>()
        };
        for (lines, warning) in
            [(200, "⚠ Chat programs cut links"), (1000, "⚠ Chat and many mail programs cut links")]
        {
            page.replace_all(&digits(lines));
            page.click("[data-testid=share-open]");
            page.text_with(size, warning);
            page.press([Key::Escape]);
            page.expect("no window", &0, || page.count("[data-testid=share]"));
        }
    });
}

#[test]
fn a_link_may_hold_less_under_other_names() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# secret\n");
        page.ask("bookstore/intruder", "bookstore/postgres", "5432", "TCP");
        page.click("[data-testid=share-open]");
        page.click("[data-testid=share-minimise]");
        page.click("[data-testid=share-redact]");
        let least = page.until("a link under other names", || {
            let link = link(page);
            link.contains("flow=ns-1").then_some(link).ok_or_else(|| "not yet".to_owned())
        });
        let size = page.attribute("[data-testid=share-size]", "data-length");
        assert_eq!(size, Some(least.len().to_string()));
        assert!(!least.contains("name="), "{least}");
        page.press([Key::Escape]);
        page.open_link(&least);
        page.expect("the document", &"From a link".to_owned(), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
        let text = page.whole_text();
        for old in ["secret", "bookstore", "intruder", "postgres"] {
            assert!(!text.contains(old), "{old} is in {text}");
        }
    });
}

#[test]
fn a_report_has_the_link_and_a_phone_shares_from_the_menu() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        let bar: (bool, i64) = page.script(
            "const bar = document.querySelector('.top-bar');
            const button = document.querySelector('[data-testid=share-open]');
            return [button.checkVisibility(), bar.scrollWidth - bar.clientWidth]",
            &[],
        );
        assert_eq!(bar, (false, 0), "the bar has no room for it");
        page.click("[data-testid=document-menu]");
        page.click("[data-testid=share-item]");
        let link = link(page);
        let report = copied(page, "share-issue");
        for part in ["**Verdict:** denied", &format!("]({link})"), manifests("bookstore")] {
            assert!(report.contains(part), "{part:?} is missing in {report}");
        }
        let sideways =
            "const it = document.querySelector('dialog'); return it.scrollWidth - it.clientWidth";
        assert_eq!(page.script::<i64>(sideways, &[]), 0);
    });
}

/// The sentence, and what both sides say.
#[track_caller]
fn explained(page: &Page) -> (String, String) {
    (page.text("[data-testid=summary]"), page.text("[data-testid=explanation] .paths"))
}

#[test]
fn a_report_shows_the_same_on_another_machine() {
    let mut seen = None;
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# of one machine\n");
        page.ask("bookstore/intruder", "bookstore/postgres", "5432", "TCP");
        page.click("[data-testid=share-open]");
        let report = copied(page, "share-issue");
        page.click("[data-testid=share] [data-testid=close]");
        seen = Some((report, explained(page)));
    });
    let (report, told) = seen.expect("the test ran");
    let (_, link) = report.split_once("](").expect("a link");
    let (link, _) = link.split_once(')').expect("its end");
    visit(Setup::USUAL, |page| {
        page.open_link(link);
        page.expect("the document", &EDITED.to_owned(), || page.scenario());
        page.wait_until_ready();
        assert_eq!(explained(page), told);
        assert!(report.contains(&told.0), "{} is missing in {report}", told.0);
    });
}

#[test]
fn a_page_shows_what_the_dialog_gives_it() {
    let question = ["bookstore/intruder", "bookstore/postgres", "5432", "TCP"].map(str::to_owned);
    let mut given = None;
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# <b>mine</b>\n");
        let [from, to, port, protocol] = &question;
        page.ask(from, to, port, protocol);
        page.click("[data-testid=share-open]");
        given = Some((copied(page, "share-element"), copied(page, "share-frame")));
    });
    let (element, frame) = given.expect("the test ran");
    let shows = |html: &str, frame: &str| {
        open(Setup::BLANK, |page| {
            let site = Site::page(&format!("<!doctype html><title>Docs</title>{html}"));
            page.go(&site.url("/"));
            page.within(frame, || {
                page.wait_until_ready();
                assert_eq!(page.question(), question);
                assert_eq!(page.answer(), Answer::new("denied", "no", "no"));
                assert!(page.whole_text().starts_with("# <b>mine</b>\n"));
            });
        });
    };
    shows(&element, &embedding::frame(0));
    shows(&frame, "return document.querySelector('iframe')");

    let without_scripts = Setup { scripts: false, ..Setup::BLANK };
    open(without_scripts, |page| {
        let site = Site::page(&element);
        page.go(&site.url("/"));
        assert_eq!(page.text("netpol-playground a"), EDITED);
    });
}
