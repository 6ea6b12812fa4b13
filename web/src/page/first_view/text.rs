//! The text as the editor is going to show it, to be read until the editor is there.

use netpol_web::model::{Shared, SharedText};
use netpol_web::protocol::Overview;
use yew::prelude::*;

/// So many lines: about as many as a window shows. Each costs time before anything is seen.
const LINES: usize = 45;

#[derive(PartialEq, Properties)]
pub(super) struct TextProps {
    pub(super) text: SharedText,
    pub(super) overview: Shared<Overview>,
}

/// The first lines, numbered and coloured, with what each policy says above it.
#[component]
pub(super) fn Text(props: &TextProps) -> Html {
    let line = |(index, line): (usize, &str)| {
        let policies = props.overview.topology.policies.iter();
        let here = policies.filter(|policy| policy.place.line as usize == index + 1);
        html! {
            <>
                for policy in here { <div class="text-note">{policy.summary.replace('`', "")}</div> }
                <div class="text-line">
                    { for parts(line).into_iter().map(part) }
                </div>
            </>
        }
    };
    html! {
        <div class="editor-text">
            { for props.text.lines().take(LINES).enumerate().map(line) }
        </div>
    }
}

/// A part of a line; only what is coloured costs an element.
fn part((class, text): (Option<&'static str>, &str)) -> Html {
    match class {
        Some(class) => html! { <span {class}>{text}</span> },
        None => text.into(),
    }
}

/// A line's parts with the class of each: comments, keys, what separates them, and the rest, which has none.
fn parts(line: &str) -> Vec<(Option<&'static str>, &str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (class, length) = first_part(rest);
        parts.push((class, &rest[..length]));
        rest = &rest[length..];
    }
    parts
}

/// The class and the length of the part with which a text begins.
fn first_part(text: &str) -> (Option<&'static str>, usize) {
    let word = text.find([' ', ',', '[', ']', '{', '}']).unwrap_or(text.len());
    if text.starts_with('#') {
        (Some("text-comment"), text.len())
    } else if let Some(key) = text[..word].strip_suffix(':').filter(|key| !key.is_empty()) {
        (Some("text-key"), key.len())
    } else if word == 0 {
        let space = text.len() - text.trim_start_matches(' ').len();
        if space > 0 { (None, space) } else { (Some("text-sign"), 1) }
    } else if ["-", "---", ":"].contains(&&text[..word]) {
        (Some("text-sign"), word)
    } else {
        (None, word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_coloured_as_the_editor_does() {
        let check = |line: &str, expected: &str| {
            let part = |(class, part): (Option<&'static str>, &str)| match class {
                Some(class) => format!("<{}>{part}</>", class.trim_start_matches("text-")),
                None => part.to_owned(),
            };
            assert_eq!(parts(line).into_iter().map(part).collect::<String>(), expected);
        };
        check("---", "<sign>---</>");
        check("# a: b", "<comment># a: b</>");
        check("kind: Pod", "<key>kind</><sign>:</> Pod");
        check("  - to: # all", "  <sign>-</> <key>to</><sign>:</> <comment># all</>");
        check("a/b: [x, y]", "<key>a/b</><sign>:</> <sign>[</>x<sign>,</> y<sign>]</>");
        check("- {port: 53}", "<sign>-</> <sign>{</><key>port</><sign>:</> 53<sign>}</>");
        check("image: web:1.0", "<key>image</><sign>:</> web:1.0");
    }
}
