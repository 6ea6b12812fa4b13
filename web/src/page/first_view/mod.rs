//! What a first visit begins with, drawn when the page is built: a browser shows it before any program has come,
//! and without scripts, too. Only a build for the machine itself has this.

mod text;

use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

use netpol_web::engine::Engine;
use netpol_web::model::{Model, Msg, Start, update};
use netpol_web::test_ids;
use tokio::runtime::{self, Runtime};
use yew::ServerRenderer;

use crate::app::{App, AppProps};
use crate::desk::Desk;
use text::{Text, TextProps};

/// The rooms for which the picture is drawn, in pixels, with the class by which `web/css/first.css` chooses among
/// them: as they are on the page in a usual window, in a small one, on a tablet and on a phone, where the page scrolls.
const ROOMS: [(&str, [u32; 2]); 4] = [
    ("in-window", [960, 410]),
    ("in-small-window", [672, 276]),
    ("on-tablet", [448, 390]),
    ("on-phone", [368, u32::MAX]),
];

/// Writes the first view as HTML to the standard output.
pub(crate) fn print() {
    if let Some(html) = html() {
        // Who reads it notices when it is not whole.
        let _ = writeln!(io::stdout(), "{html}");
    }
}

/// The page as it is with the first document, with a picture for each of the rooms, and the text where the editor
/// will be; `None` if the page no longer has the places for them.
fn html() -> Option<String> {
    let runtime = runtime::Builder::new_current_thread().build().ok()?;
    let mut pictures = String::new();
    for (class, room) in ROOMS {
        let view = app(&runtime, room);
        pictures += &named(&view[picture(&view)?], class, room);
    }
    let text = || {
        let Model { document, answers, .. } = model(ROOMS[0].1);
        TextProps { text: document.text, overview: answers.overview }
    };
    // It goes when the editor comes, and has no marks.
    let text = ServerRenderer::<Text>::with_props(text).hydratable(false).render();
    let mut html = app(&runtime, ROOMS[0].1);
    html.replace_range(picture(&html)?, &pictures);
    let editor = format!(r#" data-testid="{}" class="editor">"#, test_ids::EDITOR);
    html.insert_str(html.find(&editor)? + editor.len(), &runtime.block_on(text));
    Some(html)
}

/// The page with a room of that size for its picture, with the marks by which Yew goes on with it.
fn app(runtime: &Runtime, room: [u32; 2]) -> String {
    let props = move || AppProps { desk: Desk::default(), model: Rc::new(model(room)) };
    without_names(&runtime.block_on(ServerRenderer::<App>::with_props(props).render()))
}

/// What the page knows when the engine has answered everything that it asks.
fn model(room: [u32; 2]) -> Model {
    let (mut model, mut engine) = (Model::start(Start::first(String::new())), Engine::default());
    for msg in [Msg::Resized(room), Msg::WorkerReady] {
        model = update(model, msg);
    }
    while let Some(request) = model.next_request() {
        let revision = model.document.revision;
        let answer = engine.answer(request).map(|answer| Msg::Answered(Box::new(answer)));
        model = [Some(Msg::Sent(revision)), answer].into_iter().flatten().fold(model, update);
        model = model.wishing();
    }
    model
}

/// Where the picture is in a page.
fn picture(html: &str) -> Option<Range<usize>> {
    let start = html.find(&format!(r#"<svg data-testid="{}""#, test_ids::GRAPH))?;
    let end = "</svg>";
    Some(start..start + html[start..].find(end)? + end.len())
}

/// A picture that can stand beside others: with the room that it is for, and with names of its own. Nothing moves
/// in it, which would be in vain.
fn named(picture: &str, class: &str, [width, height]: [u32; 2]) -> String {
    without_styles(picture)
        .replacen("<svg", &format!(r#"<svg data-room="{width} {height}""#), 1)
        .replacen(r#" class="graph""#, &format!(r#" class="graph paused {class}""#), 1)
        .replace("#arrow", &format!("#arrow-{class}"))
        .replace(r#" id="arrow"#, &format!(r#" id="arrow-{class}"#))
}

fn without_styles(html: &str) -> String {
    without(html, r#" style=""#, "\"", "")
}

/// Yew finds what it has drawn between comments, in which an unoptimised program writes the names of components.
fn without_names(html: &str) -> String {
    without(&without(html, "<!--<[", "]>-->", "<!--<[]>-->"), "<!--</[", "]>-->", "<!--</[]>-->")
}

/// A text in which `new` stands for everything from `start` to the next `end`.
fn without(text: &str, start: &str, end: &str, new: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + new + part.split_once(end).map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_view_has_everything_in_its_place() {
        let html = html().unwrap();
        for (class, _) in ROOMS {
            for part in
                [format!(r#"id="arrow-{class}""#), format!(r#"class="graph paused {class}""#)]
            {
                assert_eq!(html.matches(&part).count(), 1, "{part}");
            }
        }
        assert!(html.contains("storefront"), "its pods");
        assert!(html.contains("default-deny-all"), "its text");
        assert!(!html.contains("Trying edits"), "nothing is left to be asked");
    }

    #[test]
    fn the_same_build_draws_the_same() {
        assert_eq!(html(), html());
    }

    #[test]
    fn what_is_left_out_goes_to_its_end() {
        assert_eq!(
            without_styles(r#"<a x="1" style="b" y="2"><b style="c">d</b></a>"#),
            r#"<a x="1" y="2"><b>d</b></a>"#
        );
        let html = "<!--<[a::B<c>]>--><p>d</p><!--</[a::B<c>]>-->";
        assert_eq!(without_names(html), "<!--<[]>--><p>d</p><!--</[]>-->");
    }
}
