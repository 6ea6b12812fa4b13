//! What the page and its worker say to each other.
//!
//! A request about a text names the text's revision, and so does the answer. A reply repeats its
//! query: whoever asked compares it with what is still wanted.

use std::collections::BTreeMap;

use netpol::complete::{Completions, FieldHelp};
use netpol::edit::EditCommand;
use netpol::lookup::Lookup;
use netpol::view::{
    ConnectionQuery, Diff, Edit, Explanation, FindingView, FlowLog, FlowQuery, Flows, FoldedMatrix,
    FoldedQuery, Judging, MatrixQuery, PortSpec, QueryError, Reach, StoredLine, Suggestion,
    TestReport, Topology, Verdict,
};
use netpol_diagram::{Folding, Look, Places, Scene};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Here is a text; answer these queries about it.
    Analyse {
        /// The text's revision.
        revision: u64,
        /// The text.
        text: String,
        /// What to answer besides the overview.
        queries: Vec<Query>,
    },
    /// Answer these queries about the text that was sent before.
    Ask {
        /// The text's revision.
        revision: u64,
        /// What to answer.
        queries: Vec<Query>,
    },
    /// Never answer. Only the page's address can ask for it (`?hang-worker`), so that the browser
    /// tests can see a hung worker being ended.
    Hang,
}

/// A question about a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Query {
    /// The flows, placed.
    Picture(PictureQuery),
    /// The flows of a picture, line by line.
    Log(PictureQuery),
    /// Who to whom.
    Matrix(FoldedQuery),
    /// What is different from a marked text.
    Diff(DiffQuery),
    /// Something to take along.
    Export(ExportQuery),
    /// Why a connection is allowed or not.
    Explain(ConnectionQuery),
    /// The same about the connection to begin with, which the picture before it says.
    ExplainFirst,
    /// Which edits make a connection as somebody wants it.
    Suggest(WishQuery),
    /// More about one object.
    Inspect(Subject),
    /// How to change the text.
    Edit(EditCommand),
    /// The findings after so many.
    Findings(usize),
    /// Help for who is writing.
    Assist(AssistQuery),
    /// What a place of the text is about.
    Lookup(LookupQuery),
    /// What a link opens, whatever the text is: the fragment.
    Visit(String),
    /// The link to the text.
    Share(ShareQuery),
}

/// An object that somebody wants to know more about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A pod or workload, by its id.
    Node(String),
    /// A policy.
    Policy {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
}

/// More about one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inspection {
    /// About a pod or workload.
    Node {
        /// Who reaches it.
        reached_by: Reach,
        /// Whom it reaches.
        reaches: Reach,
    },
    /// About a policy.
    Policy {
        /// As the API server keeps it.
        stored: Vec<StoredLine>,
        /// What it changes.
        effect: Diff,
    },
}

/// What somebody wants of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishQuery {
    /// The connection.
    pub connection: ConnectionQuery,
    /// Allowed or denied.
    pub wanted: Verdict,
    /// Whether the sender has to be able to look names up, too.
    pub names: bool,
}

/// Help for who is writing, about a text that may be newer than the one that was analysed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssistQuery {
    /// Its number; the answer has the same.
    pub number: u32,
    /// What is wanted.
    pub wants: Wants,
    /// The document that is being written, without those around it.
    pub text: String,
    /// Where in it, in bytes.
    pub offset: u32,
}

/// What help is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wants {
    /// What may stand there.
    Completions,
    /// What the field there means.
    Meaning,
}

/// The answer to an [`AssistQuery`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssistAnswer {
    /// What may stand there.
    Completions(Completions),
    /// What the field there means.
    Meaning(Option<FieldHelp>),
}

/// What a place of the text is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupQuery {
    /// The place, in bytes.
    pub offset: u32,
    /// The picture whose flows are looked at.
    pub picture: PictureQuery,
}

/// A text to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffQuery {
    /// Its number.
    pub mark: u64,
    /// The text.
    pub text: String,
}

/// Something to take along, as a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportQuery {
    /// The picture, looking like this.
    Svg(PictureQuery, Look),
    /// Who reaches whom, for Mermaid.
    Mermaid,
    /// The same, for Graphviz.
    Dot,
    /// The same, as comma-separated values.
    Csv,
    /// The log of the flows of a picture.
    Log(PictureQuery),
    /// The matrix.
    Matrix(MatrixQuery),
    /// A report of a verdict, with a link.
    Report(ConnectionQuery, ShareQuery),
    /// What is different from the mark with this number, as a Markdown table.
    DiffMarkdown(u64),
    /// The same, as comma-separated values.
    DiffCsv(u64),
}

/// Which flows to draw, and for how much room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureQuery {
    /// Which flows.
    pub flows: FlowQuery,
    /// What is folded.
    pub folding: Folding,
    /// Where cards were put.
    pub places: Places,
    /// The revision of the text that changes are told against.
    pub since: Option<u64>,
    /// The width in CSS pixels.
    pub width: u32,
    /// The height of the room, if the picture is to be seen in it as a whole.
    pub height: Option<u32>,
}

/// The page's address, and how the text is to be seen by who opens a link to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareQuery {
    /// The page's address without a fragment.
    pub address: String,
    /// The link's parameters by their names, but for the question's.
    pub parameters: BTreeMap<String, String>,
    /// The question that it asks.
    pub question: Option<ConnectionQuery>,
    /// What it is made of.
    pub cut: ShareCut,
}

/// A question as links ask it: `FROM>TO:PORT/PROTOCOL`.
pub fn flow(question: &ConnectionQuery) -> String {
    let ConnectionQuery { from, to, port, protocol } = question;
    match port {
        PortSpec::None => format!("{from}>{to}/{protocol}"),
        port => format!("{from}>{to}:{port}/{protocol}"),
    }
}

/// What of the manifests is passed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareCut {
    /// Everything has another name.
    pub redact: bool,
    /// Only what decides about the question.
    pub minimise: bool,
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// What is shown.
    pub content: VisitedContent,
    /// The link's parameters by their names.
    pub parameters: BTreeMap<String, String>,
}

/// What a link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitedContent {
    /// What is open already.
    Nothing,
    /// These manifests.
    Text(String),
    /// The scenario of that name.
    Example(String),
    /// What is at this address.
    Url(String),
}

/// What the worker sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// It has started and listens.
    Ready,
    /// The answer to a request.
    Answer(Box<Answer>),
    /// The engine failed; the worker is of no more use.
    Panicked(String),
}

/// What the worker sends, one for each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The text's revision.
    pub revision: u64,
    /// What there is; only after [`Request::Analyse`].
    pub overview: Option<Overview>,
    /// One for each query, in the same order; to [`Query::ExplainFirst`], if there is a connection.
    pub replies: Vec<Reply>,
}

/// A query and its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Query::Picture`].
    Picture(PictureQuery, Picture),
    /// To [`Query::Log`].
    Log(PictureQuery, FlowLog),
    /// To [`Query::Matrix`].
    Matrix(FoldedQuery, FoldedMatrix),
    /// To [`Query::Diff`], by the number of the mark.
    Diff(u64, Result<Diff, QueryError>),
    /// To [`Query::Export`].
    Export(ExportQuery, Result<String, QueryError>),
    /// To [`Query::Explain`] and [`Query::ExplainFirst`].
    Explain(ConnectionQuery, Box<Result<Explanation, QueryError>>),
    /// To [`Query::Suggest`].
    Suggest(WishQuery, Result<Vec<Suggestion>, QueryError>),
    /// To [`Query::Inspect`].
    Inspect(Subject, Box<Result<Inspection, QueryError>>),
    /// To [`Query::Edit`].
    Edit(EditCommand, Result<Vec<Edit>, QueryError>),
    /// To [`Query::Findings`].
    Findings(usize, Vec<FindingView>),
    /// To [`Query::Assist`], by its number.
    Assist(u32, AssistAnswer),
    /// To [`Query::Lookup`].
    Lookup(LookupQuery, Option<Lookup>),
    /// To [`Query::Visit`], or why the link cannot be opened.
    Visit(String, Box<Result<Visited, String>>),
    /// To [`Query::Share`]: the link, or why there is none.
    Share(ShareQuery, Result<String, String>),
}

/// What there is in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The first findings: errors, then warnings, then hints; those of a kind as they stand.
    pub findings: Vec<FindingView>,
    /// How many findings there are: errors, warnings, hints.
    pub finding_counts: [usize; 3],
    /// The cluster; of a large one, the first pods, services and policies.
    pub topology: Topology,
    /// How many there are of what `topology` may leave out.
    pub totals: Totals,
    /// The results of the expectations.
    pub tests: TestReport,
    /// How verdicts are judged.
    pub judging: Judging,
}

impl Overview {
    /// How many findings there are.
    pub fn finding_total(&self) -> usize {
        self.finding_counts.iter().sum()
    }
}

/// How large a cluster is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Pods and workloads.
    pub nodes: usize,
    /// Services.
    pub services: usize,
    /// Policies.
    pub policies: usize,
}

/// Flows, placed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The flows; the scene's edges refer to them.
    pub flows: Flows,
    /// Where everything is.
    pub scene: Scene,
    /// How many flows had another verdict before, by what they have now; whatever the filters.
    pub changed: BTreeMap<Verdict, u64>,
    /// How many namespaces are folded, and how many there are.
    pub folded: [usize; 2],
}
