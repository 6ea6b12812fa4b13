//! Where in a lesson the document is.

use netpol_lessons::{Lesson, Step};

use super::{EditorJob, KeptView, Model, Question, sharing};

/// A step of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonStep {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The step's number, from 0. There is such a step.
    at: usize,
}

/// What is done with a lesson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LessonMsg {
    /// Begin it, as a document of its own.
    Begin(&'static Lesson),
    /// Go to this step, or begin it again.
    Go(LessonStep),
    /// Show what was to be done.
    Solve,
    /// Read no more of it; the document stays.
    End,
}

impl LessonStep {
    /// The step that a link or the storage names: `first-policy:2`, counted from 1.
    pub fn named(name: &str) -> Option<Self> {
        let (id, number) = name.split_once(':').unwrap_or((name, "1"));
        let at = number.parse::<usize>().ok()?.checked_sub(1)?;
        Self { lesson: netpol_lessons::lesson(id)?, at }.checked()
    }

    /// Its name in links and in the storage.
    pub fn name(self) -> String {
        format!("{}:{}", self.lesson.id, self.number())
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.at + 1
    }

    /// What there is to read and to do.
    pub fn step(self) -> &'static Step {
        &self.lesson.steps[self.at]
    }

    /// The one before it.
    pub fn before(self) -> Option<Self> {
        let at = self.at.checked_sub(1)?;
        Some(Self { at, ..self })
    }

    /// The one after it.
    pub fn after(self) -> Option<Self> {
        Self { at: self.at + 1, ..self }.checked()
    }

    fn checked(self) -> Option<Self> {
        (self.at < self.lesson.steps.len()).then_some(self)
    }

    /// How its document is seen at first.
    pub(super) fn view(self) -> KeptView {
        let question = Question::parse(self.step().flow).unwrap_or_default();
        KeptView { question, lesson: Some(self.name()), ..KeptView::default() }
    }
}

impl Model {
    /// Whether what is to be done is done; `None` where there is nothing to do, or until the engine has told.
    pub fn is_lesson_done(&self) -> Option<bool> {
        let has_task = !self.lesson?.step().solution.is_empty();
        let tests = self.answers.of_this_document().then_some(&self.answers.overview.tests)?;
        has_task.then_some(tests.failed == 0 && tests.passed > 0)
    }
}

/// What becomes of the state.
pub(super) fn update(model: &mut Model, msg: LessonMsg) {
    model.notice = None;
    match msg {
        LessonMsg::Begin(lesson) => {
            let step = LessonStep { lesson, at: 0 };
            begin(model, step, step.view());
        }
        LessonMsg::Go(step) => {
            let text = step.step().document();
            if *model.document.text != *text {
                model.answers.switched(model.document.revision + 1);
                model.document.order(EditorJob::Replace(text.into()));
            }
            let split = model.view.split;
            KeptView { split, ..step.view() }.show(model);
        }
        LessonMsg::Solve => {
            if let Some(text) = model.lesson.and_then(|it| it.step().solved()) {
                model.document.order(EditorJob::Replace(text.into()));
            }
        }
        LessonMsg::End => model.lesson = None,
    }
}

/// Opens a step as a document of its own.
pub(super) fn begin(model: &mut Model, step: LessonStep, view: KeptView) {
    sharing::open(model, &step.step().document(), step.lesson.title, view);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_name() {
        for name in ["first-policy:1", "first-policy:6", "check-a-tutorial:3"] {
            assert_eq!(LessonStep::named(name).unwrap().name(), name);
        }
        assert_eq!(LessonStep::named("first-policy").unwrap().name(), "first-policy:1");
        for name in ["first-policy:0", "first-policy:7", "first-policy:", "none:1", "", ":1"] {
            assert_eq!(LessonStep::named(name), None, "{name}");
        }
    }

    #[test]
    fn steps_follow_each_other() {
        for lesson in netpol_lessons::LESSONS {
            let mut step = LessonStep { lesson, at: 0 };
            assert_eq!(step.before(), None);
            while let Some(after) = step.after() {
                assert_eq!(after.before(), Some(step));
                step = after;
            }
            assert_eq!(step.number(), lesson.steps.len());
        }
    }

    #[test]
    fn every_step_asks_something() {
        for lesson in netpol_lessons::LESSONS {
            for step in lesson.steps {
                let query = Question::parse(step.flow).and_then(|question| question.query());
                assert!(query.is_some(), "{}: {}", lesson.id, step.flow);
            }
        }
    }
}
