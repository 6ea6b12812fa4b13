//! One connection as a film of decisions: what is looked at, step by step.

use std::rc::Rc;

use netpol::view::{
    Answer, ConnectionQuery, Direction, Explanation, PathView, Place, PolicyView, RuleView,
    SideView, Verdict,
};

use super::{EditorJob, Mark, MarkKind, Model};
use crate::words;

/// How the film is being shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Film {
    /// The text and the connection that it is about.
    about: (u64, ConnectionQuery),
    /// Its steps.
    pub steps: Rc<[Step]>,
    /// The number of the one that is shown, from 0.
    pub at: usize,
    /// Whether the next one comes by itself.
    pub playing: bool,
    /// How fast they come.
    pub speed: Speed,
}

/// How fast steps come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// For who reads every word.
    Slow,
    /// For most.
    #[default]
    Usual,
    /// For who has seen it before.
    Fast,
}

impl Speed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Usual, Self::Fast];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Usual => "usual",
            Self::Fast => "fast",
        }
    }

    /// How long a step is shown.
    pub fn milliseconds(self) -> u32 {
        match self {
            Self::Slow => 6_000,
            Self::Usual => 3_000,
            Self::Fast => 1_200,
        }
    }
}

/// What happened to the film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmMsg {
    /// Begin it.
    Open,
    /// End it.
    Close,
    /// Show the next step.
    Forward,
    /// Show the step before.
    Back,
    /// Show this step.
    Go(usize),
    /// The time of this step is over.
    Over(usize),
    /// Let the next step come by itself, or not.
    TogglePlay,
    /// Let steps come so fast.
    SetSpeed(Speed),
}

/// One thing that is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where the connection is.
    pub spot: Spot,
    /// The step in a sentence.
    pub text: String,
    /// Whether it passes here, if that is decided here.
    pub answer: Option<Answer>,
    /// The row of the explanation that says so.
    pub row: Option<Row>,
    /// The lines of the text that say so.
    pub marks: Rc<[Mark]>,
}

/// Where the connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// At its sender.
    Sender,
    /// At the sender's gate.
    Leaving,
    /// Between the two.
    Way,
    /// At the receiver's gate.
    Entering,
    /// At its receiver.
    Receiver,
}

impl Spot {
    /// Its name in attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Leaving => "leaving",
            Self::Way => "way",
            Self::Entering => "entering",
            Self::Receiver => "receiver",
        }
    }
}

/// A row of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of the pair of pods.
    pub path: usize,
    /// The side.
    pub direction: Direction,
    /// The policy's name; `None`: the side as a whole.
    pub policy: Option<String>,
    /// The rule's number; `None`: the policy as a whole.
    pub rule: Option<u32>,
}

/// The steps of an explained connection: of the first pair of pods that fares as the whole does.
pub fn steps(explanation: &Explanation) -> Vec<Step> {
    let paths = &explanation.paths;
    let is_it = |path: &PathView| path.verdict == explanation.verdict;
    let number = paths.iter().position(is_it).unwrap_or(0);
    let Some(path) = paths.get(number) else { return Vec::new() };
    let mut steps = Vec::new();
    if let Some(lookup) = &explanation.lookup {
        let answer = match lookup.verdict {
            Verdict::Allowed => Answer::Yes,
            Verdict::Denied => Answer::No,
            _ => Answer::Depends,
        };
        steps.push(Step {
            answer: Some(answer),
            ..plain(Spot::Sender, format!("First the name: {}", lookup.summary))
        });
    }
    steps.push(plain(Spot::Sender, beginning(explanation, path)));
    side(&mut steps, number, &path.egress, &path.from);
    if path.egress.passes == Answer::No {
        let text = format!("Dropped before it leaves {}.", words::short(&path.from));
        steps.push(Step { answer: Some(Answer::No), ..plain(Spot::Leaving, text) });
        return steps;
    }
    let [from, to] = [&path.from, &path.to].map(|end| words::short(end));
    steps.push(plain(Spot::Way, format!("It has left {from} and is on its way to {to}.")));
    side(&mut steps, number, &path.ingress, &path.to);
    let end = |spot, answer, text: String| Step { answer: Some(answer), ..plain(spot, text) };
    steps.push(match path.verdict {
        Verdict::Allowed => end(Spot::Receiver, Answer::Yes, format!("Delivered to {to}.")),
        Verdict::Denied => {
            end(Spot::Entering, Answer::No, format!("Dropped before it enters {to}."))
        }
        _ => end(Spot::Entering, Answer::Depends, path.summary.clone()),
    });
    steps
}

fn plain(spot: Spot, text: String) -> Step {
    Step { spot, text, answer: None, row: None, marks: Rc::default() }
}

fn beginning(explanation: &Explanation, path: &PathView) -> String {
    let Explanation { from, to, port, protocol, paths, .. } = explanation;
    let query = ConnectionQuery {
        from: path.from.clone(),
        to: path.to.clone(),
        port: port.clone(),
        protocol: *protocol,
    };
    let connection = words::connection(&query);
    match paths.len() {
        1 => format!("A connection: {connection}."),
        // Which of several, if the question leaves that open.
        count => format!(
            "One of {count} connections that {} to {} can mean: {connection}.",
            words::short(&from.id),
            words::short(&to.id)
        ),
    }
}

/// Leaving the sender, or entering the receiver.
fn side(steps: &mut Vec<Step>, path: usize, side: &SideView, who: &str) {
    let SideView { direction, passes, isolated, summary, policies, .. } = side;
    let (spot, verb) = match direction {
        Direction::Egress => (Spot::Leaving, "Leaving"),
        Direction::Ingress => (Spot::Entering, "Entering"),
    };
    let row = |policy: Option<&PolicyView>, rule: Option<&RuleView>| {
        let policy = policy.map(|it| it.policy.name.clone());
        Some(Row { path, direction: *direction, policy, rule: rule.map(|rule| rule.number) })
    };
    if *isolated && !policies.is_empty() {
        let count = words::count(policies.len(), "policy isolates", "policies isolate");
        let text = format!(
            "{verb} {}: {count} it for {direction}, so one of their rules must admit the connection.",
            words::short(who),
            direction = direction.as_str()
        );
        steps.push(Step { row: row(None, None), ..plain(spot, text) });
    }
    for policy in policies {
        let name = &policy.policy.name;
        if policy.rules.is_empty() {
            let marks = [part(&policy.policy.place), hit(&policy.selector, policy.admits)].into();
            let text = format!("`{name}`: {}.", policy.summary.trim_end_matches('.'));
            let row = row(Some(policy), None);
            steps.push(Step { answer: Some(policy.admits), row, marks, ..plain(spot, text) });
        }
        for rule in &policy.rules {
            let parts = rule.peers.iter().chain(&rule.ports);
            let marks = std::iter::once(part(&rule.place))
                .chain(parts.map(|part| hit(&part.place, part.matches)))
                .collect();
            let text =
                format!("`{name}`, rule {}: {}.", rule.number, rule.summary.trim_end_matches('.'));
            let row = row(Some(policy), Some(rule));
            steps.push(Step { answer: Some(rule.matches), row, marks, ..plain(spot, text) });
        }
    }
    let row = row(None, None);
    steps.push(Step { answer: Some(*passes), row, ..plain(spot, summary.clone()) });
}

fn part(place: &Place) -> Mark {
    Mark { place: place.clone(), kind: MarkKind::Part }
}

fn hit(place: &Place, answer: Answer) -> Mark {
    let kind = if answer == Answer::No { MarkKind::Miss } else { MarkKind::Hit };
    Mark { place: place.clone(), kind }
}

impl Film {
    /// The step that is shown.
    pub fn step(&self) -> Option<&Step> {
        self.steps.get(self.at)
    }

    /// Whether no step comes after it.
    pub fn is_over(&self) -> bool {
        self.at + 1 >= self.steps.len()
    }
}

impl Model {
    /// Whether what is explained can be gone through: not while it is about an earlier text.
    pub fn can_film(&self) -> bool {
        self.explained().is_some()
    }

    /// The explanation of the question, if it is about the text as it is.
    pub(super) fn explained(&self) -> Option<((u64, ConnectionQuery), &Explanation)> {
        let shown = self.answers.explanation.as_ref()?;
        let is_it = shown.revision == self.document.revision
            && self.question.query().as_ref() == Some(&shown.query);
        let explanation = (*shown.answer).as_ref().ok().filter(|_| is_it)?;
        Some(((shown.revision, shown.query.clone()), explanation))
    }
}

/// Takes a message about the film.
pub(super) fn update(model: &mut Model, msg: FilmMsg) {
    if msg == FilmMsg::Open {
        let opened = model.explained().map(|(about, explanation)| (about, steps(explanation)));
        model.film = opened.filter(|(_, steps)| !steps.is_empty()).map(|(about, steps)| Film {
            about,
            steps: steps.into(),
            at: 0,
            playing: true,
            speed: Speed::default(),
        });
        return show(model);
    }
    let Some(film) = &mut model.film else { return };
    let last = film.steps.len() - 1;
    match msg {
        FilmMsg::Open => {}
        FilmMsg::Close => model.film = None,
        // Who steps wants to look.
        FilmMsg::Forward => (film.at, film.playing) = ((film.at + 1).min(last), false),
        FilmMsg::Back => (film.at, film.playing) = (film.at.saturating_sub(1), false),
        FilmMsg::Go(at) => (film.at, film.playing) = (at.min(last), false),
        FilmMsg::Over(at) => {
            if film.playing && film.at == at {
                film.at = (at + 1).min(last);
                film.playing = !film.is_over();
            }
        }
        FilmMsg::TogglePlay => {
            if !film.playing && film.is_over() {
                film.at = 0;
            }
            film.playing = !film.playing;
        }
        FilmMsg::SetSpeed(speed) => film.speed = speed,
    }
    show(model);
}

/// Ends a film about another text or connection.
pub(super) fn end_if_past(model: &mut Model) {
    let Some(film) = &model.film else { return };
    let (revision, query) = &film.about;
    if *revision != model.document.revision || model.question.query().as_ref() != Some(query) {
        model.film = None;
        model.marks = Rc::default();
    }
}

/// Marks the lines of the step in the editor, and brings them into sight there.
fn show(model: &mut Model) {
    let step = model.film.as_ref().and_then(Film::step);
    let marks = step.map(|step| Rc::clone(&step.marks)).unwrap_or_default();
    if model.marks == marks {
        return;
    }
    if let Some(mark) = marks.first() {
        model.document.order(EditorJob::Show(mark.place.clone()));
    }
    model.marks = marks;
}

#[cfg(test)]
mod tests {
    use netpol::view::{PortSpec, Protocol};
    use netpol::{Sources, analyse};

    use super::*;

    /// The steps of a connection of the Bookstore: where, whether it passes, and the row.
    fn told(from: &str, to: &str, port: u16) -> Vec<String> {
        let analysis = analyse(Sources::single("m", netpol_lessons::SCENARIOS[0].manifests));
        let query = ConnectionQuery {
            from: from.to_owned(),
            to: to.to_owned(),
            port: PortSpec::Number(port),
            protocol: Protocol::Tcp,
        };
        let explanation = analysis.explain(&query).expect("an explanation");
        let line = |step: Step| {
            let answer = step.answer.map_or("", words::answer_name);
            let row = step.row.map_or_else(String::new, |row| {
                let policy = row.policy.unwrap_or_else(|| "side".to_owned());
                row.rule.map_or_else(|| policy.clone(), |rule| format!("{policy} {rule}"))
            });
            assert_eq!(step.marks.is_empty(), row.is_empty() || row == "side");
            format!("{} {answer} {row}", step.spot.name()).trim_end().to_owned()
        };
        steps(&explanation).into_iter().map(line).collect()
    }

    #[test]
    fn a_delivered_connection_passes_both_gates() {
        assert_eq!(
            told("bookstore/catalog", "bookstore/postgres", 5432),
            [
                "sender",
                "leaving  side",
                "leaving yes allow-backend-egress 1",
                "leaving no allow-backend-egress 2",
                "leaving no allow-dns-egress 1",
                "leaving no default-deny-all",
                "leaving yes side",
                "way",
                "entering  side",
                "entering yes allow-catalog-to-postgres 1",
                "entering no default-deny-all",
                "entering yes side",
                "receiver yes",
            ]
        );
    }

    #[test]
    fn a_connection_that_is_dropped_does_not_arrive() {
        let left = told("bookstore/storefront", "bookstore/postgres", 5432);
        assert_eq!(left.last().map(String::as_str), Some("leaving no"));
        assert!(left.iter().all(|step| !step.starts_with("way")));

        let entered = told("ingress-nginx/controller", "bookstore/postgres", 5432);
        assert_eq!(entered[..3], ["sender", "leaving yes side", "way"]);
        assert_eq!(entered.last().map(String::as_str), Some("entering no"));
    }
}
