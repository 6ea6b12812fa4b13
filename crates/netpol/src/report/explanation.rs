//! Why a verdict is what it is, side by side and rule by rule.

use std::fmt::{self, Display, Formatter};

use crate::view::{
    Answer, Direction, Explanation, PartView, PathView, Place, PolicyView, RuleView, SideView,
};

/// The verdict in one sentence, then each side with its policies, rules, peers and ports.
pub fn explanation(explanation: &Explanation) -> impl Display {
    fmt::from_fn(move |f| {
        writeln!(f, "{}", explanation.summary)?;
        let Explanation { from, to, port, protocol, verdict, .. } = explanation;
        writeln!(f, "{} -> {} {port}/{protocol}: {verdict}", from.id, to.id)?;
        for note in &explanation.notes {
            writeln!(f, "note: {note}")?;
        }
        let headed = needs_heading(explanation);
        for path in &explanation.paths {
            writeln!(f)?;
            if headed {
                heading(f, path)?;
            }
            side(f, &path.egress, &path.from)?;
            side(f, &path.ingress, &path.to)?;
        }
        Ok(())
    })
}

/// Whether the question alone does not say between which pods the connection is.
fn needs_heading(explanation: &Explanation) -> bool {
    match explanation.paths.as_slice() {
        [path] => path.from != explanation.from.id || path.to != explanation.to.id,
        _ => true,
    }
}

fn heading(f: &mut Formatter<'_>, path: &PathView) -> fmt::Result {
    write!(f, "{} -> {}", path.from, path.to)?;
    if let Some(port) = path.port {
        write!(f, " on port {port}")?;
    }
    writeln!(f, ": {}", path.verdict)?;
    writeln!(f, "{}", path.summary)
}

fn side(f: &mut Formatter<'_>, side: &SideView, of: &str) -> fmt::Result {
    let mark = mark(side.passes);
    writeln!(f, "{mark} {} of {of}: {}", side.direction.as_str(), side.summary)?;
    if !side.isolated {
        return Ok(());
    }
    let names: Vec<_> = side.policies.iter().map(|view| view.policy.name.as_str()).collect();
    writeln!(f, "  isolated by {}", names.join(", "))?;
    side.policies.iter().try_for_each(|view| policy(f, view, side.direction))
}

fn policy(f: &mut Formatter<'_>, view: &PolicyView, direction: Direction) -> fmt::Result {
    let place = at(&view.policy.place);
    let name = &view.policy.name;
    writeln!(f, "  {} policy {name} ({place}): {}", mark(view.admits), view.summary)?;
    view.rules.iter().try_for_each(|view| rule(f, view, direction))
}

fn rule(f: &mut Formatter<'_>, view: &RuleView, direction: Direction) -> fmt::Result {
    let place = at(&view.place);
    writeln!(f, "    {} rule {} ({place}): {}", mark(view.matches), view.number, view.summary)?;
    let peer_word = match direction {
        Direction::Egress => "to",
        Direction::Ingress => "from",
    };
    parts(f, peer_word, &view.peers, "anyone: the rule names no peer")?;
    parts(f, "port", &view.ports, "any: the rule names no port")
}

fn parts(f: &mut Formatter<'_>, word: &str, parts: &[PartView], all: &str) -> fmt::Result {
    if parts.is_empty() {
        writeln!(f, "      {} {word} {all}", mark(Answer::Yes))?;
    }
    parts.iter().try_for_each(|part| {
        let PartView { matches, wants, why, place } = part;
        writeln!(f, "      {} {word} {wants}: {why} ({})", mark(*matches), at(place))
    })
}

fn at(place: &Place) -> impl Display {
    fmt::from_fn(|f| write!(f, "{}:{}", place.file, place.line))
}

fn mark(answer: Answer) -> char {
    match answer {
        Answer::Yes => '✔',
        Answer::No => '✗',
        Answer::Depends => '?',
    }
}
