//! What somebody wants of the connection that is explained, and the edits that make it so.

use netpol::view::{QueryError, Suggestion, Verdict};

use super::{Model, Msg, Shared, update};
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

/// Everything about wishes that the page shows: of the connection whose explanation it shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// What can be wished for: another verdict than the one that is shown.
    pub offered: Vec<Wish>,
    /// Whether that verdict is about an earlier text or question, so that nothing can be wished for yet.
    pub late: bool,
    /// What the page wishes for by itself as soon as nobody types: whoever sees a denied connection wants to
    /// know what would allow it, and whoever has wished for something does so of the next text, too.
    pub unasked: Option<Wish>,
    /// What was wished for, by a person or the page, or is about to be.
    pub asked: Option<WishQuery>,
    /// The last answer to it, which stays until there is another one.
    pub answer: Option<Shared<Suggestions>>,
    /// Whether the answer is about an earlier text, or yet to come: nothing of it can be applied.
    pub busy: bool,
}

impl Model {
    /// Everything about wishes that the page shows.
    pub fn wishes(&self) -> Wishes {
        let late = self.explained().is_none() || self.document.typing || self.answers.stale;
        let offered = self.offered();
        let asked = self.wish.as_ref().filter(|wish| is_among(&offered, wish));
        let unasked = self.unasked(&offered, asked).filter(|_| !late);
        let asked = asked.or(unasked.as_ref()).map(|wish| wish.query.clone());
        let answer = self.answers.suggestions.as_ref();
        let answer = answer.filter(|shown| asked.as_ref() == Some(&shown.query));
        let busy = late || asked.is_some() && self.suggestions().is_none();
        let answer = answer.map(|shown| shown.answer.clone());
        Wishes { offered, late, unasked, asked, answer, busy }
    }

    /// The same, wishing for what the page wishes for by itself.
    #[must_use]
    pub fn wishing(self) -> Self {
        match self.wishes().unasked {
            Some(wish) => update(self, Msg::WishUnasked(wish)),
            None => self,
        }
    }

    /// The other verdicts of the connection that is shown.
    fn offered(&self) -> Vec<Wish> {
        let Some(shown) = &self.answers.explanation else { return Vec::new() };
        let wanted: &[Verdict] = match self.shown_verdict() {
            Some(Verdict::Denied) => &[Verdict::Allowed],
            Some(Verdict::Allowed) => &[Verdict::Denied],
            Some(Verdict::ImplementationDefined | Verdict::Mixed) => {
                &[Verdict::Allowed, Verdict::Denied]
            }
            Some(Verdict::NotApplicable) | None => &[],
        };
        let wish = |(wanted, names)| Wish {
            revision: self.document.revision,
            query: WishQuery { connection: shown.query.clone(), wanted, names },
        };
        let each = wanted.iter().flat_map(|wanted| [(*wanted, false), (*wanted, true)]);
        each.filter(|wish| *wish != (Verdict::Denied, true)).map(wish).collect()
    }

    /// What the page wishes for by itself.
    fn unasked(&self, offered: &[Wish], asked: Option<&Wish>) -> Option<Wish> {
        let wish = match asked {
            Some(wish) if wish.revision == self.document.revision => None,
            Some(before) => offered.iter().find(|wish| wish.query == before.query),
            None => offered.first().filter(|_| self.shown_verdict() == Some(Verdict::Denied)),
        };
        wish.filter(|_| self.is_short()).cloned()
    }

    /// Forgets a wish of an earlier text that is granted, about something else than what is explained, or
    /// not to be worked out again unasked.
    pub(super) fn forget_wish(&mut self) {
        let explained = self.answers.explanation.as_ref().map_or(0, |shown| shown.revision);
        let (short, offered) = (self.is_short(), self.offered());
        self.wish.take_if(|wish| wish.revision < explained && !(short && is_among(&offered, wish)));
    }

    fn shown_verdict(&self) -> Option<Verdict> {
        let answer = &self.answers.explanation.as_ref()?.answer;
        answer.as_ref().ok().map(|explanation| explanation.verdict)
    }

    fn is_short(&self) -> bool {
        self.document.text.len() <= UNASKED
    }

    /// The wish that the engine has yet to hear.
    pub(super) fn unheard_wish(&self) -> Option<WishQuery> {
        self.asked().filter(|_| self.suggestions().is_none()).cloned()
    }

    /// What the engine suggests for the text as it is; `None` as long as it has not answered.
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
}

/// Whether a wish of any text is among these.
fn is_among(offered: &[Wish], wish: &Wish) -> bool {
    offered.iter().any(|it| it.query == wish.query)
}
