//! A scene as a file of its own.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::scene::{Badge, Card, Edge, Frame, FrameKind, Gate, GateState, Passage, Scene, Text};

const STYLE: &str = include_str!("svg.css");
const LIGHT: &str = include_str!("svg-light.css");
const DARK: &str = include_str!("svg-dark.css");

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Palette {
    /// Light or dark, as whoever looks at it prefers.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A standalone SVG, whose text says what the picture shows.
pub fn svg(scene: &Scene, palette: Palette) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_svg(&mut out, scene, palette);
    out
}

fn write_svg(out: &mut String, scene: &Scene, palette: Palette) -> std::fmt::Result {
    let (width, height) = (scene.width, scene.height);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title" aria-describedby="flows">"#
    )?;
    writeln!(out, "<title id=\"title\">Who can talk to whom</title>")?;
    write!(out, "<desc id=\"flows\">")?;
    for edge in &scene.edges {
        write_sentence(out, edge)?;
        write!(out, ". ")?;
    }
    writeln!(out, "</desc>")?;
    writeln!(out, "<style>")?;
    match palette {
        Palette::Auto => {
            write!(out, "{LIGHT}@media (prefers-color-scheme: dark) {{\n{DARK}}}\n")?;
        }
        Palette::Light => write!(out, "{LIGHT}")?,
        Palette::Dark => write!(out, "{DARK}")?,
    }
    writeln!(out, "{STYLE}</style>")?;
    scene.frames.iter().try_for_each(|it| write_frame(out, it))?;
    scene.edges.iter().try_for_each(|it| write_edge(out, it))?;
    scene.cards.iter().try_for_each(|it| write_card(out, it))?;
    scene.edges.iter().try_for_each(|it| write_marks(out, it))?;
    writeln!(out, "</svg>")
}

fn write_frame(out: &mut String, frame: &Frame) -> std::fmt::Result {
    let class = match frame.kind {
        FrameKind::Namespace => "frame",
        FrameKind::Inferred => "frame inferred",
        FrameKind::Outside => "frame outside",
        FrameKind::Folded => "frame folded",
    };
    let rect = frame.rect;
    write!(
        out,
        r#"<g class="{class}"><rect x="{}" y="{}" width="{}" height="{}" rx="14"/>"#,
        rect.x, rect.y, rect.width, rect.height
    )?;
    write_text(out, "title", &frame.title)?;
    frame.subtitle.iter().try_for_each(|text| write_text(out, "subtitle", text))?;
    writeln!(out, "</g>")
}

fn write_card(out: &mut String, card: &Card) -> std::fmt::Result {
    let rect = card.rect;
    write!(out, r#"<g class="card"><title>{}</title>"#, escaped(&card.id))?;
    write!(
        out,
        r#"<rect x="{}" y="{}" width="{}" height="{}" rx="10"/>"#,
        rect.x, rect.y, rect.width, rect.height
    )?;
    card.title.iter().try_for_each(|text| write_text(out, "name", text))?;
    card.lines.iter().try_for_each(|text| write_text(out, "label", text))?;
    let gates = [card.ingress_gate, card.egress_gate];
    gates.iter().flatten().try_for_each(|gate| write_gate(out, gate))?;
    card.badges.iter().try_for_each(|badge| write_badge(out, badge))?;
    writeln!(out, "</g>")
}

fn write_gate(out: &mut String, gate: &Gate) -> std::fmt::Result {
    let (x, y) = (gate.at.x, gate.at.y - gate.length / 2.0);
    write!(out, r#"<path class="gate" d="M{x} {y}v{}"/>"#, gate.length)
}

fn write_badge(out: &mut String, badge: &Badge) -> std::fmt::Result {
    let rect = badge.rect;
    write!(out, r#"<g class="badge"><title>{}</title>"#, escaped(&badge.about))?;
    write!(
        out,
        r#"<rect x="{}" y="{}" width="{}" height="{}" rx="7"/>"#,
        rect.x, rect.y, rect.width, rect.height
    )?;
    write_text(out, "", &badge.text)?;
    write!(out, "</g>")
}

fn write_edge(out: &mut String, edge: &Edge) -> std::fmt::Result {
    let verdict = edge.verdict.as_str();
    write!(out, r#"<g class="edge {verdict}"><title>"#)?;
    write_sentence(out, edge)?;
    write!(out, "</title>")?;
    if let Some(beyond) = &edge.beyond {
        write!(out, r#"<path class="beyond" d="{beyond}"/>"#)?;
    }
    writeln!(out, r#"<path d="{}"/></g>"#, edge.path)
}

fn write_sentence(out: &mut String, edge: &Edge) -> std::fmt::Result {
    write!(out, "{} to {}, ", escaped(&edge.from), escaped(&edge.to))?;
    write!(out, "{}: {}", escaped(&edge.label.text), edge.verdict.as_str())?;
    for (number, side) in edge.stops_at.iter().enumerate() {
        let word = if number == 0 { " at" } else { " and" };
        write!(out, "{word} {}", side.as_str())?;
    }
    Ok(())
}

/// Above the cards, for half of a gate is over one.
fn write_marks(out: &mut String, edge: &Edge) -> std::fmt::Result {
    write!(out, r#"<g class="marks {}" aria-hidden="true">"#, edge.verdict.as_str())?;
    write_passage(out, edge.egress)?;
    if edge.beyond.is_none() || edge.ingress.gate == GateState::Shut {
        write_passage(out, edge.ingress)?;
    }
    if let Some(at) = edge.cross {
        write!(out, r#"<path class="cross" d="M{} {}l8 8m0 -8l-8 8"/>"#, at.x - 4.0, at.y - 4.0)?;
    }
    if !edge.label.crowded {
        let label = &edge.label;
        let rect = label.rect;
        write!(
            out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="4"/>"#,
            rect.x, rect.y, rect.width, rect.height
        )?;
        write!(
            out,
            r#"<text class="port" x="{}" y="{}" text-anchor="{}">{}</text>"#,
            label.at.x,
            label.at.y,
            label.anchor.as_str(),
            escaped(&label.text)
        )?;
    }
    writeln!(out, "</g>")
}

fn write_passage(out: &mut String, passage: Passage) -> std::fmt::Result {
    let class = match passage.gate {
        GateState::Absent => return Ok(()),
        GateState::Open => "open",
        GateState::Shut => "shut",
    };
    write!(out, r#"<circle class="{class}" cx="{}" cy="{}" r="3.5"/>"#, passage.at.x, passage.at.y)
}

fn write_text(out: &mut String, class: &str, text: &Text) -> std::fmt::Result {
    write!(
        out,
        r#"<text class="{class}" x="{}" y="{}" text-anchor="{}">{}</text>"#,
        text.at.x,
        text.at.y,
        text.anchor.as_str(),
        escaped(&text.text)
    )
}

/// As XML can hold it: most control characters it cannot.
fn escaped(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_markup() {
        assert_eq!(escaped("<script>&\u{1}\"`|"), "&lt;script&gt;&amp; \"`|");
    }

    #[test]
    fn a_palette_is_the_only_one() {
        let scene = Scene::default();
        let dark = svg(&scene, Palette::Dark);
        assert!(dark.contains(DARK) && !dark.contains("prefers-color-scheme"));
        assert!(svg(&scene, Palette::Auto).contains("prefers-color-scheme"));
    }
}
