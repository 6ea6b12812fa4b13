//! The state of the page. [`update`] is its only author.

mod answers;
mod arrangement;
mod ask;
mod connect;
mod document;
mod embed;
mod export;
mod files;
mod film;
mod filters;
mod form;
mod graph;
mod keeping;
#[cfg(test)]
mod keeping_tests;
mod kept;
mod lesson;
mod library;
mod link;
mod mark;
mod matrix_link;
mod places;
mod question;
mod shared_text;
mod sharing;
#[cfg(test)]
mod sharing_tests;
mod start;
#[cfg(test)]
mod tests;
mod update;
mod wish;

use std::rc::Rc;

use netpol::edit::EditCommand;
use netpol::view::Place;
use serde::{Deserialize, Serialize};

use crate::protocol::{AssistQuery, Subject};

pub use answers::{Answers, Shared, Shown};
pub use connect::{ConnectMsg, Drawing};
pub use document::{Document, EditorJob, History, SCENARIO_KEY};
pub use embed::{Embed, Part};
pub use export::{Export, ExportText};
pub use files::{OpenedFile, join_files};
pub use film::{Film, FilmMsg, Row, Speed, Spot, Step, steps};
pub use filters::{Chip, Filters, MatrixFilter};
pub use form::{Draft, DraftError, Field, Form, Purpose};
pub use graph::{Changes, GraphMsg, GraphView};
pub use keeping::DocumentMsg;
pub use kept::KeptView;
pub use lesson::{LessonMsg, LessonStep};
pub use library::{
    DocumentId, Entry, Library, Listing, Opened, Own, StoreJob, Stored, StoredDocument,
};
pub use link::{InFlight, Link};
pub use mark::{MarkMsg, Marked};
pub use places::{Moved, Way};
pub use question::Question;
pub use shared_text::SharedText;
pub use sharing::{Offer, ShareAs, Sharing};
pub use start::{Start, Unsaved};
pub use update::{Msg, update};
pub use wish::{Suggestions, Wish, Wishes};

/// Everything that the page shows, or shows depend on.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The text and what happens to it.
    pub document: Document,
    /// The documents that the browser keeps.
    pub library: Library,
    /// Links to documents.
    pub sharing: Sharing,
    /// How the page stands in another page.
    pub embed: Embed,
    /// The worker.
    pub link: Link,
    /// What the engine has answered.
    pub answers: Answers,
    /// The connection that is explained.
    pub question: Question,
    /// What somebody wants of it.
    pub wish: Option<Wish>,
    /// The object of the cluster that more is shown of.
    pub inspected: Option<Subject>,
    /// Which flows are drawn.
    pub filters: Filters,
    /// How the picture is seen.
    pub graph: GraphView,
    /// The step of a lesson that the document is about.
    pub lesson: Option<LessonStep>,
    /// The connection that is gone through step by step.
    pub film: Option<Film>,
    /// What the matrix is about.
    pub matrix: MatrixFilter,
    /// A change of the text that is asked for without a form.
    pub errand: Option<EditCommand>,
    /// What who is writing wants to know.
    pub assist: Option<AssistQuery>,
    /// The editor's cursor: in which revision, and at which byte.
    pub cursor: Option<(u64, u32)>,
    /// Which findings are listed.
    pub problems: Problems,
    /// The state that others are compared with.
    pub marked: Option<Marked>,
    /// The open form.
    pub form: Form,
    /// Lines of the text that belong to what is pointed at.
    pub marks: Rc<[Mark]>,
    /// Where the person is.
    pub view: View,
    /// Something to tell that belongs nowhere else.
    pub notice: Option<Notice>,
    /// Whether the editor is yet to come: it follows picture and explanation.
    pub awaits_editor: bool,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The tab of the document's side.
    pub tab: Tab,
    /// What the stage shows.
    pub stage: Stage,
    /// The pane that a narrow screen shows.
    pub pane: Pane,
    /// The part of the width that the document's side has, in percent, if somebody has set it.
    pub split: Option<u8>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether flows stand still.
    pub paused: bool,
    /// The room for the picture in CSS pixels; 0 until it is known.
    pub width: u32,
    /// Its height, when the width was told or the height was last quite another.
    pub height: u32,
    /// What is to be taken along.
    pub export: Export,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Whether files are being dragged over the page.
    pub dragging: bool,
}

/// How wide the document's side can be, in percent.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// At least.
    pub least: u8,
    /// At most.
    pub most: u8,
    /// As long as nobody has set it.
    pub usual: u8,
}

/// How wide the document's side can be.
pub const SPLIT: Split = Split { least: 20, most: 70, usual: 33 };

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The list of keys.
    Shortcuts,
    /// What can be taken along.
    Export,
    /// The link to the document.
    Share,
}

/// The tabs of the document's side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tab {
    /// The text and its findings.
    #[default]
    Manifests,
    /// Namespaces, pods and addresses as forms.
    Cluster,
    /// The expectations.
    Tests,
}

impl Tab {
    /// All of them, as they stand.
    pub const ALL: [Self; 3] = [Self::Manifests, Self::Cluster, Self::Tests];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Manifests => "Manifests",
            Self::Cluster => "Cluster",
            Self::Tests => "Tests",
        }
    }

    /// Its name in ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Cluster => "cluster",
            Self::Tests => "tests",
        }
    }
}

/// What the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The picture.
    #[default]
    Graph,
    /// Who to whom.
    Matrix,
    /// The flows, line by line.
    Log,
    /// What is different from a marked state.
    Changes,
}

impl Stage {
    /// All of them, as they stand.
    pub const ALL: [Self; 4] = [Self::Graph, Self::Matrix, Self::Log, Self::Changes];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Graph => "Graph",
            Self::Matrix => "Matrix",
            Self::Log => "Flow log",
            Self::Changes => "Changes",
        }
    }

    /// Its name in ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Matrix => "matrix",
            Self::Log => "log",
            Self::Changes => "changes",
        }
    }
}

/// The panes of a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The document's side.
    Document,
    /// Graph or matrix, and below it the explanation.
    #[default]
    Picture,
}

impl Pane {
    /// All of them, as they stand.
    pub const ALL: [Self; 2] = [Self::Picture, Self::Document];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "Edit",
            Self::Picture => "See",
        }
    }

    /// Its name in ids and attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Picture => "picture",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The one that the button goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    /// Its name in attributes and storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// Lines of the text to mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub place: Place,
    /// How.
    pub kind: MarkKind,
}

/// How lines are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// They belong to what is pointed at.
    Part,
    /// They match.
    Hit,
    /// They do not match.
    Miss,
}

impl MarkKind {
    /// The name that the editor knows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Hit => "hit",
            Self::Miss => "miss",
        }
    }
}

/// Which findings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problems {
    /// At most so many.
    pub listed: usize,
    /// Which are left out: errors, warnings, hints.
    pub hidden: [bool; 3],
}

impl Problems {
    /// So many more are listed at a time.
    pub const STEP: usize = 100;
}

impl Default for Problems {
    fn default() -> Self {
        Self { listed: Self::STEP, hidden: [false; 3] }
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The worker was ended: it took too long, or it failed.
    Stopped {
        /// What happened.
        reason: String,
    },
    /// A scenario took the place of the text.
    Replaced {
        /// The scenario's title.
        title: &'static str,
    },
    /// Another document was opened; the one before is kept.
    Left {
        /// The one before.
        id: DocumentId,
        /// Its name.
        name: Rc<str>,
    },
    /// A document was deleted.
    Deleted {
        /// Its name.
        name: Rc<str>,
        /// Its text.
        text: SharedText,
    },
    /// Another tab has changed the open document.
    ChangedElsewhere {
        /// Its name.
        name: Rc<str>,
    },
    /// Another tab had changed the document; the text is now a document of its own.
    Forked {
        /// The name of the other tab's.
        name: Rc<str>,
        /// The name of this one.
        fork: Rc<str>,
    },
    /// The browser does not take the document.
    NotKept {
        /// What it says.
        reason: String,
    },
    /// Documents that could not be read were set aside.
    Damaged,
    /// Something that was asked for is not done.
    Refused {
        /// Why, and what helps.
        reason: String,
    },
    /// Something that was asked for is done, and cannot be seen.
    Told {
        /// What.
        text: &'static str,
    },
    /// The page itself failed.
    Broken {
        /// What it said.
        message: String,
    },
}

/// The state as the browser tests wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Something was asked and not answered yet, or is being typed.
    Working,
    /// What is shown is about the text as it is.
    Ready,
    /// What is shown is about an earlier text.
    Stale,
}

impl Status {
    /// Its name in attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Ready => "ready",
            Self::Stale => "stale",
        }
    }
}

impl Model {
    /// A page that has just opened with a scenario.
    pub fn new(scenario: &'static netpol_lessons::Scenario, theme: Theme) -> Self {
        Self {
            document: Document::new(scenario),
            library: Library::default(),
            sharing: Sharing::default(),
            embed: Embed::default(),
            link: Link::default(),
            answers: Answers::default(),
            question: Question::default(),
            wish: None,
            inspected: None,
            filters: Filters::default(),
            graph: GraphView::default(),
            lesson: None,
            film: None,
            matrix: MatrixFilter::default(),
            errand: None,
            assist: None,
            cursor: None,
            problems: Problems::default(),
            marked: None,
            form: Form::Closed,
            marks: Rc::default(),
            view: View { theme, ..View::default() },
            notice: None,
            awaits_editor: false,
        }
    }

    /// Whether there is what a person sees first: picture and explanation, or that there will be none.
    pub fn is_presentable(&self) -> bool {
        // Not what a link is about to take the place of.
        let opening =
            self.sharing.visit.is_some() || self.library.is_looking() || self.document.typing;
        let current = self.answers.revision == self.document.revision && !opening;
        let answered = current && self.answers.picture.is_some();
        let explained = self.question.query().is_none() || self.answers.explanation.is_some();
        answered && explained || self.answered() != Status::Working || self.notice.is_some()
    }

    /// Whether the engine has answered everything that the page asks by itself, and nothing has failed.
    fn is_settled(&self) -> bool {
        self.answered() == Status::Ready && self.notice.is_none()
    }

    /// Whether what is shown is about the text as it is, and can be changed.
    pub fn status(&self) -> Status {
        if self.awaits_editor { Status::Working } else { self.answered() }
    }

    /// Whether what is shown is about the text as it is.
    fn answered(&self) -> Status {
        if self.link.refuses(self.document.revision) {
            Status::Stale
        } else if self.document.typing
            || self.library.is_looking()
            || !self.link.ready
            || self.link.in_flight.is_some()
            || self.next_request().is_some()
        {
            Status::Working
        } else if self.answers.stale {
            Status::Stale
        } else {
            Status::Ready
        }
    }
}
