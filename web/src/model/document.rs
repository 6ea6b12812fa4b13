//! The text, as far as the page knows it. The editor owns what is being typed.

use std::rc::Rc;

use netpol::view::{Edit, Place};
use netpol_lessons::{SCENARIOS, Scenario};

/// The text and what is to happen to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The text that the editor gave last.
    pub text: Rc<str>,
    /// Counts the texts, from 1.
    pub revision: u64,
    /// Whether the editor has changes that it has not given yet.
    pub typing: bool,
    /// The scenario that the text came from.
    pub scenario: &'static Scenario,
    /// What the editor has yet to do, each with its number.
    pub jobs: Rc<[(u64, EditorJob)]>,
    /// How many jobs there have been.
    pub job_count: u64,
}

/// Something for the editor to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditorJob {
    /// Make the text another one.
    Replace(Rc<str>),
    /// Make these changes.
    Edit(Rc<[Edit]>),
    /// Show a place and put the cursor there.
    Reveal(Place),
    /// Take the last change back.
    Undo,
}

impl Document {
    /// The text of a scenario.
    pub fn new(scenario: &'static Scenario) -> Self {
        Self {
            text: scenario.manifests.into(),
            revision: 1,
            typing: false,
            scenario,
            jobs: Rc::default(),
            job_count: 0,
        }
    }

    /// Whether the text is no longer the scenario's.
    pub fn edited(&self) -> bool {
        &*self.text != self.scenario.manifests
    }

    /// The editor gives its text.
    pub(super) fn set_text(&mut self, text: Rc<str>) {
        self.typing = false;
        if text == self.text {
            return;
        }
        if let Some(scenario) = SCENARIOS.iter().find(|scenario| scenario.manifests == &*text) {
            self.scenario = scenario;
        }
        self.text = text;
        self.revision += 1;
    }

    /// Gives the editor something to do.
    pub(super) fn order(&mut self, job: EditorJob) {
        self.typing |= !matches!(job, EditorJob::Reveal(_));
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
