//! A scene as a file of its own.

use std::fmt::Write as _;

use netpol::view::Verdict;
use serde::{Deserialize, Serialize};

use crate::scene::{
    Badge, Card, CardKind, Edge, Frame, FrameKind, Gate, GateState, Passage, Scene, Text,
};

const STYLE: &str = include_str!("svg.css");
const MOTION: &str = include_str!("svg-motion.css");
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

/// Whether dots travel along the flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// They do, unless whoever looks at it prefers reduced motion.
    #[default]
    On,
    /// The picture is still.
    Off,
}

/// How a picture looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Its colours.
    pub palette: Palette,
    /// What moves in it.
    pub motion: Motion,
}

/// How many pixels a dot travels in a second.
const SPEED: f64 = 90.0;

/// A standalone SVG. For those who do not see it, it is a list of who is there and one of the flows.
pub fn svg(scene: &Scene, look: Look) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_svg(&mut out, scene, look);
    out
}

fn write_svg(out: &mut String, scene: &Scene, look: Look) -> std::fmt::Result {
    let (width, height) = (scene.width, scene.height);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="graphics-document document" aria-labelledby="title" aria-describedby="about">"#
    )?;
    writeln!(out, "<title id=\"title\">Who can talk to whom</title>")?;
    writeln!(out, "<desc id=\"about\">{}</desc>", about(scene))?;
    write_style(out, look)?;
    scene.frames.iter().try_for_each(|it| write_frame(out, it))?;
    writeln!(out, r#"<g role="list" aria-label="Flows">"#)?;
    scene.edges.iter().try_for_each(|it| write_edge(out, it, look.motion))?;
    writeln!(out, "</g>\n<g role=\"list\" aria-label=\"Pods and addresses\">")?;
    scene.cards.iter().try_for_each(|it| write_card(out, it))?;
    writeln!(out, "</g>")?;
    scene.edges.iter().try_for_each(|it| write_marks(out, it))?;
    writeln!(out, "</svg>")
}

/// The whole picture in a sentence.
fn about(scene: &Scene) -> String {
    let count = |verdict| {
        let alike = scene.edges.iter().filter(|edge| edge.verdict == verdict);
        (verdict, alike.map(|edge| edge.count).sum::<u64>())
    };
    let counts: Vec<String> = Verdict::ALL
        .into_iter()
        .map(count)
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.as_str()))
        .collect();
    match counts.as_slice() {
        [] => "No flows.".to_owned(),
        counts => format!("Flows: {}.", counts.join(", ")),
    }
}

fn write_style(out: &mut String, look: Look) -> std::fmt::Result {
    writeln!(out, "<style>")?;
    match look.palette {
        Palette::Auto => {
            write!(out, "{LIGHT}@media (prefers-color-scheme: dark) {{\n{DARK}}}\n")?;
        }
        Palette::Light => write!(out, "{LIGHT}")?,
        Palette::Dark => write!(out, "{DARK}")?,
    }
    let motion = if look.motion == Motion::On { MOTION } else { "" };
    writeln!(out, "{STYLE}{motion}</style>")?;
    writeln!(
        out,
        r#"<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>"#
    )
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
    write!(out, r#"<g class="card" role="listitem"><title>{}</title>"#, escaped(&spoken(card)))?;
    if card.kind.is_stack() {
        write!(
            out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="10"/>"#,
            rect.x + 5.0,
            rect.y + 5.0,
            rect.width,
            rect.height
        )?;
    }
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

/// A card in words.
fn spoken(card: &Card) -> String {
    let mut text = match card.kind {
        CardKind::Pods => format!("{} pods alike: {}", card.members.len(), card.members.join(", ")),
        CardKind::Namespace => format!("namespace {}", card.name),
        CardKind::More => format!("{} more pods", card.name),
        _ => card.id.clone(),
    };
    for (gate, what) in
        [(card.ingress_gate, ", isolated for ingress"), (card.egress_gate, ", isolated for egress")]
    {
        text.push_str(if gate.is_some() { what } else { "" });
    }
    text
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

fn write_edge(out: &mut String, edge: &Edge, motion: Motion) -> std::fmt::Result {
    let verdict = edge.verdict.as_str();
    write!(out, r#"<g class="edge {verdict}" role="listitem"><title>"#)?;
    write_sentence(out, edge)?;
    write!(out, "</title>")?;
    if let Some(beyond) = &edge.beyond {
        write!(out, r#"<path class="beyond" d="{beyond}"/>"#)?;
    }
    let arrow = if edge.verdict == Verdict::Allowed { r#" marker-end="url(#arrow)""# } else { "" };
    write!(out, r#"<path d="{}"{arrow}/>"#, edge.path)?;
    // A dash of no length with round ends. The path counts as 100 long, so that one animation fits all.
    if motion == Motion::On && edge.verdict != Verdict::NotApplicable {
        let seconds = (edge.length / SPEED + 1.0).clamp(2.0, 7.0);
        write!(
            out,
            r#"<path class="dot" d="{}" pathLength="100" style="animation-duration:{seconds:.1}s"/>"#,
            edge.path
        )?;
    }
    writeln!(out, "</g>")
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
        let look = |palette| Look { palette, motion: Motion::Off };
        let dark = svg(&scene, look(Palette::Dark));
        assert!(dark.contains(DARK) && !dark.contains("prefers-color-scheme"));
        assert!(svg(&scene, look(Palette::Auto)).contains("prefers-color-scheme"));
    }

    #[test]
    fn a_still_picture_has_no_animation() {
        let still = Look { motion: Motion::Off, ..Look::default() };
        assert!(!svg(&Scene::default(), still).contains("animation"));
        assert!(svg(&Scene::default(), Look::default()).contains("prefers-reduced-motion"));
    }
}
