//! Why a verdict is what it is, side by side and rule by rule.

use std::fmt::{self, Display, Formatter};

use crate::view::{
    Answer, BranchView, Direction, Explanation, NotApplicable, PartView, PathView, Place,
    PolicyView, RuleView, SideView, Verdict,
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
        if let Some(lookup) = &explanation.lookup {
            writeln!(f, "by name: {}", lookup.summary)?;
        }
        let headed = needs_heading(explanation);
        for (index, path) in explanation.paths.iter().enumerate() {
            writeln!(f)?;
            if headed {
                heading(f, path, &explanation.summary)?;
            }
            if index == 0 || !same_branches(path, &explanation.paths[index - 1]) {
                branches(f, path)?;
            }
            sides(f, path)?;
        }
        let steps = explanation.lookup.iter().flat_map(|lookup| &lookup.steps);
        for step in steps.filter(|step| step.verdict != Verdict::Allowed) {
            for path in &step.paths {
                write!(f, "\nlookup over {}: ", step.protocol)?;
                heading(f, path, "")?;
                sides(f, path)?;
            }
        }
        Ok(())
    })
}

fn same_branches(one: &PathView, other: &PathView) -> bool {
    (&one.from, &one.to, &one.questions) == (&other.from, &other.to, &other.questions)
}

/// What each answer to an open question leads to, and which plugins give it.
fn branches(f: &mut Formatter<'_>, path: &PathView) -> fmt::Result {
    for BranchView { verdict, plugins } in &path.branches {
        let names: Vec<String> = plugins
            .iter()
            .map(|plugin| {
                let how = if plugin.reported { " (reported)" } else { "" };
                format!("{}{how}", plugin.title)
            })
            .collect();
        let names = names.join("; ");
        match verdict {
            Verdict::ImplementationDefined => writeln!(f, "not known with {names}")?,
            verdict => writeln!(f, "{verdict} with {names}")?,
        }
    }
    for question in &path.questions {
        let answers: Vec<String> = question
            .answers
            .iter()
            .map(|answer| format!("{}: {}", answer.value, answer.verdict))
            .collect();
        writeln!(f, "option {}: {}", question.option, answers.join(", "))?;
    }
    Ok(())
}

fn sides(f: &mut Formatter<'_>, path: &PathView) -> fmt::Result {
    if path.verdict == Verdict::NotApplicable {
        return Ok(());
    }
    side(f, &path.egress)?;
    side(f, &path.ingress)
}

/// Whether the question alone does not say between which pods the connection is.
fn needs_heading(explanation: &Explanation) -> bool {
    match explanation.paths.as_slice() {
        [path] => path.from != explanation.from.id || path.to != explanation.to.id,
        _ => true,
    }
}

/// Names the path; `said` is not said again.
fn heading(f: &mut Formatter<'_>, path: &PathView, said: &str) -> fmt::Result {
    write!(f, "{} -> {}", path.from, path.to)?;
    if let Some(port) = path.port {
        write!(f, " on port {port}")?;
    }
    if let Some(seen_as) = &path.seen_as {
        write!(f, ", seen as {seen_as}")?;
    }
    writeln!(f, ": {}", path.verdict)?;
    if path.summary == said { Ok(()) } else { writeln!(f, "{}", path.summary) }
}

fn side(f: &mut Formatter<'_>, side: &SideView) -> fmt::Result {
    writeln!(f, "{} {}: {}", mark(side.passes), side.direction.as_str(), side.summary)?;
    side.policies.iter().try_for_each(|view| policy(f, view, side.direction))?;
    not_applicable(f, &side.not_applicable)
}

/// More policies than these are only counted.
const MOST_OTHERS: usize = 8;

fn not_applicable(f: &mut Formatter<'_>, others: &[NotApplicable]) -> fmt::Result {
    if others.len() > MOST_OTHERS {
        return writeln!(f, "  – {} other policies do not apply", others.len());
    }
    others.iter().try_for_each(|other| {
        let (name, place) = (&other.policy.name, at(&other.place));
        writeln!(f, "  – policy {name} does not apply: {} ({place})", other.why)
    })
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
    parts(f, "on", &view.ports, "any port: the rule names no port")
}

fn parts(f: &mut Formatter<'_>, word: &str, parts: &[PartView], all: &str) -> fmt::Result {
    if parts.is_empty() {
        writeln!(f, "      {} {word} {all}", mark(Answer::Yes))?;
    }
    parts.iter().try_for_each(|part| {
        let PartView { matches, wants, why, place, .. } = part;
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
