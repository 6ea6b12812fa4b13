//! `docs/semantics.md` as a page beside the playground: explanations link to its sections, and the page
//! needs no other host for them.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The name of the page.
pub(super) const NAME: &str = "semantics.html";

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<style>
:root { color-scheme: light dark; --ink: light-dark(#161b26, #e8ecf3); --line: light-dark(#dfe3ea, #262e3b);
  --sunk: light-dark(#eef0f4, #151a22); --accent: light-dark(#3451d1, #8da2ff); }
body { max-width: 760px; margin: 0 auto; padding: 24px 16px 40vh; background: light-dark(#fff, #0e1116); color: var(--ink);
  font: 15px/1.6 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; scroll-margin-top: 12px; }
h2 { margin-top: 2.2em; padding-top: 0.7em; border-top: 1px solid var(--line); }
:target { color: var(--accent); }
a { color: var(--accent); }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { padding: 1px 4px; border-radius: 4px; background: var(--sunk); }
pre { padding: 12px; overflow-x: auto; border-radius: 8px; background: var(--sunk); }
pre code { padding: 0; background: none; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 4px 10px; border: 1px solid var(--line); text-align: left; vertical-align: top; }
</style>
"#;

/// The page. Headings have the anchors that GitHub gives them; links to other files of the repository,
/// which are not there, are only text.
pub(super) fn page(markdown: &str) -> String {
    let events: Vec<Event<'_>> =
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect();
    let title = events.iter().position(|event| is_heading(event)).map(|at| text(&events[at..]));
    let mut body = String::new();
    html::push_html(&mut body, adapted(&events).into_iter());
    // What scrolls sideways can be reached without a mouse.
    let body = body.replace("<pre>", "<pre tabindex=\"0\">");
    let mut page = HEAD.to_owned();
    let title = title.unwrap_or_default();
    // A text cannot be refused.
    let _ = write!(
        page,
        "<title>{title}</title>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    );
    page
}

fn is_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Heading { .. }))
}

fn adapted<'a>(events: &[Event<'a>]) -> Vec<Event<'a>> {
    let mut kept = true;
    let mut result = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        match event.clone() {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let id = Some(CowStr::from(anchor(&text(&events[at..]))));
                result.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                kept = dest_url.starts_with('#') || dest_url.starts_with("https://");
                result.extend(kept.then(|| event.clone()));
            }
            Event::End(TagEnd::Link) => {
                result.extend(std::mem::replace(&mut kept, true).then(|| event.clone()));
            }
            Event::Start(Tag::Table(_)) => {
                result.push(Event::Html("<div class=\"table\" tabindex=\"0\">".into()));
                result.push(event.clone());
            }
            Event::End(TagEnd::Table) => {
                result.push(event.clone());
                result.push(Event::Html("</div>".into()));
            }
            other => result.push(other),
        }
    }
    result
}

/// The text of the element that begins here.
fn text(events: &[Event<'_>]) -> String {
    let inside =
        events.iter().skip(1).take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = inside.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    });
    words.collect()
}

/// As GitHub makes anchors: lower case, hyphens for spaces, and no punctuation.
fn anchor(heading: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ' ';
    let lower = heading.to_lowercase();
    lower.chars().filter(|c| plain(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_anchors_and_links_lead_somewhere() {
        let page = page(
            "# How it is\n\n## A pod itself, and its `node`\n\n[there](#a-pod) [code](../a.rs) [k8s](https://k8s.io)\n\n|a|\n|-|\n|b|\n",
        );
        for part in [
            "<title>How it is</title>",
            "<h2 id=\"a-pod-itself-and-its-node\">",
            "<a href=\"#a-pod\">there</a> code <a href=\"https://k8s.io\">k8s</a>",
            "<div class=\"table\" tabindex=\"0\"><table>",
        ] {
            assert!(page.contains(part), "no {part} in {page}");
        }
        assert!(!page.contains("<script"));
    }
}
