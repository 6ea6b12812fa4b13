//! What to ask the engine next: a function of the state, so that nothing is asked twice and
//! nothing is forgotten.

use netpol::lookup::Lookup;

use super::{Dialog, Export, Marked, Model, Shared, Shown, Stage, Tab};
use crate::protocol::{DiffQuery, LookupQuery, PictureQuery, Query, Request};

impl Model {
    /// The request to send now, if there is one.
    pub fn next_request(&self) -> Option<Request> {
        let revision = self.document.revision;
        if !self.link.ready || self.link.in_flight.is_some() || self.link.refuses(revision) {
            return None;
        }
        if self.link.holds != Some(revision) {
            let text = self.document.text.to_string();
            let queries = self.wanted().collect();
            return Some(Request::Analyse { revision, text, queries });
        }
        let mut queries: Vec<Query> =
            self.wanted().filter(|query| !self.has_answered(query)).collect();
        if queries.is_empty() {
            queries.extend(self.unheard_wish().map(Query::Suggest));
        }
        if queries.is_empty() { None } else { Some(Request::Ask { revision, queries }) }
    }

    /// What the page wants to know about the text, whatever the text is.
    fn wanted(&self) -> impl Iterator<Item = Query> {
        let picture = (self.view.width > 0).then(|| Query::Picture(self.picture_query()));
        let log = (self.view.stage == Stage::Log).then(|| Query::Log(self.picture_query()));
        let matrix = (self.view.stage == Stage::Matrix).then(|| Query::Matrix(self.matrix.part()));
        let diff = self.unanswered_mark().map(Query::Diff);
        let export = match self.view.dialog {
            Some(Dialog::Export) => self.export_query(),
            Some(Dialog::Share) => self.report_query(),
            _ => None,
        };
        let export = export.map(Query::Export);
        let explanation = match self.question.query() {
            Some(query) => Some(Query::Explain(query)),
            None => (picture.is_some() && self.question.is_blank()).then_some(Query::ExplainFirst),
        };
        let edit = self.form.pending().or(self.errand.as_ref()).cloned().map(Query::Edit);
        let assist = self.assist.clone().map(Query::Assist);
        let lookup = self.lookup_query().map(Query::Lookup);
        let inspected = self.inspected.clone().filter(|_| self.view.tab == Tab::Cluster);
        let inspection = inspected.map(Query::Inspect);
        let known = self.answers.overview.findings.len();
        let total = self.answers.overview.finding_total();
        let findings =
            (self.problems.listed > known && known < total).then_some(Query::Findings(known));
        let visit = self.sharing.visit.as_deref().map(|it| Query::Visit(it.to_owned()));
        let share = self.share_query().map(Query::Share);
        [
            assist,
            picture,
            log,
            diff,
            export,
            matrix,
            explanation,
            inspection,
            edit,
            findings,
            lookup,
            visit,
            share,
        ]
        .into_iter()
        .flatten()
    }

    pub(super) fn picture_query(&self) -> PictureQuery {
        PictureQuery {
            flows: self.filters.query(),
            folding: self.graph.folding.clone(),
            places: self.graph.places.clone(),
            since: self.graph.changes.since,
            width: self.view.width,
            // In a frame, the room is as high as the picture.
            height: (!self.embed.framed).then_some(self.view.height),
        }
    }

    /// The marked text, if it is to be compared with one that it has not been compared with.
    fn unanswered_mark(&self) -> Option<DiffQuery> {
        let Marked { number: mark, text, .. } = self.marked.as_ref()?;
        let exports = self.view.dialog == Some(Dialog::Export)
            && matches!(self.view.export, Export::Diff | Export::DiffCsv);
        let wanted = self.view.stage == Stage::Changes || exports;
        let known = is_about(self.answers.diff.as_ref(), self.document.revision, mark);
        (wanted && !known).then(|| DiffQuery { mark: *mark, text: text.to_string() })
    }

    /// What to ask about the cursor's place. Not about a text that is being typed.
    fn lookup_query(&self) -> Option<LookupQuery> {
        let (revision, offset) = self.cursor?;
        let is_current = revision == self.document.revision && !self.document.typing;
        let picture = self.answers.picture.as_ref().map(|shown| shown.query.clone())?;
        is_current.then_some(LookupQuery { offset, picture })
    }

    /// What the cursor's place is about, as long as it is about the text as it is.
    pub fn looked_up(&self) -> Option<Shared<Option<Lookup>>> {
        let query = self.lookup_query()?;
        let shown = self.answers.lookup.as_ref()?;
        let is_it = shown.revision == self.document.revision && shown.query == query;
        is_it.then(|| shown.answer.clone())
    }

    fn has_answered(&self, query: &Query) -> bool {
        let revision = self.document.revision;
        match query {
            Query::Picture(query) => is_about(self.answers.picture.as_ref(), revision, query),
            // It comes with the picture.
            Query::ExplainFirst => self.has_answered(&Query::Picture(self.picture_query())),
            Query::Log(query) => is_about(self.answers.log.as_ref(), revision, query),
            Query::Matrix(query) => is_about(self.answers.matrix.as_ref(), revision, query),
            Query::Export(query) => is_about(self.answers.export.as_ref(), revision, query),
            Query::Explain(query) => is_about(self.answers.explanation.as_ref(), revision, query),
            Query::Suggest(query) => is_about(self.answers.suggestions.as_ref(), revision, query),
            Query::Inspect(subject) => {
                is_about(self.answers.inspection.as_ref(), revision, subject)
            }
            Query::Lookup(query) => is_about(self.answers.lookup.as_ref(), revision, query),
            Query::Share(query) => is_about(self.answers.shared.as_ref(), revision, query),
            // These are not wanted any more when they are answered.
            Query::Diff(_)
            | Query::Edit(_)
            | Query::Findings(_)
            | Query::Assist(_)
            | Query::Visit(_) => false,
        }
    }
}

fn is_about<Q: PartialEq, A>(shown: Option<&Shown<Q, A>>, revision: u64, query: &Q) -> bool {
    shown.is_some_and(|shown| shown.revision == revision && shown.query == *query)
}
