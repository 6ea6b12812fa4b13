//! What somebody wants of the connection that is explained, and the edits that make it so.

use netpol::view::{QueryError, Suggestion, Verdict};

use super::{Model, Shared};
use crate::protocol::WishQuery;

/// Up to so many bytes of text the edits are worked out without being asked for: each is tried on
/// the whole text.
const UNASKED: usize = 200_000;

/// A verdict that somebody wants of a connection under a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The text's revision.
    pub revision: u64,
    /// What is wanted.
    pub query: WishQuery,
}

/// The edits that the engine suggests, the best first, or why there are none.
pub type Suggestions = Result<Vec<Suggestion>, QueryError>;

/// Everything about wishes that the page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// What can be wished for: another verdict than the one that is shown.
    pub offered: Vec<Wish>,
    /// Whether the page may wish for the first of them by itself as soon as nobody types: whoever
    /// sees a denied connection wants to know what would allow it.
    pub unasked: bool,
    /// What was wished for.
    pub asked: Option<WishQuery>,
    /// The answer to it.
    pub answer: Option<Shared<Suggestions>>,
}

impl Model {
    /// Everything about wishes that the page shows. Nothing is offered while the verdict is about
    /// another text or question than what stands there.
    pub fn wishes(&self) -> Wishes {
        let verdict = self.current_verdict();
        let wanted: &[Verdict] = match verdict {
            Some(Verdict::Denied) => &[Verdict::Allowed],
            Some(Verdict::Allowed) => &[Verdict::Denied],
            Some(Verdict::ImplementationDefined | Verdict::Mixed) => {
                &[Verdict::Allowed, Verdict::Denied]
            }
            Some(Verdict::NotApplicable) | None => &[],
        };
        let short = self.document.text.len() <= UNASKED;
        Wishes {
            offered: wanted
                .iter()
                .flat_map(|wanted| [(*wanted, false), (*wanted, true)])
                .filter(|wish| *wish != (Verdict::Denied, true))
                .filter_map(|(wanted, names)| self.wish_for(wanted, names))
                .collect(),
            unasked: verdict == Some(Verdict::Denied) && short,
            asked: self.asked().cloned(),
            answer: self.suggestions().cloned(),
        }
    }

    /// The wish that the engine has yet to hear.
    pub(super) fn unheard_wish(&self) -> Option<WishQuery> {
        self.asked().filter(|_| self.suggestions().is_none()).cloned()
    }

    /// What the engine suggests; `None` as long as it has not answered.
    pub(super) fn suggestions(&self) -> Option<&Shared<Suggestions>> {
        let wish = self.asked()?;
        let shown = self.answers.suggestions.as_ref()?;
        let answers_it = shown.revision == self.document.revision && shown.query == *wish;
        answers_it.then_some(&shown.answer)
    }

    /// The wish, if it is about this text and about what is explained.
    fn asked(&self) -> Option<&WishQuery> {
        let wish = self.wish.as_ref()?;
        let current = wish.revision == self.document.revision
            && !self.document.typing
            && self.question.query().as_ref() == Some(&wish.query.connection);
        current.then_some(&wish.query)
    }

    fn wish_for(&self, wanted: Verdict, names: bool) -> Option<Wish> {
        let connection = self.question.query()?;
        Some(Wish {
            revision: self.document.revision,
            query: WishQuery { connection, wanted, names },
        })
    }

    /// The verdict that is shown, if it is about the text and the question as they are.
    fn current_verdict(&self) -> Option<Verdict> {
        let shown = self.answers.explanation.as_ref()?;
        let current = shown.revision == self.document.revision
            && !self.document.typing
            && self.question.query().as_ref() == Some(&shown.query);
        shown.answer.as_ref().ok().filter(|_| current).map(|explanation| explanation.verdict)
    }
}
