//! The page within another page: what of it is shown, and what that page is told.

use netpol::view::Verdict;
use serde::Serialize;

use super::{
    ConnectMsg, DocumentMsg, EditorJob, GraphMsg, LessonMsg, Model, Msg, Notice, SharedText, Status,
};
use crate::json;
use crate::protocol::ShareQuery;

/// How the page stands in another page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Whether it is in a frame: it then keeps nothing, and its address stays as it is.
    pub framed: bool,
    /// Whether the text is not to be changed by who looks at it.
    pub readonly: bool,
    /// Which [`Part`]s are not shown.
    hidden: [bool; Part::ALL.len()],
}

/// A part of the page that a link can hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The side with the document.
    Editor,
    /// Graph, matrix or log.
    Picture,
    /// The question and its answer.
    Explanation,
    /// The bars with buttons, tabs and filters.
    Toolbar,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Editor, Self::Picture, Self::Explanation, Self::Toolbar];

    /// Its name in links.
    pub fn name(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Picture => "picture",
            Self::Explanation => "explanation",
            Self::Toolbar => "toolbar",
        }
    }
}

impl Embed {
    /// As it is before a link says otherwise.
    pub(super) fn plain(framed: bool) -> Self {
        Self { framed, ..Self::default() }
    }

    /// Hides the parts that are named, separated by commas, and shows all others. Something always
    /// stays.
    pub(super) fn hide(&mut self, names: &str) {
        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        self.hidden = Part::ALL.map(|part| names.contains(&part.name()));
        if [Part::Editor, Part::Picture, Part::Explanation].iter().all(|part| self.hides(*part)) {
            self.hidden = Default::default();
        }
    }

    /// Whether a part is hidden. A page of its own shows everything.
    pub fn hides(&self, part: Part) -> bool {
        self.framed && self.hidden.iter().zip(Part::ALL).any(|(hidden, it)| *hidden && it == part)
    }

    /// Whether the text is not to be changed. A page of its own has opened it as a copy.
    pub fn is_readonly(&self) -> bool {
        self.framed && self.readonly
    }

    /// The names of the hidden parts, for the styles.
    pub fn hidden_names(&self) -> String {
        let hidden = Part::ALL.into_iter().filter(|part| self.hides(*part));
        hidden.map(Part::name).collect::<Vec<_>>().join(" ")
    }
}

/// What somebody is told who wants to change what is not to be changed.
const READONLY: &str =
    "This document cannot be changed here. Open it in the playground: there it is yours.";

/// Whether a message comes from somebody who wants another text, where the text is to stay; if so it
/// says so.
pub(super) fn refuses(model: &mut Model, msg: &Msg) -> bool {
    let changes = match msg {
        Msg::Apply(_) | Msg::Fix(_) | Msg::Order(_) | Msg::SubmitForm | Msg::Undo | Msg::Redo => {
            true
        }
        Msg::Document(msg) => {
            matches!(msg, DocumentMsg::Create { .. } | DocumentMsg::Rename(_) | DocumentMsg::Delete)
        }
        Msg::Lesson(msg) => *msg != LessonMsg::End,
        // A connection is drawn to have it allowed.
        Msg::Graph(GraphMsg::Connect(msg)) => *msg != ConnectMsg::Cancel,
        _ => false,
    };
    let refuses = changes && model.embed.is_readonly();
    if refuses {
        model.notice = Some(Notice::Told { text: READONLY });
    }
    refuses
}

/// The page around this one has another text.
pub(super) fn set_text(model: &mut Model, text: SharedText) {
    if model.document.text != text {
        model.document.order(EditorJob::Replace(text));
    }
}

/// What the page around this one is told about the text, `docs/embed.md`.
#[derive(Debug, Serialize)]
struct Judged<'a> {
    revision: u64,
    /// Errors, warnings, hints.
    findings: Findings,
    tests: Tests,
    /// The connection that is explained.
    connection: Option<Connection<'a>>,
}

#[derive(Debug, Serialize)]
struct Findings {
    errors: usize,
    warnings: usize,
    hints: usize,
}

#[derive(Debug, Serialize)]
struct Tests {
    passed: usize,
    failed: usize,
}

#[derive(Debug, Serialize)]
struct Connection<'a> {
    from: &'a str,
    to: &'a str,
    port: String,
    protocol: &'static str,
    verdict: Verdict,
    summary: &'a str,
}

/// The text and the link to it, `docs/embed.md`.
#[derive(Debug, Serialize)]
struct Content<'a> {
    revision: u64,
    text: &'a str,
    link: Option<&'a str>,
}

impl Model {
    /// Whether the page around this one can be heard: what its link names is open.
    pub fn listens(&self) -> bool {
        let opened = self.sharing.visit.is_none() && !self.document.typing;
        self.embed.framed && opened && self.answers.any()
    }

    /// What there is to tell about the text as it is, as JSON; `None` as long as it is not known.
    pub fn judged(&self) -> Option<String> {
        // Of a text that cannot be read only this is known.
        let unread = self.answers.stale && self.answers.revision == self.document.revision;
        let known = match self.answered() {
            Status::Ready => true,
            Status::Stale => unread,
            Status::Working => false,
        };
        if !self.embed.framed || !known || !self.answers.any() {
            return None;
        }
        let overview = &self.answers.overview;
        let [errors, warnings, hints] = overview.finding_counts;
        let explained = self.answers.explanation.as_ref().filter(|_| !unread).and_then(|shown| {
            let explanation = (*shown.answer).as_ref().ok()?;
            (self.question.query().as_ref() == Some(&shown.query)).then_some((shown, explanation))
        });
        let connection = explained.map(|(shown, explanation)| Connection {
            from: &shown.query.from,
            to: &shown.query.to,
            port: self.question.port.trim().to_owned(),
            protocol: shown.query.protocol.as_str(),
            verdict: explanation.verdict,
            summary: &explanation.summary,
        });
        let judged = Judged {
            revision: self.document.revision,
            findings: Findings { errors, warnings, hints },
            tests: if unread {
                Tests { passed: 0, failed: 0 }
            } else {
                Tests { passed: overview.tests.passed, failed: overview.tests.failed }
            },
            connection,
        };
        Some(json::to_string(&judged))
    }

    /// The text and the link to it, as JSON.
    pub fn content(&self) -> String {
        let link = self.own_link();
        let link = link.as_deref().and_then(|link| link.as_deref().ok());
        let put = self.document.jobs.iter().rev().find_map(|(_, job)| match job {
            EditorJob::Replace(text) => Some(text),
            _ => None,
        });
        let content = match put {
            // On its way into the editor.
            Some(text) => Content { revision: self.document.revision + 1, text, link: None },
            None => Content { revision: self.document.revision, text: &self.document.text, link },
        };
        json::to_string(&content)
    }

    /// What to ask for so that the way to a page of its own is there at any time.
    pub(super) fn way_out(&self) -> Option<ShareQuery> {
        let opening = self.sharing.visit.is_some() || self.document.typing;
        (self.embed.framed && !opening).then(|| self.link_query())
    }
}
