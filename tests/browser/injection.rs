//! Markup, addresses and Markdown in every place that somebody else may have written: nothing of it
//! becomes more than text.

use serde_json::json;

use crate::embedding::{frame, page_with};
use crate::harness::{Page, Setup, Site, open, visit};

/// What would run if it became markup.
const HOSTILE: [&str; 4] = [
    "<img src=x onerror=pwned()>",
    "\"'><script>pwned()</script><svg onload=pwned()>",
    "](javascript:pwned()) <a href=javascript:pwned()>",
    "</text></svg><iframe srcdoc='<script>parent.pwned()</script>'>",
];

/// The string in every place of a document that has room for one.
fn document(hostile: &str) -> String {
    let it = serde_json::to_string(hostile).unwrap();
    let comment = hostile.replace('\n', " ");
    format!(
        r"# {comment}
apiVersion: v1
kind: Namespace
metadata: {{name: {it}, labels: {{{it}: {it}}}, annotations: {{{it}: {it}}}}}
---
apiVersion: v1
kind: Namespace
metadata: {{name: shop, labels: {{{it}: {it}}}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: {it}, namespace: shop, labels: {{app: {it}, {it}: x}}, annotations: {{{it}: {it}}}}}
spec: {{containers: [{{name: {it}, image: {it}, ports: [{{name: {it}, containerPort: 80}}, {{containerPort: 81}}]}}]}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop, labels: {{app: {it}}}}}
spec: {{containers: [{{name: c, image: i, ports: [{{containerPort: 80}}]}}], {it}: {it}}}
---
apiVersion: v1
kind: Service
metadata: {{name: {it}, namespace: shop}}
spec: {{selector: {{app: {it}}}, ports: [{{name: {it}, port: 80}}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: {it}, namespace: shop, annotations: {{{it}: {it}}}}}
spec:
  podSelector: {{matchLabels: {{app: {it}}}}}
  ingress:
  - from:
    - podSelector: {{matchExpressions: [{{key: {it}, operator: In, values: [{it}]}}]}}
    - ipBlock: {{cidr: {it}}}
    ports: [{{port: {it}, protocol: {it}}}]
  {it}: {it}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: plain, namespace: shop}}
spec: {{podSelector: {{matchLabels: {{app: {it}}}}}, ingress: [{{from: [{{podSelector: {{matchLabels: {{app: {it}}}}}}}]}}]}}
---
apiVersion: netpol/v1
kind: External
metadata: {{name: {it}}}
spec: {{ip: 203.0.113.7}}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {{name: {it}}}
spec: {{connections: [{{from: shop/web, to: {it}, port: 80, verdict: allowed}}, {{from: {it}, to: shop/web, port: {it}, verdict: {it}}}]}}
---
apiVersion: {it}
kind: {it}
metadata: {{name: {it}}}
---
{it}: [
"
    )
}

/// Whether something has run or become an element that nobody of ours makes.
#[track_caller]
fn nothing_has_run(page: &Page, where_: &str) {
    let found: Vec<String> = page.script(
        "const odd = '#app img:not(.cm-widgetBuffer), #app iframe, #app script, #app a[href^=javascript], #app [onerror], #app [onload]';
        return [...document.querySelectorAll(odd)].map((it) => it.outerHTML).concat(window.ran ?? [])",
        &[],
    );
    assert!(found.is_empty(), "{where_}: {found:?}");
}

/// What a call of the strings would do, before any script of the page.
const TRAP: &str = "window.pwned = () => { (window.ran ??= []).push('it ran') }";

#[test]
fn names_labels_keys_comments_and_messages_are_only_text_on_the_page() {
    visit(Setup { before: TRAP, ..Setup::USUAL }, |page| {
        for hostile in HOSTILE {
            page.replace_all(&document(hostile));
            page.wait_until_done();
            let all = page.script::<String>("return document.querySelector('#app').innerText", &[]);
            assert!(all.contains("web"), "the document is shown: {all}");
            page.ask(&format!("shop/{hostile}"), "shop/web", "80", "TCP");
            for tab in ["graph", "matrix", "log", "changes", "cluster", "tests", "manifests"] {
                page.go_to(tab);
                nothing_has_run(page, tab);
            }
            page.go_to("graph");
        }
    });
}

#[test]
fn pictures_and_reports_hold_it_as_text() {
    visit(Setup { before: TRAP, ..Setup::USUAL }, |page| {
        for hostile in HOSTILE {
            page.replace_all(&document(hostile));
            page.ask("203.0.113.7", "shop/web", "80", "TCP");
            page.click("[data-testid=export]");
            let text = |form: &str| -> String {
                page.click(&format!("[data-testid=export-form][value={form}]"));
                let ready = format!("[data-testid=preview][data-export={form}][data-ready=true]");
                page.expect("the preview", &1, || page.count(&ready));
                page.catch_downloads();
                page.click("[data-testid=export-save]");
                page.until("a file", || {
                    let (_, text) = page.downloaded();
                    if text.is_empty() { Err("nothing is saved".to_owned()) } else { Ok(text) }
                })
            };
            let svg = text("svg");
            let odd: Vec<String> = page.script(
                "const picture = new DOMParser().parseFromString(arguments[0], 'image/svg+xml');
                const known = ['svg', 'g', 'path', 'rect', 'circle', 'text', 'tspan', 'title', 'desc', 'defs', 'marker', 'style', 'line', 'polygon', 'metadata'];
                const all = [...picture.querySelectorAll('*')];
                return all.filter((it) => !known.includes(it.localName) || [...it.attributes].some(({ name, value }) => /^on/.test(name) || /javascript:/.test(value)))
                    .map((it) => it.outerHTML.slice(0, 200))",
                &[json!(svg)],
            );
            assert!(odd.is_empty(), "{odd:?}");
            let report = text("md");
            // Before the manifests, which stand in a fenced block.
            let (words, _) = report.split_once("```yaml").expect("the manifests are in it");
            let bare = without_code(words);
            for part in ["<img", "<script", "<svg", "<iframe", "](javascript"] {
                assert!(!bare.contains(part), "{part} is markup in {words}");
            }
            nothing_has_run(page, "the exports");
            page.click("[data-testid=close]");
        }
    });
}

/// A Markdown text without what stands in backticks.
fn without_code(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::new();
    while let Some(start) = rest.find('`') {
        bare.push_str(&rest[..start]);
        let ticks = rest[start..].chars().take_while(|letter| *letter == '`').count();
        let after = &rest[start + ticks..];
        let fence = "`".repeat(ticks);
        let end = after.find(&fence).map_or(after.len(), |end| end + ticks);
        rest = &after[end..];
    }
    bare.push_str(rest);
    bare
}

#[test]
fn a_link_and_a_frame_bring_it_as_text() {
    open(Setup { before: TRAP, ..Setup::BLANK }, |page| {
        for hostile in HOSTILE {
            let values = format!(
                "name={0} flow='shop/web>{0}:80/TCP' filter={0} view={0} tab={0} moved={0}",
                json!(hostile).to_string().replace("\\\"", "&quot;").replace('<', "&lt;")
            );
            let text = document(hostile).replace('&', "&amp;").replace('<', "&lt;");
            let body = format!("<netpol-playground {values}><pre>{text}</pre></netpol-playground>");
            let site = Site::page(&page_with(page, "", &body));
            page.go(&site.url("/"));
            let link = page.within(&frame(0), || {
                page.wait_until_done();
                nothing_has_run(page, "a frame");
                page.until("a link", || {
                    let link = page.attribute("[data-testid=open-in-playground]", "href");
                    link.ok_or_else(|| "there is none".to_owned())
                })
            });
            page.go(&link);
            page.wait_until_done();
            nothing_has_run(page, "a link");
        }
    });
}
