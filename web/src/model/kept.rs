//! How a document is seen: kept beside it, so that it looks the same after a reload.

use serde::{Deserialize, Serialize};

use super::{Filters, GraphView, LessonStep, MatrixFilter, Model, Question, SPLIT, Stage, Tab};
use crate::json;

/// What is kept of the page besides the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptView {
    /// The connection that is explained.
    pub question: Question,
    /// Which flows are drawn.
    pub filters: Filters,
    /// How the picture is seen.
    pub graph: GraphView,
    /// What the matrix is about.
    pub matrix: MatrixFilter,
    /// The tab of the document's side.
    pub tab: Tab,
    /// What the stage shows.
    pub stage: Stage,
    /// How wide the document's side is, in percent, if somebody has set it.
    pub split: Option<u8>,
    /// The step of a lesson that the document is about.
    pub lesson: Option<String>,
}

impl KeptView {
    /// Reads what [`KeptView::write`] wrote. What cannot be read is as if it had never been set.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// As JSON.
    pub fn write(&self) -> String {
        json::to_string(self)
    }

    /// How the open document is seen.
    pub(super) fn of(model: &Model) -> Self {
        Self {
            question: model.question.clone(),
            filters: model.filters.clone(),
            graph: model.graph.kept(),
            matrix: model.matrix.clone(),
            tab: model.view.tab,
            stage: model.view.stage,
            split: model.view.split,
            lesson: model.lesson.map(LessonStep::name),
        }
    }

    /// Shows the open document so.
    pub(super) fn show(self, model: &mut Model) {
        model.question = self.question;
        model.filters = self.filters;
        model.graph = self.graph;
        model.matrix = self.matrix;
        model.view.tab = self.tab;
        model.view.stage = self.stage;
        // A step of which nothing is known any more is left out.
        model.lesson = self.lesson.as_deref().and_then(LessonStep::named);
        // A document for which nobody has set it is as wide as the one before.
        let split = self.split.map(|part| part.clamp(SPLIT.least, SPLIT.most));
        model.view.split = split.or(model.view.split);
    }
}
