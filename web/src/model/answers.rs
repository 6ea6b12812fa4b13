//! What the engine has answered, as far as it is shown.

use std::ops::Deref;
use std::rc::Rc;

use netpol::lookup::Lookup;
use netpol::view::{
    ConnectionQuery, Diff, Explanation, FlowLog, Flows, FoldedMatrix, FoldedQuery, QueryError,
    Severity,
};

use super::{Question, SharedText, Suggestions};
use crate::protocol::{
    Answer, AssistAnswer, ExportQuery, Inspection, LookupQuery, Overview, Picture, PictureQuery,
    Reply, ShareQuery, Subject, WishQuery,
};

/// Something large that is compared by identity: the same answer, or another one.
#[derive(Debug, Default)]
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Something that nothing else is equal to.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// An answer, with the question and the text's revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<Q, A> {
    /// The text that it is about.
    pub revision: u64,
    /// The question.
    pub query: Q,
    /// The answer.
    pub answer: Shared<A>,
}

/// What the engine has answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The last text that was analysed; 0 before the first.
    pub revision: u64,
    /// Findings and test results of that text. Its topology is that of the last text that had one.
    pub overview: Shared<Overview>,
    /// The flows, placed.
    pub picture: Option<Shown<PictureQuery, Picture>>,
    /// The flows, line by line.
    pub log: Option<Shown<PictureQuery, FlowLog>>,
    /// Who to whom.
    pub matrix: Option<Shown<FoldedQuery, FoldedMatrix>>,
    /// What is different from the mark with this number.
    pub diff: Option<Shown<u64, Result<Diff, QueryError>>>,
    /// Something to take along.
    pub export: Option<Shown<ExportQuery, Result<String, QueryError>>>,
    /// The explanation.
    pub explanation: Option<Shown<ConnectionQuery, Result<Explanation, QueryError>>>,
    /// The edits that make a connection as somebody wants it.
    pub suggestions: Option<Shown<WishQuery, Suggestions>>,
    /// More about one object.
    pub inspection: Option<Shown<Subject, Result<Inspection, QueryError>>>,
    /// The last help for who is writing, and the number of the question.
    pub assist: Option<(u32, Shared<AssistAnswer>)>,
    /// What the cursor's place is about.
    pub lookup: Option<Shown<LookupQuery, Option<Lookup>>>,
    /// The link to the text.
    pub shared: Option<Shown<ShareQuery, Result<String, String>>>,
    /// Whether the picture is of an earlier text because nothing of the last one could be read, or
    /// because what somebody is typing there is half done.
    pub stale: bool,
    /// The last text that was answered without a document that cannot be read.
    whole: Option<SharedText>,
    /// The first text of the document that is open now: what is about earlier ones is about another document.
    since: u64,
}

/// What is found in a document that cannot be read, as it is while somebody types.
const BROKEN: [&str; 2] = ["yaml-syntax", "tab-indentation"];

/// A change of more bytes in one place is not typed: there, what can be read of the text as it is says
/// more than what it was.
const TYPED: usize = 1_000;

impl Answers {
    /// Whether anything has been answered.
    pub fn any(&self) -> bool {
        self.revision > 0
    }

    /// Takes an answer over, about `text` if that is known.
    pub(super) fn accept(&mut self, answer: Answer, text: Option<&SharedText>) {
        let Answer { revision, overview, replies } = answer;
        if let Some(mut overview) = overview {
            let same = self.revision >= self.since && !is_empty(&self.overview);
            self.revision = revision;
            let broken = is_broken(&overview);
            let typed = broken && self.is_typed(text);
            self.stale = same && (is_unreadable(&overview) || typed);
            if self.stale {
                overview.topology = self.overview.topology.clone();
                overview.totals = self.overview.totals;
                overview.tests = self.overview.tests.clone();
            } else if let Some(text) = text {
                self.whole = (!broken).then(|| text.clone());
            }
            if *self.overview != overview {
                self.overview = Shared::new(overview);
            }
        }
        for reply in replies {
            self.take(revision, reply);
        }
    }

    fn take(&mut self, revision: u64, reply: Reply) {
        match reply {
            Reply::Picture(query, answer) => {
                let answer = self.kept(answer, self.picture.as_ref().map(|old| &old.answer));
                self.picture = Some(Shown { revision, query, answer });
            }
            Reply::Log(query, answer) => {
                let answer = self.kept(answer, self.log.as_ref().map(|old| &old.answer));
                self.log = Some(Shown { revision, query, answer });
            }
            Reply::Matrix(query, answer) => {
                let answer = self.kept(answer, self.matrix.as_ref().map(|old| &old.answer));
                self.matrix = Some(Shown { revision, query, answer });
            }
            Reply::Diff(query, answer) => {
                let answer = self.kept(answer, self.diff.as_ref().map(|old| &old.answer));
                self.diff = Some(Shown { revision, query, answer });
            }
            Reply::Export(query, answer) => {
                self.export = Some(Shown { revision, query, answer: Shared::new(answer) });
            }
            Reply::Explain(query, answer) => {
                let same = self.explanation.as_ref().filter(|old| old.query == query);
                let old = same.map(|old| &old.answer);
                let answer = self.kept(*answer, old);
                self.explanation = Some(Shown { revision, query, answer });
            }
            Reply::Suggest(query, answer) => {
                let answer = Shared::new(answer);
                self.suggestions = Some(Shown { revision, query, answer });
            }
            Reply::Inspect(query, answer) => {
                let old = self.inspection.as_ref().filter(|old| old.query == query);
                let answer = self.kept(*answer, old.map(|old| &old.answer));
                self.inspection = Some(Shown { revision, query, answer });
            }
            Reply::Findings(skip, more) => {
                if revision == self.revision && skip == self.overview.findings.len() {
                    let mut overview = (*self.overview).clone();
                    overview.findings.extend(more);
                    self.overview = Shared::new(overview);
                }
            }
            Reply::Assist(number, answer) => self.assist = Some((number, Shared::new(answer))),
            Reply::Lookup(query, answer) => {
                let answer = Shared::new(answer);
                self.lookup = Some(Shown { revision, query, answer });
            }
            Reply::Share(query, answer) => {
                self.shared = Some(Shown { revision, query, answer: Shared::new(answer) });
            }
            Reply::Edit(..) | Reply::Visit(..) => {}
        }
    }

    /// Another document takes the place of the one that was shown, from this revision on.
    pub(super) fn switched(&mut self, revision: u64) {
        self.whole = None;
        self.suggestions = None;
        self.since = revision;
    }

    /// Whether what was answered last is about the document that is open, and not about the one before.
    pub(super) fn of_this_document(&self) -> bool {
        self.any() && self.revision >= self.since
    }

    /// Whether a text differs from the last whole one in one place only, and not by much. One that is
    /// not known has been typed on since: the next answer is about what it has become.
    fn is_typed(&self, text: Option<&SharedText>) -> bool {
        let Some(old) = &self.whole else { return false };
        let Some(new) = text else { return true };
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let both = old.len().min(new.len());
        let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let ends = old.iter().rev().zip(new.iter().rev()).take(both - start);
        let end = ends.take_while(|(old, new)| old == new).count();
        old.len().max(new.len()) - start - end <= TYPED
    }

    /// A new answer, or the old one: as long as the text cannot be read, and when both say the same, so that
    /// nothing is drawn anew.
    fn kept<A: PartialEq>(&self, new: A, old: Option<&Shared<A>>) -> Shared<A> {
        match old {
            Some(old) if self.stale || **old == new => old.clone(),
            _ => Shared::new(new),
        }
    }

    /// The flows on the picture.
    pub fn drawn(&self) -> Option<&Flows> {
        self.picture.as_ref().map(|shown| &shown.answer.flows)
    }

    /// The number of the flow that a question is about.
    pub fn chosen(&self, question: &Question) -> Option<usize> {
        self.drawn()?.flows.iter().position(|flow| question.is_about(flow))
    }
}

/// Whether a document could not be read.
fn is_broken(overview: &Overview) -> bool {
    overview.findings.iter().any(|finding| BROKEN.contains(&finding.code.as_str()))
}

/// Whether nothing could be read though something stands there.
fn is_unreadable(overview: &Overview) -> bool {
    is_empty(overview)
        && overview.findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Whether there is nothing to draw. The DNS pods that every cluster has do not count.
fn is_empty(overview: &Overview) -> bool {
    let topology = &overview.topology;
    let declared = |node: &netpol::view::NodeView| node.place.is_some();
    !topology.nodes.iter().any(declared)
        && topology.externals.is_empty()
        && topology.policies.is_empty()
        && topology.namespaces.iter().all(|namespace| namespace.place.is_none())
}
