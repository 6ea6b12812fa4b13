//! The conversation between a page and the playground in its frame, docs/embed.md.

use std::fs;

use netpol_tests::workspace_root;
use serde_json::{Value, json};

use crate::embedding::{frame, page_with};
use crate::harness::{Page, Setup, Site, open};
use crate::manifests;

const BODY: &str = "<netpol-playground example=np-demo flow='np-demo/other>np-demo/web:8080/TCP'></netpol-playground>";

#[track_caller]
fn embedded(test: impl FnOnce(&Page)) {
    open(Setup::BLANK, |page| {
        let site = Site::page(&page_with(page, "", BODY));
        page.go(&site.url("/"));
        page.within(&frame(0), || page.wait_until_ready());
        test(page);
    });
}

#[test]
fn a_page_reads_and_writes_the_document_and_hears_of_verdicts() {
    embedded(|page| {
        page.script::<()>(
            "window.element = document.querySelector('netpol-playground');
            window.heard = [];
            element.addEventListener('netpol-judged', ({ detail }) => heard.push(detail))",
            &[],
        );
        let content: Value = page.script_async("element.get().then(arguments[0])");
        assert_eq!(content["text"], manifests("np-demo"));
        let link = content["link"].as_str().unwrap();
        assert!(link.starts_with(page.address()), "{link}");
        // Without its policies everything is allowed.
        let open: String = manifests("np-demo")
            .split("---\n")
            .filter(|it| !it.contains("kind: NetworkPolicy"))
            .collect::<Vec<_>>()
            .join("---\n");
        page.script::<()>("element.set(arguments[0])", &[json!(open)]);
        page.until("the verdict", || {
            let heard: Vec<Value> = page.script("return heard", &[]);
            let is_it = |it: &Value| {
                it["connection"]["verdict"] == "allowed"
                    && it["connection"]["from"] == "np-demo/other"
            };
            if heard.iter().any(is_it) { Ok(()) } else { Err(format!("{heard:?}")) }
        });
        let text: String =
            page.script_async("element.get().then(({ text }) => arguments[0](text))");
        assert_eq!(text, open);
        page.script::<()>("element.start().then((it) => it.show('view=matrix'))", &[]);
        page.within(&frame(0), || {
            page.until("the matrix", || {
                if page.cells().is_empty() { Err("no cells".to_owned()) } else { Ok(()) }
            });
            assert_eq!(page.question()[0], "np-demo/other", "what is not named stays");
        });
    });
}

#[test]
fn the_example_of_the_documentation_does_what_it_says() {
    let docs = fs::read_to_string(workspace_root().join("docs/embed.md")).unwrap();
    let (_, example) = docs.split_once("```html\n").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    open(Setup::BLANK, |page| {
        let example = example.replace("https://playground.example/", page.address());
        let site =
            Site::page(&format!("<!doctype html><html lang=en><title>Docs</title>{example}"));
        page.go(&site.url("/"));
        let text = manifests("np-demo").replacen("role: frontend", "role: other", 1);
        page.within(&frame(0), || {
            page.until("the matrix", || {
                if page.cells().is_empty() { Err("no cells".to_owned()) } else { Ok(()) }
            });
            page.wait_until_ready();
            assert_eq!(page.whole_text(), text);
        });
    });
}

#[test]
fn a_text_that_cannot_be_read_is_told_of() {
    embedded(|page| {
        page.script::<()>(
            "window.heard = [];
            const element = document.querySelector('netpol-playground');
            element.addEventListener('netpol-judged', ({ detail }) => heard.push(detail));
            element.set('kind: [')",
            &[],
        );
        page.until("what is wrong", || {
            let heard: Vec<Value> = page.script("return heard", &[]);
            let is_it = |it: &Value| it["findings"]["errors"] == 1 && it["connection"].is_null();
            if heard.iter().any(is_it) { Ok(()) } else { Err(format!("{heard:?}")) }
        });
    });
}

#[test]
fn wrong_messages_break_nothing_and_leak_nothing() {
    embedded(|page| {
        // All that is wrong in one way, and then all kinds of nonsense by a fixed sequence.
        page.script::<()>(
            "window.heard = [];
            const frame = document.querySelector('netpol-playground').shadowRoot.querySelector('iframe');
            addEventListener('message', ({ data }) => heard.push(data));
            const right = { netpol: 1, type: 'set', id: 7, text: 'kind: Namespace' };
            const cyclic = {}; cyclic.self = cyclic;
            const wrong = [null, 0, 'set', [], {}, cyclic, new Map([['netpol', 1]]), { ...right, netpol: 2 }, { ...right, netpol: '1' },
                { ...right, type: 'eval' }, { ...right, type: '__proto__' }, { ...right, type: null }, { ...right, id: 'x' }, { ...right, id: NaN },
                { ...right, id: undefined }, { ...right, text: 5 }, { ...right, text: { toString: 'x' } }, { ...right, text: undefined },
                { ...right, text: 'x'.repeat((8 << 20) + 1) }, { netpol: 1, type: 'show', id: 1 }, { netpol: 1, type: 'show', id: 1, link: ['view=log'] },
                new Uint8Array(8).buffer, new Error('x'), document.title];
            let seed = 1;
            const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
            const values = [null, true, -1, 1e308, '', 'set', 'get', 'hello', 'javascript:alert(1)', '<img src=x onerror=alert(1)>', [], {}, 'x'.repeat(1000)];
            for (let i = 0; i < 500; i++) {
                const message = { netpol: random(9) ? 1 : 2 };
                for (const key of ['type', 'id', 'text', 'link', 'constructor']) if (random(3)) message[key] = values[random(values.length)];
                // What is right by chance is another matter.
                if (message.netpol === 1 && Number.isSafeInteger(message.id)) message.id = 0.5;
                wrong.push(message);
            }
            for (const message of wrong) frame.contentWindow.postMessage(message, '*')",
            &[],
        );
        let after: Value = page
            .script_async("document.querySelector('netpol-playground').get().then(arguments[0])");
        assert_eq!(after["text"], manifests("np-demo"));
        page.within(&frame(0), || page.wait_until_ready());
        // Only what was asked rightly was answered, and only that the page itself knows.
        let heard: Vec<Value> = page.script("return heard", &[]);
        let mut kinds: Vec<&str> = heard
            .iter()
            .filter_map(|it| it["type"].as_str())
            .filter(|it| !["height", "judged"].contains(it))
            .collect();
        // The element asks for the document, too.
        kinds.dedup();
        assert_eq!(kinds, ["document"], "{heard:?}");
    });
}

#[test]
fn only_the_page_around_is_heard_and_only_who_said_hello() {
    embedded(|page| {
        // A frame beside it, of another origin, finds the playground by its window.
        let stranger = Site::page(
            "<script>
            addEventListener('message', ({ data }) => top.postMessage({ stranger: data }, '*'));
            const frames = [...Array(top.length).keys()].map((i) => top[i]).filter((it) => it !== self);
            for (const it of frames) for (const type of ['hello', 'get', 'set'])
                it.postMessage({ netpol: 1, type, id: 1, text: 'kind: Stolen' }, '*');
            </script>",
        );
        page.script::<()>(
            "window.heard = [];
            addEventListener('message', ({ data }) => data.stranger && heard.push(data));
            const frame = Object.assign(document.createElement('iframe'), { src: arguments[0] });
            window.loaded = new Promise((resolve) => frame.onload = resolve);
            document.body.append(frame)",
            &[json!(stranger.url("/"))],
        );
        page.script_async::<()>("loaded.then(() => arguments[0]())");
        let text: String =
            page.script_async("document.querySelector('netpol-playground').get().then(({ text }) => arguments[0](text))");
        assert_eq!(text, manifests("np-demo"));
        let heard: Vec<Value> = page.script("return heard", &[]);
        assert!(heard.is_empty(), "{heard:?}");
    });
}

#[test]
fn a_page_of_its_own_hears_nobody() {
    open(Setup::USUAL, |page| {
        let site = Site::page(
            "<script>
            window.heard = [];
            addEventListener('message', ({ data }) => heard.push(data));
            </script>",
        );
        page.wait_until_ready();
        let address = page.address().to_owned();
        page.go(&site.url("/"));
        page.script::<()>("window.other = open(arguments[0])", &[json!(address)]);
        let state = "try { return other.document && 'own' } catch { return 'there' }";
        page.expect("the playground", &"there".to_owned(), || page.script(state, &[]));
        for _ in 0..20 {
            page.script::<()>(
                "for (const type of ['hello', 'get']) other.postMessage({ netpol: 1, type, id: 1 }, '*')",
                &[],
            );
            page.script_async::<()>("setTimeout(arguments[0], 20)");
        }
        let heard: Vec<Value> = page.script("return heard", &[]);
        assert!(heard.is_empty(), "{heard:?}");
    });
}
