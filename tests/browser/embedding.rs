//! The element on a page of another origin: what a reader of that page sees and does.

use std::fs;

use netpol_tests::workspace_root;
use serde_json::{Value, json};

use crate::harness::{Page, Screen, Setup, Site, open};
use crate::{doubt, manifests};

/// The frame of the element with that number.
pub(crate) fn frame(number: usize) -> String {
    format!(
        "return document.querySelectorAll('netpol-playground')[{number}]?.shadowRoot?.querySelector('.live iframe') ?? null"
    )
}

/// A page with the script and this body.
pub(crate) fn page_with(page: &Page, attributes: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>
        <title>Docs</title><script async src='{}embed.js' {attributes}></script>
        <body style='max-width: 760px; margin: 0 auto; background: white'>{body}</body></html>",
        page.address()
    )
}

const DENY_ALL: &str = "
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: deny-all, namespace: shop}
    spec: {podSelector: {}, policyTypes: [Ingress]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop, labels: {app: web}}
    spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: frontend, namespace: shop}
    spec: {containers: [{name: c, image: i}]}
";

/// Shows a page of another origin with the element.
#[track_caller]
fn embedded(setup: Setup, body: &str, test: impl FnOnce(&Page)) {
    open(setup, |page| {
        let site = Site::page(&page_with(page, "", body));
        page.go(&site.url("/"));
        test(page);
    });
}

#[test]
fn manifests_in_a_page_come_alive_and_open_as_they_are_shown() {
    let body = format!(
        "<netpol-playground name='Deny all' view=matrix flow='shop/frontend>shop/web:8080/TCP'><pre>{DENY_ALL}</pre></netpol-playground>"
    );
    embedded(Setup::BLANK, &body, |page| {
        let link = page.within(&frame(0), || {
            page.wait_until_ready();
            assert_eq!(page.answer().verdict, "denied");
            assert!(!page.cells().is_empty(), "the view is the matrix");
            page.click("[data-testid=pane-document]");
            page.focus_editor();
            page.change(|| page.paste("# mine\n"));
            let mine = page.whole_text();
            assert!(
                mine.contains("# mine\n") && mine.contains("metadata: {name: deny-all"),
                "{mine}"
            );
            let link = page.until("a link", || {
                let link = page.attribute("[data-testid=open-in-playground]", "href");
                link.ok_or_else(|| "there is none".to_owned())
            });
            (link, mine)
        });
        let (link, mine) = link;
        page.go("about:blank");
        page.go(&link);
        page.expect("the document", &"Deny all".to_owned(), || page.scenario());
        page.wait_until_ready();
        assert_eq!(page.whole_text(), mine);
        assert_eq!(
            page.question(),
            ["shop/frontend", "shop/web", "8080", "TCP"].map(str::to_owned)
        );
        assert!(!page.cells().is_empty());
        assert_eq!(page.documents(), ["Deny all"]);
    });
}

#[test]
fn a_frame_keeps_nothing_and_its_address_stays() {
    let body = "<netpol-playground example=np-demo></netpol-playground>";
    embedded(Setup::BLANK, body, |page| {
        let state = || -> Value {
            page.script(
                "return [location.href, history.length, Object.keys(localStorage), Object.keys(sessionStorage)]",
                &[],
            )
        };
        page.within(&frame(0), || {
            page.wait_until_ready();
            let before = state();
            page.click("[data-testid=pane-document]");
            page.focus_editor();
            page.change(|| page.paste("# mine\n"));
            assert_eq!(state(), before);
        });
        // The playground itself has only what its own visit left behind.
        page.go(page.address());
        page.wait_until_ready();
        assert!(page.documents().is_empty());
    });
}

#[test]
fn of_twenty_elements_only_the_one_in_sight_works() {
    let one = "<div style='height: 1500px'><netpol-playground example=np-demo><p>np-demo</p></netpol-playground></div>";
    embedded(Setup::BLANK, &one.repeat(20), |page| {
        page.within(&frame(0), || page.wait_until_ready());
        let frames = "return [...document.querySelectorAll('netpol-playground')].map((it) => it.shadowRoot.querySelectorAll('iframe').length)";
        let mut expected = vec![0; 20];
        expected[0] = 1;
        assert_eq!(page.script::<Vec<u32>>(frames, &[]), expected);
        // Out of sight nothing moves in the first one, either.
        page.script::<()>("scrollTo(0, 1100)", &[]);
        page.within(&frame(0), || {
            page.expect("flows to rest", &1, || page.count(".graph-room.out-of-sight"));
        });
        page.script::<()>(
            "document.querySelectorAll('netpol-playground')[19].scrollIntoView()",
            &[],
        );
        page.within(&frame(19), || page.wait_until_ready());
        assert_eq!(page.script::<Vec<u32>>(frames, &[])[5..15], [0; 10]);
    });
}

#[test]
fn what_is_hidden_is_not_there_and_what_is_read_only_stays() {
    let body = "<netpol-playground example=np-demo readonly hide=toolbar></netpol-playground>
        <netpol-playground example=np-demo hide=editor,toolbar></netpol-playground>";
    embedded(Setup::BLANK, body, |page| {
        page.within(&frame(0), || {
            page.wait_until_ready();
            assert!(!is_visible(page, ".stage-bar"));
            page.click("[data-testid=pane-document]");
            page.focus_editor();
            page.paste("# mine\n");
            page.type_text("x");
            // A shortcut that changes the text says why it does not.
            page.script::<()>(
                "dispatchEvent(new KeyboardEvent('keydown', { key: 'F', shiftKey: true, altKey: true, bubbles: true }))",
                &[],
            );
            let notice = page.notice("told");
            assert!(notice.contains("cannot be changed here"), "{notice}");
            assert_eq!(page.whole_text(), manifests("np-demo"));
            assert!(!is_visible(page, ".document-bar"));
        });
        page.script::<()>(
            "document.querySelectorAll('netpol-playground')[1].scrollIntoView()",
            &[],
        );
        page.within(&frame(1), || {
            page.wait_until_ready();
            assert!(!is_visible(page, "[data-testid=editor]"));
            assert_eq!(page.count("[data-testid=pane-document]"), 0);
            assert!(is_visible(page, "[data-testid=graph]"));
        });
    });
}

#[test]
fn what_plugins_decide_is_told_and_not_chosen_where_the_text_stays() {
    let body = format!(
        "<netpol-playground readonly flow='default/web>default/db:80/TCP'><pre>{}</pre></netpol-playground>",
        doubt::OPEN
    );
    embedded(Setup::BLANK, &body, |page| {
        page.within(&frame(0), || {
            page.wait_until_ready();
            assert_eq!(page.answer().verdict, "implementation-defined");
            assert!(page.count("[data-testid=doubt] [data-testid=plugin]") > 0);
            assert_eq!(page.count("[data-testid=doubt] button"), 0);
        });
    });
}

#[track_caller]
fn is_visible(page: &Page, css: &str) -> bool {
    page.script(
        "return document.querySelector(arguments[0])?.checkVisibility() ?? false",
        &[json!(css)],
    )
}

#[test]
fn tab_goes_through_the_frame_and_on() {
    let body = format!(
        "<netpol-playground hide=picture,explanation><pre>{DENY_ALL}</pre></netpol-playground><button id=after>After</button>"
    );
    embedded(Setup::BLANK, &body, |page| {
        page.within(&frame(0), || {
            page.wait_until_ready();
            page.focus_editor();
            assert!(page.script::<bool>(
                "return document.activeElement.closest('.cm-editor') !== null",
                &[]
            ));
        });
        // Each key goes where the focus is, in the frame or behind it.
        for _ in 0..40 {
            page.press([fantoccini::key::Key::Tab]);
            if page.script("return document.activeElement.id === 'after'", &[]) {
                return;
            }
        }
        panic!("the focus does not leave the frame");
    });
}

#[test]
fn the_theme_is_that_of_the_page_around() {
    let body = "<netpol-playground example=np-demo></netpol-playground>";
    embedded(Setup { dark: true, ..Setup::BLANK }, body, |page| {
        let theme = || page.attribute("html", "data-theme");
        page.within(&frame(0), || {
            page.wait_until_ready();
            // The system is dark, the page around is not.
            page.expect("light", &Some("light".to_owned()), theme);
        });
        page.script::<()>("document.body.style.background = '#1b1b1d'", &[]);
        page.within(&frame(0), || page.expect("dark", &Some("dark".to_owned()), theme));
        page.script::<()>(
            "document.querySelector('netpol-playground').setAttribute('theme', 'light')",
            &[],
        );
        page.within(&frame(0), || page.expect("light", &Some("light".to_owned()), theme));
        let kept: Option<String> = page
            .within(&frame(0), || page.script("return localStorage.getItem('netpol-theme')", &[]));
        assert_eq!(kept, None);
    });
}

#[test]
fn a_frame_is_as_tall_as_what_is_in_it() {
    let body = "<netpol-playground example=np-demo hide=editor,explanation,toolbar style='--netpol-max-height: 2000px'></netpol-playground>";
    for screen in [Screen::Laptop, Screen::Phone] {
        embedded(Setup { screen, ..Setup::BLANK }, body, |page| {
            let inner = |page: &Page| -> [f64; 2] {
                page.within(&frame(0), || {
                    page.script(
                        "return [document.querySelector('#app').getBoundingClientRect().height, document.documentElement.scrollWidth - innerWidth]",
                        &[],
                    )
                })
            };
            page.within(&frame(0), || page.wait_until_ready());
            page.until("the height to fit", || {
                let [inside, sideways] = inner(page);
                let outside: f64 = page.script(
                    "return document.querySelector('netpol-playground').getBoundingClientRect().height",
                    &[],
                );
                let fits = (outside - inside).abs() <= 3.0 && inside > 150.0 && sideways <= 0.0;
                if fits { Ok(()) } else { Err(format!("{outside} around {inside}, {sideways} sideways")) }
            });
            let sideways: f64 =
                page.script("return document.documentElement.scrollWidth - innerWidth", &[]);
            assert!(sideways <= 0.0, "{sideways}");
        });
    }
}

#[test]
fn without_the_playground_the_manifests_are_read_as_they_stand() {
    let body = format!("<netpol-playground><pre>{DENY_ALL}</pre></netpol-playground>");
    open(Setup { scripts: false, ..Setup::BLANK }, |page| {
        let site = Site::page(&page_with(page, "", &body));
        page.go(&site.url("/"));
        assert!(page.text("netpol-playground pre").contains("deny-all"));
    });
}

#[test]
fn a_policy_that_forbids_the_frame_is_told_at_once() {
    let body = format!("<netpol-playground><pre>{DENY_ALL}</pre></netpol-playground>");
    for policy in ["frame-src 'none'", "child-src 'none'", "default-src 'none'; script-src ORIGIN"]
    {
        open(Setup::BLANK, |page| {
            let origin = page.address().trim_end_matches('/');
            let policy = policy.replace("ORIGIN", origin);
            let html = page_with(page, "", &body).replace(
                "<meta charset=utf-8>",
                &format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">"),
            );
            let site = Site::page(&html);
            page.go(&site.url("/"));
            // Before the playground could be called silent.
            page.until("what the page has to allow", || {
                let note: String = page.script(
                    "return document.querySelector('netpol-playground').shadowRoot?.querySelector('[role=status]').innerText ?? ''",
                    &[],
                );
                if note.contains(&format!("“frame-src {origin}”")) { Ok(()) } else { Err(note) }
            });
            let text = page.text("netpol-playground pre");
            assert!(text.contains("deny-all"), "{text}");
            let errors = page.take_errors();
            assert!(errors.iter().all(|it| it.contains("Content Security Policy")), "{errors:?}");
        });
    }
}

#[test]
fn a_page_needs_no_more_leave_than_the_documentation_says() {
    let docs = fs::read_to_string(workspace_root().join("docs/embedding.md")).unwrap();
    let (_, rest) = docs.split_once("## What a page must allow").unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let (policy, _) = rest.split_once("\n```").unwrap();
    open(Setup::BLANK, |page| {
        let policy =
            policy.replace("https://playground.example", page.address().trim_end_matches('/'));
        let body = format!("<netpol-playground><pre>{DENY_ALL}</pre></netpol-playground>");
        // The page's own style is what this policy does not allow.
        let html = page_with(page, "", &body).replace(
            "<meta charset=utf-8>",
            &format!("<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src-attr 'unsafe-inline'; img-src 'self'; {policy}\">"),
        );
        let site = Site::page(&html);
        page.go(&site.url("/"));
        page.within(&frame(0), || {
            page.wait_until_ready();
            assert!(page.text(".embed-bar .logo-name").contains("deny-all"));
        });
        let height: f64 = page.script(
            "return document.querySelector('netpol-playground').shadowRoot.querySelector('iframe').getBoundingClientRect().height",
            &[],
        );
        assert!(height > 400.0, "{height}");
    });
}

#[test]
fn on_paper_a_frame_is_a_still_picture() {
    let body = "<netpol-playground example=np-demo theme=dark></netpol-playground>";
    embedded(Setup::BLANK, body, |page| {
        page.within(&frame(0), || page.wait_until_ready());
        page.print_preview(true);
        page.within(&frame(0), || {
            assert!(is_visible(page, "[data-testid=graph]"));
            for pressed_or_scrolled in [".stage-bar", "[data-testid=editor]"] {
                assert!(!is_visible(page, pressed_or_scrolled), "{pressed_or_scrolled}");
            }
            // The screen was wider than the paper is.
            let (beyond, theme): (f64, String) = page.script(
                "const graph = document.querySelector('[data-testid=graph]');
                graph.style.width = '3000px';
                return [graph.getBoundingClientRect().right - innerWidth,
                    getComputedStyle(document.documentElement).colorScheme]",
                &[],
            );
            assert!(beyond <= 0.0, "{beyond} pixels are cut off");
            assert_eq!(theme, "light");
            let dots: Vec<String> = page.script(
                "return [...document.querySelectorAll('.dot')].map((it) => getComputedStyle(it).display)",
                &[],
            );
            assert!(!dots.is_empty() && dots.iter().all(|it| it == "none"), "{dots:?}");
        });
    });
}

#[test]
fn nothing_in_a_frame_complains_and_nobody_has_trouble_with_it() {
    let body = format!(
        "<main><h1>Docs</h1><netpol-playground name='Deny all'><pre>{DENY_ALL}</pre></netpol-playground></main>"
    );
    for (screen, dark) in [(Screen::Laptop, false), (Screen::Phone, true)] {
        embedded(Setup { screen, dark, ..Setup::BLANK }, &body, |page| {
            page.within(&frame(0), || {
                page.wait_until_ready();
                let complaints = page.complaints();
                assert!(complaints.is_empty(), "{}", complaints.join("\n"));
            });
        });
    }
}
