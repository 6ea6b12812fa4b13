//! Lessons: read, do, go on, and pass a step on.

use netpol_lessons::{Step, lesson};

use crate::harness::{Page, Screen, Setup, open, visit};

const LESSON: &str = "[data-testid=lesson]";

/// A step of the first lesson, from 1.
fn step(number: usize) -> &'static Step {
    &lesson("first-policy").expect("a lesson").steps[number - 1]
}

/// Waits until the page is at a step of the first lesson, with the manifests that it begins with.
#[track_caller]
fn expect_step(page: &Page, number: usize) {
    expect_place(page, number);
    assert_eq!(page.whole_text(), step(number).document());
    assert_eq!(page.text("[data-testid=lesson] h2"), step(number).title);
}

#[track_caller]
fn expect_place(page: &Page, number: usize) {
    let name = Some(format!("first-policy:{number}"));
    page.expect("the step", &name, || page.attribute(LESSON, "data-step"));
    page.wait_until_ready();
}

#[track_caller]
fn expect_done(page: &Page, done: bool) {
    let done = Some(done.to_string());
    page.expect("what is done", &done, || page.attribute(LESSON, "data-done"));
}

#[track_caller]
fn click(page: &Page, button: &str) {
    page.click(&format!("[data-testid=lesson-{button}]"));
}

#[test]
pub(crate) fn a_lesson_is_begun_done_and_left() {
    visit(Setup::USUAL, |page| {
        page.choose_scenario("first-policy");
        expect_step(page, 1);
        assert_eq!(page.answer().verdict, "allowed");
        click(page, "next");
        expect_step(page, 2);
        expect_done(page, false);
        page.replace("app: website", "app: web");
        expect_done(page, true);
        assert_eq!(page.answer().verdict, "denied");
        click(page, "next");
        expect_step(page, 3);
        expect_done(page, false);
        page.change(|| click(page, "solve"));
        assert_eq!(Some(page.whole_text()), step(3).solved());
        expect_done(page, true);
        page.change(|| click(page, "again"));
        expect_step(page, 3);
        click(page, "back");
        expect_step(page, 2);
        click(page, "end");
        page.expect("no lesson", &0, || page.count(LESSON));
        assert_eq!(page.whole_text(), step(2).document());
    });
}

#[test]
fn what_a_step_made_another_text_can_be_undone() {
    visit(Setup { address: "#lesson=first-policy:2", ..Setup::USUAL }, |page| {
        expect_step(page, 2);
        page.replace("app: website", "app: wed");
        let mine = page.whole_text();
        page.change(|| click(page, "next"));
        expect_step(page, 3);
        page.change(|| page.click("[data-testid=undo-change]"));
        assert_eq!(page.whole_text(), mine);
    });
}

#[test]
fn a_step_is_still_there_after_a_reload() {
    visit(Setup { address: "#lesson=first-policy:4", ..Setup::USUAL }, |page| {
        expect_step(page, 4);
        click(page, "next");
        expect_step(page, 5);
        page.reload();
        expect_step(page, 5);
    });
}

#[test]
fn a_link_holds_the_step_and_what_was_made_of_it() {
    let mut sent = None;
    visit(Setup { address: "#lesson=first-policy:2", ..Setup::USUAL }, |page| {
        expect_step(page, 2);
        page.replace("app: website", "app: web");
        expect_done(page, true);
        page.click("[data-testid=share-open]");
        let link = page.until("a link", || {
            let script = "return document.querySelector('[data-testid=share-field]')?.value";
            page.script::<Option<String>>(script, &[]).ok_or_else(|| "there is none".to_owned())
        });
        page.click("[data-testid=share] [data-testid=close]");
        sent = Some((link, page.whole_text(), page.question()));
    });
    let (link, text, question) = sent.expect("the test ran");
    visit(Setup::USUAL, |page| {
        page.open_link(&link);
        expect_place(page, 2);
        assert_eq!((page.whole_text(), page.question()), (text, question));
        expect_done(page, true);
    });
}

#[test]
fn a_link_to_no_lesson_says_so_and_changes_nothing() {
    visit(Setup { address: "#lesson=first-policy:99", ..Setup::USUAL }, |page| {
        let notice = page.notice("refused");
        assert!(notice.contains("first-policy:99"), "{notice}");
        assert_eq!(
            (page.count(LESSON), page.scenario()),
            (0, crate::title("bookstore").to_owned())
        );
    });
}

#[test]
fn a_phone_has_room_for_the_lesson_and_the_picture() {
    let setup = Setup { address: "#lesson=first-policy:5", screen: Screen::Phone, ..Setup::USUAL };
    visit(setup, |page| {
        expect_place(page, 5);
        let (lesson, panes, sideways): (f64, f64, f64) = page.script(
            "const height = (css) => document.querySelector(css).getBoundingClientRect().height;
            return [height('.lesson') / innerHeight, height('.panes') / innerHeight,
                document.documentElement.scrollWidth - innerWidth]",
            &[],
        );
        assert!(lesson <= 0.51 && panes > 0.4, "lesson {lesson}, panes {panes}");
        assert!(sideways <= 0.0, "{sideways}");
        page.click("[data-testid=lesson] summary");
        page.expect("only the title", &true, || {
            page.script(
                "return document.querySelector('.lesson').offsetHeight < innerHeight / 4",
                &[],
            )
        });
    });
}

#[test]
fn axe_finds_nothing_in_a_lesson() {
    for (screen, dark) in [(Screen::Laptop, false), (Screen::Laptop, true), (Screen::Phone, false)]
    {
        let address = "#lesson=first-policy:3";
        open(Setup { address, screen, dark, reduced_motion: true, ..Setup::USUAL }, |page| {
            expect_place(page, 3);
            expect_done(page, false);
            assert_eq!(page.complaints(), Vec::<String>::new());
            page.change(|| click(page, "solve"));
            expect_done(page, true);
            assert_eq!(page.complaints(), Vec::<String>::new());
        });
    }
}
