//! Pages around the element that are built carelessly, that change without being loaded, and whose playground
//! is slow or gone. Where it does not matter what is in the frame, a few lines take the playground's place.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use url::Url;

use crate::embedding::{frame, page_with};
use crate::harness::{Page, Served, Setup, Site, open};
use crate::manifests;

/// Understands the messages of docs/embed.md, and shows nothing.
const ANSWERS: &str = "<!doctype html><title>Playground</title><script>
    const tell = (message) => parent.postMessage({ netpol: 1, ...message }, '*');
    addEventListener('message', ({ data: { type, id } }) =>
        tell(type === 'get' ? { type: 'document', id, revision: 1, text: '', link: null } : { type: 'done', id }));
    tell({ type: 'ready' });
    </script>";

/// A page with the script of a playground that answers as long as it is told to.
struct Host {
    site: Site,
    answers: Arc<AtomicBool>,
}

impl Host {
    #[track_caller]
    fn open(page: &Page, attributes: &str, body: &str) -> Self {
        let script = script_of(page.address());
        let html = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Docs</title>
            <script async src='/playground/embed.js' {attributes}></script><body>{body}</body></html>"
        );
        let answers = Arc::new(AtomicBool::new(true));
        let does = Arc::clone(&answers);
        let site = Site::new(move |path| match path {
            "/" => Some(Served::html(html.as_str())),
            "/playground/embed.js" => Some(Served::new("text/javascript", script.as_str())),
            "/playground/" if does.load(Ordering::Relaxed) => Some(Served::html(ANSWERS)),
            "/playground/" => Some(Served::html("<!doctype html><title>Nothing</title>")),
            "/policy.yaml" => Some(Served::new("text/plain", "kind: NetworkPolicy\n")),
            _ => None,
        });
        page.go(&site.url("/"));
        Self { site, answers }
    }
}

/// The script of the playground at this address.
#[track_caller]
fn script_of(address: &str) -> String {
    let address = Url::parse(address).unwrap().join("embed.js").unwrap();
    let at = address.socket_addrs(|| None).unwrap();
    let mut stream = TcpStream::connect(&*at).unwrap();
    let (host, path) = (address.authority(), address.path());
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, script) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(" 200 "), "{head}");
    script.to_owned()
}

/// What the element says in the place of the playground.
#[track_caller]
fn note(page: &Page) -> String {
    page.script(
        "return document.querySelector('netpol-playground')?.shadowRoot.querySelector('[role=status]').innerText ?? 'no element'",
        &[],
    )
}

#[track_caller]
fn wait_until_told(page: &Page, part: &str) {
    page.until(part, || {
        let note = note(page);
        if note.contains(part) { Ok(()) } else { Err(format!("the note says {note:?}")) }
    });
}

/// Waits until the playground is about a text with this in it.
#[track_caller]
fn wait_for_text(page: &Page, part: &str) {
    page.until(part, || {
        let text: String = page.script_async(
            "document.querySelector('netpol-playground').get().then(({ text }) => arguments[0](text))",
        );
        if text.contains(part) { Ok(()) } else { Err(format!("the text is {text:?}")) }
    });
}

/// Waits until the playground is there, and nothing else is.
#[track_caller]
fn wait_until_live(page: &Page) {
    page.within(&frame(0), || ());
    assert_eq!(note(page), "");
    let frames = "return document.querySelector('netpol-playground').shadowRoot.querySelectorAll('iframe').length";
    assert_eq!(page.script::<usize>(frames, &[]), 1);
}

fn block(name: &str) -> String {
    format!("<pre><code>kind: NetworkPolicy\nmetadata: {{name: {name}}}\n</code></pre>")
}

/// How many blocks are offered to be tried.
#[track_caller]
fn expect_offers(page: &Page, number: usize) {
    page.expect("offers", &number, || page.count("[data-netpol-aside]"));
}

/// Presses "Try it", and says what is to be seen and where the focus is from then on.
#[track_caller]
fn try_it(page: &Page) -> (String, String) {
    expect_offers(page, 1);
    page.script(
        "const button = document.querySelector('[data-netpol-aside]').shadowRoot.querySelector('button');
        button.focus();
        button.click();
        const note = document.querySelector('netpol-playground').shadowRoot.querySelector('[role=status]');
        return [note.innerText, document.activeElement.localName]",
        &[],
    )
}

#[test]
fn a_text_that_cannot_be_read_is_tried_all_the_same() {
    let broken = "<pre>kind: NetworkPolicy\nmetadata: {name: broken}\nspec:\n  podSelector: {\n  ingress: []\n</pre>";
    open(Setup::BLANK, |page| {
        let site = Site::page(&page_with(page, "data-blocks=try", broken));
        page.go(&site.url("/"));
        assert_eq!(try_it(page), ("Starting…".to_owned(), "netpol-playground".to_owned()));
        page.within(&frame(0), || ());
        wait_for_text(page, "{name: broken}");
        let focus = "return document.querySelector('netpol-playground').shadowRoot.activeElement?.localName";
        assert_eq!(page.script::<Option<String>>(focus, &[]).as_deref(), Some("iframe"));
        assert_eq!(page.count("pre"), 1, "the block stays");
    });
}

#[test]
fn silence_is_told_and_can_be_ended() {
    // Nobody has to wait here.
    let before = "const later = setTimeout;
        window.setTimeout = (what, delay, ...rest) => later(what, delay === 20000 ? 0 : delay, ...rest)";
    open(Setup { before, ..Setup::BLANK }, |page| {
        let host = Host::open(page, "data-blocks=try", &block("a"));
        host.answers.store(false, Ordering::Relaxed);
        let _ = try_it(page);
        wait_until_told(page, "does not answer");
        let inside = "document.querySelector('netpol-playground').shadowRoot.querySelector";
        let link: String = page.script(&format!("return {inside}('.note a').href"), &[]);
        assert!(link.starts_with(&host.site.url("/playground/#1.")), "{link}");
        assert_eq!(page.count("pre"), 1, "the block stays");
        host.answers.store(true, Ordering::Relaxed);
        page.script::<()>(&format!("{inside}('.note button').click()"), &[]);
        wait_until_live(page);
        let focus: String = page.script("return document.activeElement.localName", &[]);
        assert_eq!(focus, "netpol-playground");
    });
}

#[test]
fn what_cannot_be_loaded_is_told_to_the_reader_alone() {
    let before = "window.unhandled = []; addEventListener('unhandledrejection', () => unhandled.push('one'))";
    open(Setup { before, ..Setup::BLANK }, |page| {
        let body = "<netpol-playground src=/missing.yaml></netpol-playground>";
        let _host = Host::open(page, "", body);
        wait_until_told(page, "/missing.yaml: the server answered 404");
        page.settle();
        assert!(page.script::<Vec<String>>("return unhandled", &[]).is_empty());
        let errors = page.take_errors();
        assert!(errors.iter().all(|it| it.contains("missing.yaml")), "{errors:?}");
        // Another address is tried at once.
        page.script::<()>(
            "document.querySelector('netpol-playground').setAttribute('src', '/policy.yaml')",
            &[],
        );
        wait_until_live(page);
    });
}

#[test]
fn an_element_shows_what_its_attributes_say_now() {
    let body = "<netpol-playground src=/policy.yaml></netpol-playground>";
    open(Setup::BLANK, |page| {
        let _host = Host::open(page, "", body);
        wait_until_live(page);
        let address = "return document.querySelector('netpol-playground').shadowRoot.querySelector('.live iframe')?.src ?? ''";
        assert!(page.script::<String>(address, &[]).contains("/#1."));
        page.script::<()>(
            "document.querySelector('netpol-playground').setAttribute('example', 'np-demo')",
            &[],
        );
        page.until("the example", || {
            let address: String = page.script(address, &[]);
            if address.contains("/#example=np-demo&") { Ok(()) } else { Err(address) }
        });
        wait_until_live(page);
    });
}

#[test]
fn an_element_that_is_taken_away_while_it_loads_has_one_frame_later() {
    open(Setup::BLANK, |page| {
        let _host = Host::open(page, "", "<p>Nothing</p>");
        page.expect("the script", &true, || {
            page.script("return customElements.get('netpol-playground') !== undefined", &[])
        });
        let frames: usize = page.script_async(
            "const element = document.createElement('netpol-playground');
            element.setAttribute('src', '/policy.yaml');
            document.body.append(element);
            const first = element.start();
            element.remove();
            document.body.append(element);
            Promise.allSettled([first, element.start()])
                .then(() => arguments[0](element.shadowRoot.querySelectorAll('iframe').length))",
        );
        assert_eq!(frames, 1);
        wait_until_live(page);
        // Where browsers can move a frame without loading it again, that is what happens.
        let stays: bool = page.script(
            "const element = document.querySelector('netpol-playground');
            if (!document.body.moveBefore) return true;
            document.body.moveBefore(element, document.body.firstChild);
            return element.shadowRoot.querySelector('.live') !== null",
            &[],
        );
        assert!(stays);
    });
}

#[test]
fn an_element_that_is_moved_goes_on_with_its_text() {
    open(Setup::BLANK, |page| {
        let body = "<netpol-playground example=np-demo></netpol-playground><div id=there></div>";
        let site = Site::page(&page_with(page, "", body));
        page.go(&site.url("/"));
        page.within(&frame(0), || page.wait_until_ready());
        let text = format!("{}# mine\n", manifests("np-demo"));
        page.script::<()>("window.text = arguments[0]", &[json!(text)]);
        page.script_async::<()>(
            "const element = document.querySelector('netpol-playground');
            element.set(text).then(() => {
                document.querySelector('#there').append(element);
                arguments[0]();
            })",
        );
        page.within(&frame(0), || page.wait_until_ready());
        wait_for_text(page, &text);
    });
}

#[test]
fn blocks_of_a_page_that_changes_without_being_loaded() {
    open(Setup::BLANK, |page| {
        let _host = Host::open(page, "data-blocks=try", &block("first"));
        expect_offers(page, 1);
        // The same element gets another text.
        page.script::<()>(
            "const text = document.querySelector('code').firstChild;
            text.nodeValue = text.nodeValue.replace('first', 'second')",
            &[],
        );
        let _ = try_it(page);
        let tried = "return document.querySelector('netpol-playground').manifests";
        let tried: String = page.script(tried, &[]);
        assert!(tried.contains("{name: second}"), "{tried}");
        // The block goes, and what belongs to it.
        page.script::<()>("document.querySelector('pre').remove()", &[]);
        page.expect("nothing", &0, || page.count("netpol-playground"));
        // Another body comes into the place of this one, and a text that is no policy becomes one.
        page.script::<()>(
            "const body = document.createElement('body');
            body.innerHTML = arguments[0] + '<pre>kind: Pod</pre>';
            document.body.replaceWith(body)",
            &[json!(block("third"))],
        );
        expect_offers(page, 1);
        page.script::<()>(
            "document.querySelectorAll('pre')[1].firstChild.nodeValue = 'kind: NetworkPolicy'",
            &[],
        );
        expect_offers(page, 2);
        // What a site has kept of a page is a copy of what was there, without what it does.
        page.script::<()>("document.body.replaceWith(document.body.cloneNode(true))", &[]);
        page.expect("offers that can be pressed", &(2, 2), || {
            page.script(
                "const bars = [...document.querySelectorAll('[data-netpol-aside]')];
                return [bars.length, bars.filter((it) => it.shadowRoot).length]",
                &[],
            )
        });
    });
}

#[test]
fn a_live_block_follows_its_text() {
    open(Setup::BLANK, |page| {
        let _host = Host::open(page, "data-blocks=live", &block("first"));
        let shown = || -> (Vec<String>, bool) {
            page.script(
                "return [[...document.querySelectorAll('netpol-playground')].map((it) => /name: (\\w+)/.exec(it.manifests)[1]),
                    document.querySelector('body > pre').checkVisibility()]",
                &[],
            )
        };
        page.expect("the first", &(vec!["first".to_owned()], false), shown);
        let say = |text: &str| {
            page.script::<()>(
                "document.querySelector('body > pre code').textContent = arguments[0]",
                &[json!(text)],
            );
        };
        say("kind: NetworkPolicy\nmetadata: {name: second}\n");
        page.expect("the second", &(vec!["second".to_owned()], false), shown);
        say("kind: Pod");
        page.expect("the block as it is", &(vec![], true), shown);
    });
}

#[test]
fn a_policy_is_known_by_its_key_in_any_style() {
    let policies = [
        "kind: NetworkPolicy\nmetadata: {name: it}",
        "- apiVersion: networking.k8s.io/v1\n  'kind': \"NetworkPolicy\" # as asked for\n  metadata: {name: it}",
        r#"{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "it"}}"#,
        "{\n  \"kind\": \"NetworkPolicy\",\n  \"metadata\": {\"name\": \"it\"}\n}",
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: it}}",
        "[{kind: NetworkPolicy, metadata: {name: it}}]",
        "$ kubectl get netpol it -o yaml\nkind: NetworkPolicy\nmetadata: {name: it}\n$ exit",
        "kubectl apply -f - <<EOF\nkind: NetworkPolicy\nmetadata: {name: it}\nEOF\n",
    ];
    let others = [
        "In a document with kind: NetworkPolicy, which is what this is about, there are rules.",
        "kind: NetworkPolicyList",
        "kind: CiliumNetworkPolicy",
        "# kind: NetworkPolicy",
        "$ kubectl get netpol\n",
        "kind: ConfigMap\ndata: {about: 'kind: NetworkPolicy'}",
    ];
    let pre = |class: &str, text: &str| {
        format!("<pre class='{class}'>{}</pre>", text.replace('<', "&lt;"))
    };
    let mut body = pre("language-diff", policies[0]) + &pre("language-bash policy", policies[7]);
    body.extend(others.map(|it| pre("other", it)));
    body.extend(policies.map(|it| pre("policy", it)));
    open(Setup::BLANK, |page| {
        let _host = Host::open(page, "data-blocks=try", &body);
        let number = policies.len() + 1;
        expect_offers(page, number);
        assert_eq!(page.count(".policy + [data-netpol-aside]"), number);
        let tried: Vec<String> = page.script(
            "for (const bar of document.querySelectorAll('[data-netpol-aside]')) bar.shadowRoot.querySelector('button').click();
            return [...document.querySelectorAll('netpol-playground')].map((it) => it.manifests)",
            &[],
        );
        assert_eq!(tried.len(), number);
        for text in tried {
            let is_command = ["$", "kubectl", "EOF"].iter().any(|it| text.contains(it));
            assert!(!is_command && text.contains("NetworkPolicy"), "{text}");
        }
    });
}

#[test]
fn a_policy_in_json_is_called_as_it_is_and_gets_pods() {
    let json = r#"<pre>{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "it"}, "spec": {"podSelector": {}}}</pre>"#;
    open(Setup::BLANK, |page| {
        let site = Site::page(&page_with(page, "data-blocks=live", json));
        page.go(&site.url("/"));
        page.within(&frame(0), || {
            page.wait_until_ready();
            assert_eq!(page.text(".embed-bar .logo-name"), "it");
            page.until("pods", || {
                if page.card_ids().is_empty() { Err("there are none".to_owned()) } else { Ok(()) }
            });
        });
    });
}
