//! The worker's half of the conversation: keeps the last analysis and answers questions about it.

mod export;
mod links;
mod picture;

use std::sync::Arc;

use netpol::view::{
    ConnectionQuery, Diff, FindingView, QueryError, ReachQuery, Severity, Topology, Verdict,
};
use netpol::{Analysis, Sources, analyse, complete, edit, flow_log, lookup};
use netpol_diagram::LastLayout;
use netpol_sort::Sort;

use crate::model::Question;
use crate::protocol::{
    Answer, AssistAnswer, AssistQuery, DiffQuery, Inspection, Overview, Query, Reply, Request,
    Subject, Wants,
};

/// The name of the page's one text.
pub const FILE: &str = "manifests.yaml";

/// So many findings are told at a time, and their number.
const FINDINGS: usize = 500;

/// The engine with the text that it was given last.
#[derive(Debug, Default)]
pub struct Engine {
    current: Option<Current>,
    marked: Option<Marked>,
    layout: LastLayout,
}

/// A text that others are compared with, by its number.
#[derive(Debug)]
struct Marked {
    number: u64,
    analysis: Analysis,
}

/// A log has so many lines: a flow to a service has one for each of its pods.
const EVENTS: usize = 1000;

/// What the engine was given last.
#[derive(Debug)]
struct Current {
    revision: u64,
    analysis: Analysis,
    /// All of it: the page is told a part.
    topology: Topology,
    /// The text, unless it is too long to be kept for telling what an edit changed.
    text: Option<Arc<str>>,
    /// The earlier text that changes are told against, and its revision.
    before: Option<(u64, Analysis)>,
}

/// Changes of longer texts are not told: two analyses would take too much memory.
const COMPARED: usize = 1 << 20;

impl Engine {
    /// Answers a request; `None` to one that is never answered.
    pub fn answer(&mut self, request: Request) -> Option<Answer> {
        match request {
            Request::Analyse { revision, text, queries } => {
                let short = (text.len() <= COMPARED).then(|| Arc::from(text.as_str()));
                let sources = Sources::single(FILE, text);
                let (analysis, before) = match self.current.take() {
                    Some(current) => current.update(sources, since(&queries)),
                    None => (analyse(sources), None),
                };
                let topology = analysis.topology();
                let current = Current { revision, analysis, topology, text: short, before };
                let overview = Some(overview(&current));
                self.mark(&queries);
                let replies = replies(&current, self.marked.as_ref(), &mut self.layout, queries);
                self.current = Some(current);
                Some(Answer { revision, overview, replies })
            }
            Request::Ask { revision, queries } => {
                self.mark(&queries);
                let marked = self.marked.as_ref();
                let current = self.current.as_ref().filter(|current| current.revision == revision);
                let about = |current| replies(current, marked, &mut self.layout, queries);
                let replies = current.map(about).unwrap_or_default();
                Some(Answer { revision, overview: None, replies })
            }
            Request::Hang => None,
        }
    }

    /// Reads a marked text when it is named for the first time.
    fn mark(&mut self, queries: &[Query]) {
        let known = self.marked.as_ref().map(|marked| marked.number);
        let new = queries.iter().find_map(|query| match query {
            Query::Diff(query) if Some(query.mark) != known => Some(query),
            _ => None,
        });
        if let Some(DiffQuery { mark, text }) = new {
            let analysis = analyse(Sources::single(FILE, text.as_str()));
            self.marked = Some(Marked { number: *mark, analysis });
        }
    }
}

impl Marked {
    /// What is different from the mark with that number.
    fn diff(marked: Option<&Self>, number: u64, now: &Analysis) -> Result<Diff, QueryError> {
        match marked.filter(|marked| marked.number == number) {
            Some(marked) => netpol::diff(&marked.analysis, now),
            None => Err(QueryError {
                message: "no state is marked".to_owned(),
                help: Some("mark one under Changes".to_owned()),
            }),
        }
    }
}

/// What changes are told against.
fn since(queries: &[Query]) -> Option<u64> {
    queries.iter().find_map(|query| match query {
        Query::Picture(picture) => picture.since,
        _ => None,
    })
}

impl Current {
    /// Takes another text: its analysis, and the one that changes are told against.
    fn update(self, sources: Sources, since: Option<u64>) -> (Analysis, Option<(u64, Analysis)>) {
        let Self { revision, analysis, text, before, .. } = self;
        let before = match before {
            _ if since.is_none() => None,
            Some((known, before)) if Some(known) == since => Some((known, before)),
            _ if since == Some(revision) => {
                text.map(|text| (revision, analyse(Sources::single(FILE, &*text))))
            }
            _ => None,
        };
        (analysis.update(sources), before)
    }

    /// The analysis that changes are told against.
    fn since(&self, revision: Option<u64>) -> Option<&Analysis> {
        let before = self.before.as_ref().filter(|(of, _)| Some(*of) == revision);
        before.map(|(_, analysis)| analysis)
    }
}

fn overview(Current { analysis, topology, .. }: &Current) -> Overview {
    let all = analysis.findings();
    let count = |severity| all.iter().filter(|finding| finding.severity == severity).count();
    let finding_counts = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let findings = page_of(all, 0);
    let (topology, totals) = picture::told(topology);
    let (tests, judging) = (analysis.test(), analysis.judging());
    Overview { findings, finding_counts, topology, totals, tests, judging }
}

fn assist(analysis: &Analysis, query: &AssistQuery) -> AssistAnswer {
    let AssistQuery { wants, text, offset, .. } = query;
    match wants {
        Wants::Completions => {
            AssistAnswer::Completions(complete::complete(analysis, text, *offset))
        }
        Wants::Meaning => AssistAnswer::Meaning(complete::describe(text, *offset)),
    }
}

/// The findings after so many, the worst first.
fn page_of(mut findings: Vec<FindingView>, skip: usize) -> Vec<FindingView> {
    findings.arrange_by_key(|finding| finding.severity);
    findings.into_iter().skip(skip).take(FINDINGS).collect()
}

fn replies(
    current: &Current,
    marked: Option<&Marked>,
    layout: &mut LastLayout,
    queries: Vec<Query>,
) -> Vec<Reply> {
    queries.into_iter().fold(Vec::new(), |mut replies, query| {
        replies.extend(reply(current, marked, layout, query, &replies));
        replies
    })
}

/// The question to begin with, if a picture is among the replies.
fn first_question(current: &Current, replies: &[Reply]) -> Option<ConnectionQuery> {
    let flows = replies.iter().find_map(|reply| match reply {
        Reply::Picture(_, picture) => Some(&picture.flows),
        _ => None,
    });
    Question::first(Some(flows?), &current.topology)?.query()
}

/// `before` are the replies to the queries before.
fn reply(
    current: &Current,
    marked: Option<&Marked>,
    layout: &mut LastLayout,
    query: Query,
    before: &[Reply],
) -> Option<Reply> {
    let analysis = &current.analysis;
    match query {
        Query::Picture(query) => {
            let picture = picture::draw(current, layout, &query);
            Some(Reply::Picture(query, picture))
        }
        Query::Explain(query) => Some(explained(analysis, query)),
        Query::ExplainFirst => Some(explained(analysis, first_question(current, before)?)),
        query => wanted(current, marked, query),
    }
}

/// What somebody wants to know besides. It is apart from what each key asks for: a browser compiles what runs often
/// once more, each function as a whole, and as one with this it took as long as several keys.
#[inline(never)]
fn wanted(current: &Current, marked: Option<&Marked>, query: Query) -> Option<Reply> {
    let analysis = &current.analysis;
    Some(match query {
        Query::Picture(_) | Query::Explain(_) | Query::ExplainFirst => return None,
        Query::Log(query) => {
            let log = flow_log(&current.topology, &picture::flows(current, &query), EVENTS);
            Reply::Log(query, log)
        }
        Query::Matrix(query) => {
            let matrix = analysis.folded_matrix(&query);
            Reply::Matrix(query, matrix)
        }
        Query::Diff(query) => Reply::Diff(query.mark, Marked::diff(marked, query.mark, analysis)),
        Query::Export(query) => {
            let text = export::export(current, marked, &query);
            Reply::Export(query, text)
        }
        Query::Suggest(query) => {
            let suggestions = if query.names && query.wanted == Verdict::Allowed {
                analysis.allow(&query.connection)
            } else {
                analysis.suggest(&query.connection, query.wanted)
            };
            Reply::Suggest(query, suggestions)
        }
        Query::Inspect(subject) => {
            let inspection = inspect(analysis, &subject);
            Reply::Inspect(subject, Box::new(inspection))
        }
        Query::Findings(skip) => Reply::Findings(skip, page_of(analysis.findings(), skip)),
        Query::Assist(query) => Reply::Assist(query.number, assist(analysis, &query)),
        Query::Lookup(query) => {
            let drawn = picture::flows(current, &query.picture);
            let found = lookup::lookup(analysis, query.offset, &drawn.flows);
            Reply::Lookup(query, found)
        }
        Query::Visit(fragment) => {
            let visited = links::open(&fragment);
            Reply::Visit(fragment, Box::new(visited))
        }
        Query::Share(query) => {
            let link = links::write(analysis, &query);
            Reply::Share(query, link)
        }
        Query::Edit(command) => {
            let edits = edit::edits(analysis, &command);
            Reply::Edit(command, edits)
        }
    })
}

fn explained(analysis: &Analysis, query: ConnectionQuery) -> Reply {
    let explanation = analysis.explain(&query);
    Reply::Explain(query, Box::new(explanation))
}

fn inspect(analysis: &Analysis, subject: &Subject) -> Result<Inspection, QueryError> {
    match subject {
        Subject::Node(id) => {
            let (to, from) = (Some(id.clone()), Some(id.clone()));
            Ok(Inspection::Node {
                reached_by: analysis.reach(&ReachQuery { to, ..ReachQuery::default() })?,
                reaches: analysis.reach(&ReachQuery { from, ..ReachQuery::default() })?,
            })
        }
        Subject::Policy { namespace, name } => Ok(Inspection::Policy {
            stored: analysis.stored(namespace, name)?,
            effect: analysis.effect(namespace, name)?,
        }),
    }
}
