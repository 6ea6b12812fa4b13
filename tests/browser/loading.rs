//! `#url=`: manifests from an address, after a yes.

use crate::harness::{Page, Screen, Served, Setup, Site, visit};
use crate::title;

const QUESTION: &str = "return document.querySelector('.load iframe') ?? null";

/// A host with files that everybody may read, and others.
fn host() -> Site {
    let free = |served: Served| Some(served.header("Access-Control-Allow-Origin: *"));
    Site::new(move |path| match path {
        "/shop.yaml" => free(Served::new(
            "text/yaml",
            "kind: Namespace\napiVersion: v1\nmetadata: {name: shop}\n",
        )),
        "/page" => free(Served::html("<p>hello</p>")),
        "/large.yaml" => free(Served::new("text/yaml", "# x\n".repeat(3 << 20))),
        "/slow.yaml" => free(Served { stalls: true, ..Served::new("text/yaml", "# x\n") }),
        "/noise.yaml" => free(Served::new("text/yaml", [0xff, 0xfe, 0x00])),
        "/private.yaml" => Some(Served::new("text/yaml", "kind: Secret")),
        _ => None,
    })
}

#[track_caller]
fn offered(page: &Page, address: &str) {
    page.go("about:blank");
    page.go(&format!("{}#url={address}", page.address()));
    page.within(QUESTION, || page.text_with("#address", address));
}

#[test]
fn an_address_is_loaded_after_a_yes_and_not_before() {
    let site = host();
    visit(Setup::USUAL, |page| {
        page.script::<()>("document.cookie = 'secret=1'", &[]);
        let address = site.url("/shop.yaml");
        offered(page, &address);
        assert!(site.requests().is_empty(), "nobody has said yes");
        page.within(QUESTION, || page.click("#no"));
        page.expect("no question", &0, || page.count("[data-testid=load]"));
        assert!(site.requests().is_empty());
        assert_eq!(page.scenario(), title("bookstore"));

        offered(page, &address);
        page.within(QUESTION, || page.click("#yes"));
        page.expect("the document", &"shop.yaml".to_owned(), || page.scenario());
        page.wait_until_ready();
        assert!(page.whole_text().contains("name: shop"));
        let requests = site.requests();
        let [request] = &requests[..] else { panic!("{requests:?}") };
        for word in ["cookie", "referer"] {
            assert!(!request.to_lowercase().contains(word), "{request}");
        }
    });
}

#[test]
fn the_question_is_seen_whole_and_its_answer_has_the_focus() {
    let site = host();
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        let address = site.url("/shop.yaml");
        offered(page, &address);
        page.within(QUESTION, || {
            page.expect("the focus", &(true, "yes".to_owned()), || {
                page.script("return [document.hasFocus(), document.activeElement.id]", &[])
            });
            let hidden = || {
                let script = "const root = document.documentElement; return root.scrollHeight - root.clientHeight";
                page.script::<i64>(script, &[])
            };
            page.expect("no part to scroll to", &0, hidden);
        });
    });
}

#[test]
fn what_cannot_be_loaded_is_said_and_changes_nothing() {
    let site = host();
    visit(Setup::USUAL, |page| {
        for (path, reason) in [
            ("/none.yaml", "the host did not answer, or does not allow"),
            ("/private.yaml", "does not allow other pages to read it"),
            ("/page", "it is a page, not manifests"),
            ("/large.yaml", "it has more than 8 MiB"),
            ("/noise.yaml", "it is no text in UTF-8"),
            ("/slow.yaml", "there was no whole answer within 15 seconds"),
        ] {
            offered(page, &site.url(path));
            page.within(QUESTION, || page.click("#yes"));
            let notice = page.notice("refused");
            assert!(
                notice.contains(reason) && notice.contains("nothing here has changed"),
                "{notice}"
            );
            assert_eq!(page.scenario(), title("bookstore"));
            // What the browser says of a host that refuses is not the page's error.
            page.take_errors();
        }
        for (address, reason) in [
            ("javascript:alert(1)", "only https: is loaded"),
            ("data:text/yaml,kind: Pod", "only https: is loaded"),
            ("http://example.com/a.yaml", "only https: is loaded"),
            ("https://user:word@example.com/a.yaml", "a name and a password"),
            ("policies/a.yaml", "it is no complete address"),
        ] {
            page.go("about:blank");
            page.go(&format!("{}#url={address}", page.address()));
            let notice = page.notice("refused");
            assert!(notice.contains(reason), "{address}: {notice}");
        }
    });
}
