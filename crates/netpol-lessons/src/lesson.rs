//! Documents to be changed step by step.

use crate::check_a_tutorial::CHECK_A_TUTORIAL;
use crate::first_policy::FIRST_POLICY;

/// Steps that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in links, in kebab case.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// One sentence: what there is to learn.
    pub summary: &'static str,
    /// What there is to read and to do, in this order.
    pub steps: &'static [Step],
}

/// Something to read, a document to look at, and most often something to do.
///
/// What is to be done is told by the document's own expectations: it is done when all of them hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name for people.
    pub title: &'static str,
    /// What to read: paragraphs between empty lines, with code between backticks.
    pub text: &'static str,
    /// The connection that is explained first: `FROM>TO:PORT`, as in links.
    pub flow: &'static str,
    /// The manifests to begin with, part by part.
    pub start: &'static [&'static str],
    /// Manifests with which all expectations hold; none where there is nothing to do.
    pub solution: &'static [&'static str],
}

/// All lessons, the one to begin with first.
pub const LESSONS: &[Lesson] = &[FIRST_POLICY, CHECK_A_TUTORIAL];

/// The lesson with that id.
pub fn lesson(id: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.id == id)
}

impl Step {
    /// The document to begin with.
    ///
    /// ```
    /// let step = &netpol_lessons::LESSONS[0].steps[0];
    /// assert!(step.document().contains("kind: Pod"));
    /// ```
    pub fn document(&self) -> String {
        self.start.join("---\n")
    }

    /// The document with what is to be done; `None` if there is nothing to do.
    pub fn solved(&self) -> Option<String> {
        (!self.solution.is_empty()).then(|| self.solution.join("---\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_find_their_lesson() {
        for expected in LESSONS {
            assert_eq!(lesson(expected.id), Some(expected), "ids are unique");
        }
        assert_eq!(lesson("no-such-lesson"), None);
    }

    #[test]
    fn a_lesson_has_steps_and_code_is_closed() {
        for lesson in LESSONS {
            assert!(lesson.steps.len() > 1, "{}", lesson.id);
            for Step { title, text, .. } in lesson.steps {
                assert_eq!(text.matches('`').count() % 2, 0, "{}: {title}", lesson.id);
            }
        }
    }
}
