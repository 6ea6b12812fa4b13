//! What a first visit begins with, drawn when the page is built: a browser shows it before any program has come,
//! and without scripts, too. Only a build for the machine itself has this.

mod text;

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;
use std::{env, fs};

use netpol_web::engine::Engine;
use netpol_web::model::{Model, Start};
use netpol_web::protocol::Answer;
use netpol_web::{test_ids, wire};
use tokio::runtime::{self, Runtime};
use yew::ServerRenderer;

use crate::app::{App, AppProps};
use crate::desk::Desk;
use text::{Text, TextProps};

/// A room for which the picture is drawn.
struct Room {
    /// Its name, which is the picture's class in `web/css/first.css`.
    name: &'static str,
    /// The windows that have a room like it.
    media: &'static str,
    /// Its width and height in pixels.
    size: [u32; 2],
}

impl Room {
    /// The file with what the engine answers for it.
    fn file(&self) -> String {
        format!("first-{}.bin", self.name)
    }
}

/// As the rooms are on the page in a usual window, in a small one, on a tablet and on a phone, where the page scrolls.
/// Between them is no gap into which a zoomed window could fall, whose width need not be a whole number.
static ROOMS: [Room; 4] = [
    Room { name: "in-window", media: "(min-width: 1180.02px)", size: [960, 410] },
    Room {
        name: "in-small-window",
        media: "(min-width: 1000.02px) and (max-width: 1180px)",
        size: [672, 276],
    },
    Room {
        name: "on-tablet",
        media: "(min-width: 760.02px) and (max-width: 1000px)",
        size: [448, 390],
    },
    Room { name: "on-phone", media: "(max-width: 760px)", size: [368, u32::MAX] },
];

/// What is drawn for the page's first visit.
struct FirstView {
    html: String,
    /// What the engine answers, for each room, as the page reads it.
    answers: Vec<(String, Vec<u8>)>,
}

/// Writes the first view as HTML to the standard output, and what the engine answers for it as files into the folder
/// that is named.
pub(crate) fn main() {
    let folder = env::args_os().nth(1).ok_or_else(|| io::Error::other("no folder is named"));
    if let Err(error) = folder.and_then(|folder| write(Path::new(&folder))) {
        // Whoever called it sees that nothing was drawn.
        let _ = writeln!(io::stderr(), "cannot draw the first view: {error}");
    }
}

#[expect(clippy::disallowed_methods, reason = "it runs where the page is built")]
fn write(folder: &Path) -> io::Result<()> {
    let Some(FirstView { html, answers }) = first_view() else {
        return Err(io::Error::other("the page no longer has the places for it"));
    };
    for (file, bytes) in answers {
        fs::write(folder.join(file), bytes)?;
    }
    writeln!(io::stdout(), "{html}")
}

/// The page as it is with the first document, with a picture for each of the rooms, and the text where the editor
/// will be; `None` if the page no longer has the places for them.
fn first_view() -> Option<FirstView> {
    let runtime = runtime::Builder::new_current_thread().build().ok()?;
    let (mut pictures, mut answers) = (String::new(), Vec::new());
    for room in &ROOMS {
        let view = app(&runtime, room);
        pictures += &alternative(&view[picture(&view)?], room);
        answers.push((room.file(), wire::to_bytes(&model(room).1).ok()?));
    }
    let [first, ..] = &ROOMS;
    let text = || {
        let (Model { document, answers, .. }, _) = model(first);
        TextProps { text: document.text, overview: answers.overview }
    };
    // It goes when the editor comes, and has no marks.
    let text = ServerRenderer::<Text>::with_props(text).hydratable(false).render();
    let mut html = app(&runtime, first);
    html.replace_range(picture(&html)?, &pictures);
    let editor = format!(r#" data-testid="{}" class="editor">"#, test_ids::EDITOR);
    html.insert_str(html.find(&editor)? + editor.len(), &runtime.block_on(text));
    Some(FirstView { html, answers })
}

/// The page with that room for its picture, with the marks by which Yew goes on with it.
fn app(runtime: &Runtime, room: &'static Room) -> String {
    let props = || AppProps { desk: Desk::default(), model: Rc::new(model(room).0) };
    without_names(&runtime.block_on(ServerRenderer::<App>::with_props(props).render()))
}

/// What the page knows when the engine has answered everything that it asks, and these answers. Where they are not
/// enough, it knows nothing, and has no picture.
fn model(room: &Room) -> (Model, Vec<Answer>) {
    let (mut engine, mut answers) = (Engine::default(), Vec::new());
    let start = Start::first(String::new());
    let model = Model::with_answers(start.clone(), room.size, |request| {
        answers.extend(engine.answer(request));
        answers.last().cloned()
    });
    (model.unwrap_or_else(|| Model::start(start)), answers)
}

/// Where the picture is in a page.
fn picture(html: &str) -> Option<Range<usize>> {
    let start = html.find(&format!(r#"<svg data-testid="{}""#, test_ids::GRAPH))?;
    let end = "</svg>";
    Some(start..start + html[start..].find(end)? + end.len())
}

/// A picture that stands beside others, of which one is seen: `web/start.js` takes one of them for the page, and where no
/// script runs, the style sheets choose. It has names of its own.
fn alternative(picture: &str, room: &Room) -> String {
    let Room { name, media, size: [width, height] } = room;
    let picture = without_styles(picture)
        .replacen("<svg", &format!(r#"<svg data-room="{width} {height}""#), 1)
        .replacen(r#" class="graph""#, &format!(r#" class="graph {name}""#), 1)
        .replace("#arrow", &format!("#arrow-{name}"))
        .replace(r#" id="arrow"#, &format!(r#" id="arrow-{name}"#));
    format!(
        concat!(
            r#"<noscript data-media="{}" data-answers="./{}">"#,
            "<style>@media not all and {} {{ .{} {{ display: none }} }}</style>{}</noscript>"
        ),
        media,
        room.file(),
        media,
        name,
        picture
    )
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
        let FirstView { html, answers } = first_view().unwrap();
        for (Room { name, .. }, (file, bytes)) in ROOMS.iter().zip(answers) {
            for part in [
                format!(r#"id="arrow-{name}""#),
                format!(r#"class="graph {name}""#),
                format!(r#"data-answers="./{file}""#),
            ] {
                assert_eq!(html.matches(&part).count(), 1, "{part}");
            }
            assert!(wire::from_bytes::<Vec<Answer>>(&bytes).is_ok(), "{file}");
        }
        assert!(html.contains("storefront"), "its pods");
        assert!(html.contains("default-deny-all"), "its text");
        assert!(!html.contains("Trying edits"), "nothing is left to be asked");
        assert!(!html.contains(r#"aria-busy="true""#), "nothing is left to be drawn");
    }

    #[test]
    fn the_same_build_draws_the_same() {
        let [one, other] = [first_view(), first_view()].map(Option::unwrap);
        assert_eq!((one.html, one.answers), (other.html, other.answers));
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
