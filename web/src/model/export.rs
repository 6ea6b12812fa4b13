//! What can be taken along: pictures, texts for other tools, a report.

use netpol::view::QueryError;
use netpol_diagram::{Look, Motion, Palette};

use super::{Model, Shared, SharedText, Theme};
use crate::protocol::ExportQuery;

/// What can be taken along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Export {
    /// The verdict that is explained, as a report.
    #[default]
    Report,
    /// The text.
    Yaml,
    /// The picture in dots.
    Png,
    /// The picture in lines.
    Svg,
    /// Who reaches whom, for Mermaid.
    Mermaid,
    /// Who reaches whom, for Graphviz.
    Dot,
    /// Who reaches whom, for spreadsheets.
    Csv,
    /// The matrix, for people.
    Matrix,
    /// The flow log.
    Log,
    /// What is different from the mark, for people.
    Diff,
    /// What is different from the mark, for spreadsheets.
    DiffCsv,
}

/// The text of what is to be taken along, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportText {
    /// There is nothing to ask about.
    Nothing,
    /// It is being written.
    Awaited,
    /// The engine took too long and was ended.
    GivenUp,
    /// The document.
    Document(SharedText),
    /// What the engine has written, or why it has not.
    Written(Shared<Result<String, QueryError>>),
}

impl ExportText {
    /// The text, if it is here.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Document(text) => Some(text),
            Self::Written(answer) => answer.as_ref().ok().map(String::as_str),
            Self::Nothing | Self::Awaited | Self::GivenUp => None,
        }
    }
}

impl Export {
    /// All of them, as they stand.
    pub const ALL: [Self; 11] = [
        Self::Report,
        Self::Yaml,
        Self::Png,
        Self::Svg,
        Self::Mermaid,
        Self::Dot,
        Self::Csv,
        Self::Matrix,
        Self::Log,
        Self::Diff,
        Self::DiffCsv,
    ];

    /// Its name, and what it is good for.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Report => ["Report", "Markdown: question, verdict, reasons and manifests"],
            Self::Yaml => ["YAML", "The manifests"],
            Self::Png => ["PNG", "The graph as a picture, in twice its size"],
            Self::Svg => ["SVG", "The graph as a moving drawing, light and dark"],
            Self::Mermaid => ["Mermaid", "Who reaches whom, for Markdown pages"],
            Self::Dot => ["DOT", "Who reaches whom, for Graphviz"],
            Self::Csv => ["CSV", "Who reaches whom, for spreadsheets"],
            Self::Matrix => ["Matrix", "A table in plain text"],
            Self::Log => ["Flow log", "Lines as Hubble prints them"],
            Self::Diff => ["Changes", "Markdown: what is different from the marked state"],
            Self::DiffCsv => ["Changes as CSV", "The same, for spreadsheets"],
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Report => "md",
            Self::Yaml => "yaml",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Mermaid => "mmd",
            Self::Dot => "dot",
            Self::Csv => "csv",
            Self::Matrix => "txt",
            Self::Log => "log",
            Self::Diff => "changes.md",
            Self::DiffCsv => "changes.csv",
        }
    }

    /// Whether there must be a mark for it.
    pub fn needs_mark(self) -> bool {
        matches!(self, Self::Diff | Self::DiffCsv)
    }

    /// Whether it is looked at rather than read.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}

impl Model {
    /// What to ask the engine for; `None` if the page has it, or there is nothing to ask about.
    pub(super) fn export_query(&self) -> Option<ExportQuery> {
        // Without a theme of its own, the page and its pictures look as the system does.
        let palette = match self.view.theme {
            Theme::Auto => Palette::Auto,
            Theme::Light => Palette::Light,
            Theme::Dark => Palette::Dark,
        };
        Some(match self.view.export {
            Export::Yaml => return None,
            Export::Report => self.report_query()?,
            Export::Png => {
                ExportQuery::Svg(self.picture_query(), Look { palette, motion: Motion::Off })
            }
            Export::Svg => ExportQuery::Svg(self.picture_query(), Look::default()),
            Export::Mermaid => ExportQuery::Mermaid,
            Export::Dot => ExportQuery::Dot,
            Export::Csv => ExportQuery::Csv,
            Export::Matrix => ExportQuery::Matrix(self.matrix.query()),
            Export::Log => ExportQuery::Log(self.picture_query()),
            Export::Diff => ExportQuery::DiffMarkdown(self.marked.as_ref()?.number),
            Export::DiffCsv => ExportQuery::DiffCsv(self.marked.as_ref()?.number),
        })
    }

    /// What to ask for to get a report; `None` if there is no question.
    pub(super) fn report_query(&self) -> Option<ExportQuery> {
        Some(ExportQuery::Report(self.question.query()?, self.link_query()))
    }

    /// The report, once the engine has written it.
    pub fn report(&self) -> Option<Shared<Result<String, QueryError>>> {
        self.written(&self.report_query()?)
    }

    /// What the engine has written about the text as it is.
    fn written(&self, query: &ExportQuery) -> Option<Shared<Result<String, QueryError>>> {
        let shown = self.answers.export.as_ref()?;
        let is_it = shown.query == *query && shown.revision == self.document.revision;
        is_it.then(|| shown.answer.clone())
    }

    /// The text of what is to be taken along.
    pub fn export(&self) -> ExportText {
        if self.view.export == Export::Yaml {
            return ExportText::Document(self.document.text.clone());
        }
        let Some(query) = self.export_query() else { return ExportText::Nothing };
        match self.written(&query) {
            None if self.link.refuses(self.document.revision) => ExportText::GivenUp,
            None => ExportText::Awaited,
            Some(answer) => ExportText::Written(answer),
        }
    }
}
