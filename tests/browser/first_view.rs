//! What a first visit begins with, before the program has come.

use serde::Deserialize;

use crate::harness::{Page, Screen, Setup, open, save, visit};

/// As if the program never arrived.
const WITHOUT_PROGRAM: &str = "WebAssembly.instantiateStreaming = () => new Promise(() => {})";

/// What is seen, and where: `[text, left, top]`.
const SEEN: &str = "
    return [...document.querySelectorAll(arguments[0])]
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, {width, bottom}]) => width > 0 && bottom <= innerHeight)
        .map(([element, {left, top}]) => [element.textContent.trim(), left, top]);";

#[derive(Debug, Deserialize)]
struct Seen(String, f64, f64);

fn seen(page: &Page, css: &str) -> Vec<Seen> {
    page.script(SEEN, &[css.into()])
}

/// The first view, as it is when nothing else comes.
fn first(screen: Screen, test: impl FnOnce(&Page)) {
    let reduced_motion = true;
    let setup = Setup { screen, reduced_motion, before: WITHOUT_PROGRAM, ..Setup::USUAL };
    open(setup, |page| {
        page.text_with("#start-message", "Starting");
        test(page);
    });
}

#[test]
fn the_first_view_needs_no_program_and_stays_where_it_is() {
    // The text in the editor, then everything else: what is in both views.
    let text = [".text-line, .text-note", ".cm-line, .cm-note"];
    let others = ".graph *, .explanation *, .logo *, .pick, .top-bar .button, .tab, .stage-bar *, .stage-foot *";
    let (mut lines, mut parts) = (Vec::new(), Vec::new());
    first(Screen::Laptop, |page| {
        lines = seen(page, text[0]);
        parts = seen(page, others);
    });
    assert!(lines.len() > 20 && parts.len() > 100, "{} and {}", lines.len(), parts.len());
    visit(Setup { reduced_motion: true, ..Setup::USUAL }, |page| {
        page.text_with(".cm-note", "isolates");
        for (before, now) in [(lines, seen(page, text[1])), (parts, seen(page, others))] {
            let all = before.len().min(now.len());
            assert!(all + 3 > before.len().max(now.len()), "{} and {}", before.len(), now.len());
            for (Seen(text, left, top), now) in before.iter().zip(&now) {
                let near = (left - now.1).abs() < 1.0 && (top - now.2).abs() < 1.0;
                assert!(*text == now.0 && near, "{text} at {left} {top}, then {now:?}");
            }
        }
    });
}

#[test]
fn the_first_view_can_be_read_on_every_screen() {
    for screen in [Screen::Laptop, Screen::Tablet, Screen::Phone] {
        first(screen, |page| {
            let sentence = page.text(".answer");
            assert!(
                sentence.contains("No policy lets storefront leave for postgres"),
                "{sentence}"
            );
            let pictures = "return [...document.querySelectorAll('svg.graph')]
                .filter((it) => it.getClientRects().length > 0).length";
            assert_eq!(page.script::<usize>(pictures, &[]), 1, "one picture");
            let script = "return document.documentElement.scrollWidth - innerWidth";
            assert!(page.script::<i64>(script, &[]) <= 0, "nothing scrolls sideways");
            save(&format!("first-{}.png", screen.size().0), &page.screenshot());
            assert_eq!(page.complaints(), [""; 0]);
        });
    }
}

#[test]
fn the_first_view_needs_no_scripts() {
    visit(Setup::USUAL, |page| {
        // In such a frame none runs, and it can be looked into.
        page.script::<()>(
            "const frame = document.createElement('iframe');
            frame.id = 'without-scripts';
            frame.sandbox = 'allow-same-origin';
            frame.style = 'width: 1300px; height: 800px';
            frame.src = './';
            document.body.append(frame)",
            &[],
        );
        let seen = |css: &str| {
            let script = "const inside = document.getElementById('without-scripts').contentDocument;
                return [...inside.querySelectorAll(arguments[0])].filter((it) => it.getClientRects().length > 0).length";
            page.script::<usize>(script, &[css.into()])
        };
        page.expect("the words about scripts", &1, || seen("noscript .shell-trouble"));
        assert_eq!(seen("svg.graph"), 1, "one picture");
        assert_eq!(seen(".answer h2"), 1, "the sentence");
        assert!(seen(".text-line") > 20, "the text");
        // The browser says so of each script.
        let others = |error: &String| !error.contains("Blocked script execution");
        assert_eq!(page.take_errors().into_iter().filter(others).collect::<Vec<_>>(), [""; 0]);
    });
}

#[test]
fn nothing_is_typed_into_the_first_view_in_vain() {
    first(Screen::Laptop, |page| {
        page.click("[data-testid=from]");
        page.type_text("shop");
        assert_eq!(page.attribute("[data-testid=from]", "value").unwrap(), "bookstore/storefront");
        let value = "return document.querySelector('[data-testid=from]').value";
        assert_eq!(page.script::<String>(value, &[]), "bookstore/storefront");
    });
}

/// Does something to the first view as soon as it is there, and looks whether it was.
fn noting(change: &str) -> String {
    format!(
        "addEventListener('DOMContentLoaded', () => {{
            window.drawn = document.querySelector('[data-testid=export]');
            {change}
        }})"
    )
}

/// Whether the page goes on with the first view, or has drawn its own.
const GOES_ON: &str = "return window.drawn !== null && window.drawn === document.querySelector('[data-testid=export]')";

#[test]
fn the_page_goes_on_with_the_first_view() {
    let before = noting("window.drawn.focus()").leak();
    visit(Setup { before, ..Setup::USUAL }, |page| {
        assert!(page.script::<bool>(GOES_ON, &[]), "it is the same button");
        let focus = "return document.activeElement === window.drawn";
        assert!(page.script::<bool>(focus, &[]), "and it keeps the focus");
        page.press([fantoccini::key::Key::Enter]);
        page.text_with("[data-testid=exports]", "");
    });
}

#[test]
fn what_somebody_else_puts_into_the_first_view_does_no_harm() {
    let before = noting("document.querySelector('.top-bar').prepend(document.createElement('i'))");
    visit(Setup { before: before.leak(), ..Setup::USUAL }, |page| {
        assert!(!page.script::<bool>(GOES_ON, &[]), "the page draws its own");
        assert_eq!(page.count(".top-bar i"), 0);
        assert_eq!(page.answer().verdict, "denied");
    });
}

#[test]
fn who_has_been_here_or_comes_by_a_link_sees_no_other_document_first() {
    let before = noting("").leak();
    let was_seen = |page: &Page| page.script::<bool>("return window.drawn !== null", &[]);
    visit(Setup { before, ..Setup::USUAL }, |page| {
        assert!(was_seen(page), "a first visit");
        page.choose_scenario("np-demo");
        page.reload();
        page.wait_until_ready();
        assert!(!was_seen(page), "a document was left open");
        assert_eq!(page.scenario(), crate::title("np-demo"));
    });
    visit(Setup { before, address: "#example=np-demo", ..Setup::USUAL }, |page| {
        assert!(!was_seen(page), "a link");
    });
}
