//! The text, as far as the page knows it. The editor owns what is being typed.

use std::rc::Rc;

use netpol::view::{Edit, Place};
use netpol_lessons::Scenario;

use super::SharedText;
use super::library::{DocumentId, Opened, Own};

/// What the keys of scenarios begin with, unlike those of a person's own documents.
pub const SCENARIO_KEY: &str = "scenario:";

/// The text and what is to happen to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The text that the editor gave last.
    pub text: SharedText,
    /// Counts the texts, from 1.
    pub revision: u64,
    /// Whether the editor has changes that it has not given yet.
    pub typing: bool,
    /// The scenario that the text came from.
    pub scenario: &'static Scenario,
    /// The document that the text is; `None` for a scenario as it is.
    pub own: Option<Own>,
    /// Whether the browser has taken what it was to keep.
    pub kept: bool,
    /// What undoing would take back or bring back.
    pub history: History,
    /// What the editor has yet to do, each with its number.
    pub jobs: Rc<[(u64, EditorJob)]>,
    /// How many jobs there have been.
    pub job_count: u64,
}

/// What there is to undo and redo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Whether a change can be taken back.
    pub undo: bool,
    /// Whether one that was taken back can be made again.
    pub redo: bool,
}

/// Something for the editor to do.
#[derive(Clone, Debug, PartialEq)]
pub enum EditorJob {
    /// Go to another document, with a history of its own.
    Open(Rc<Opened>),
    /// Make the text another one.
    Replace(SharedText),
    /// Make these changes.
    Edit(Rc<[Edit]>),
    /// Show a place and put the cursor there.
    Reveal(Place),
    /// Bring a place into sight and leave the cursor where it is.
    Show(Place),
    /// Go to the next finding (`true`), or to the one before.
    StepFinding(bool),
    /// Take the last change back.
    Undo,
    /// Make the change again that was taken back last.
    Redo,
}

impl EditorJob {
    /// Whether it makes the text another one.
    pub fn changes(&self) -> bool {
        !matches!(self, Self::Reveal(_) | Self::Show(_) | Self::StepFinding(_))
    }
}

impl Document {
    /// The text of a scenario.
    pub fn new(scenario: &'static Scenario) -> Self {
        Self {
            text: scenario.manifests.into(),
            revision: 1,
            typing: false,
            scenario,
            own: None,
            kept: true,
            history: History::default(),
            jobs: Rc::default(),
            job_count: 0,
        }
    }

    /// Whether the text is no longer the scenario's.
    pub fn edited(&self) -> bool {
        &*self.text != self.scenario.manifests
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        self.own.as_ref().map_or(self.scenario.title, |own| &own.name)
    }

    /// Its name in the browser's storage.
    pub fn key(&self) -> DocumentId {
        match &self.own {
            Some(own) => Rc::clone(&own.id),
            None => format!("{SCENARIO_KEY}{}", self.scenario.id).into(),
        }
    }

    /// The text is this one; says whether it is another one than before.
    pub(super) fn set_text(&mut self, text: SharedText) -> bool {
        self.typing = false;
        let changed = text != self.text;
        if changed {
            self.text = text;
            self.revision += 1;
        }
        changed
    }

    /// Gives the editor something to do.
    pub(super) fn order(&mut self, job: EditorJob) {
        self.typing |= job.changes();
        self.job_count += 1;
        let mut jobs = self.jobs.to_vec();
        jobs.push((self.job_count, job));
        self.jobs = jobs.into();
    }

    /// The editor has done everything up to a job's number.
    pub(super) fn done(&mut self, up_to: u64) {
        self.jobs = self.jobs.iter().filter(|(number, _)| *number > up_to).cloned().collect();
    }
}
