//! The worker's half of the conversation: keeps the last analysis and answers questions about it.

mod picture;

use netpol::view::{FindingView, Severity};
use netpol::{Analysis, Sources, analyse, complete, edit, lookup};

use netpol::view::{QueryError, ReachQuery};

use crate::protocol::{
    Answer, AssistAnswer, AssistQuery, Inspection, Overview, Query, Reply, Request, Subject, Wants,
};

/// The name of the page's one text.
pub const FILE: &str = "manifests.yaml";

/// So many findings are told at a time, and their number.
const FINDINGS: usize = 500;

/// The engine with the text that it was given last.
#[derive(Debug, Default)]
pub struct Engine {
    current: Option<(u64, Analysis)>,
}

impl Engine {
    /// Answers a request; `None` to one that is never answered.
    pub fn answer(&mut self, request: Request) -> Option<Answer> {
        match request {
            Request::Analyse { revision, text, queries } => {
                let sources = Sources::single(FILE, text);
                let analysis = match self.current.take() {
                    Some((_, before)) => before.update(sources),
                    None => analyse(sources),
                };
                let overview = Some(overview(&analysis));
                let replies = queries.into_iter().map(|query| reply(&analysis, query)).collect();
                self.current = Some((revision, analysis));
                Some(Answer { revision, overview, replies })
            }
            Request::Ask { revision, queries } => {
                let about =
                    |analysis| queries.into_iter().map(|query| reply(analysis, query)).collect();
                let replies = self.analysis(revision).map(about).unwrap_or_default();
                Some(Answer { revision, overview: None, replies })
            }
            Request::Hang => None,
        }
    }

    fn analysis(&self, revision: u64) -> Option<&Analysis> {
        self.current.as_ref().filter(|(of, _)| *of == revision).map(|(_, analysis)| analysis)
    }
}

fn overview(analysis: &Analysis) -> Overview {
    let all = analysis.findings();
    let count = |severity| all.iter().filter(|finding| finding.severity == severity).count();
    let finding_counts = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let findings = page_of(all, 0);
    Overview { findings, finding_counts, topology: analysis.topology(), tests: analysis.test() }
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
    findings.sort_by_key(|finding| finding.severity);
    findings.into_iter().skip(skip).take(FINDINGS).collect()
}

fn reply(analysis: &Analysis, query: Query) -> Reply {
    match query {
        Query::Picture(query) => {
            let picture = picture::draw(analysis, &query);
            Reply::Picture(query, picture)
        }
        Query::Matrix(query) => {
            let matrix = analysis.matrix(&query);
            Reply::Matrix(query, matrix)
        }
        Query::Explain(query) => {
            let explanation = analysis.explain(&query);
            Reply::Explain(query, Box::new(explanation))
        }
        Query::Suggest(query) => {
            let suggestions = analysis.suggest(&query.connection, query.wanted);
            Reply::Suggest(query, suggestions)
        }
        Query::Inspect(subject) => {
            let inspection = inspect(analysis, &subject);
            Reply::Inspect(subject, Box::new(inspection))
        }
        Query::Findings(skip) => Reply::Findings(skip, page_of(analysis.findings(), skip)),
        Query::Assist(query) => Reply::Assist(query.number, assist(analysis, &query)),
        Query::Lookup(query) => {
            let found = lookup::lookup(analysis, query.offset, &query.flows);
            Reply::Lookup(query, found)
        }
        Query::Edit(command) => {
            let edits = edit::edits(analysis, &command);
            Reply::Edit(command, edits)
        }
    }
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
