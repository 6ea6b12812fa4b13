//! What the page begins with.

use std::rc::Rc;

use netpol_lessons::{SCENARIOS, Scenario};
use serde::{Deserialize, Serialize};

use super::keeping;
use super::{
    Document, KeptView, Library, Link, Listing, Model, Msg, Notice, Opened, SCENARIO_KEY, StoreJob,
    StoredDocument, Theme, update,
};
use crate::protocol::{Answer, Request};

/// A document that was not yet kept as it was when the page was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    /// The document's name in the storage.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// What was stored about the text that it is made from; empty if nothing was.
    pub base: String,
    /// The text.
    pub text: String,
    /// How it was seen, as [`KeptView::write`] writes it.
    pub view: Option<String>,
}

/// What the page knows when it opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The page's address without a fragment.
    pub address: String,
    /// The theme that was chosen last.
    pub theme: Theme,
    /// What the browser keeps, or why it keeps nothing.
    pub listing: Result<Listing, String>,
    /// Another number in every tab.
    pub seed: u32,
    /// The document that was open last, as it is stored; its id alone for a scenario.
    pub last: StoredDocument,
    /// What this tab had not yet kept when it was closed.
    pub unsaved: Option<Unsaved>,
    /// Whether the page is in a frame of another one.
    pub framed: bool,
}

impl Start {
    /// What a first visit begins with: nothing is kept.
    pub fn first(address: String) -> Self {
        Self {
            address,
            theme: Theme::Auto,
            listing: Ok(Listing::default()),
            seed: 0,
            last: StoredDocument::default(),
            unsaved: None,
            framed: false,
        }
    }

    /// What a page in a frame begins with.
    pub fn framed(address: String) -> Self {
        Self { framed: true, ..Self::first(address) }
    }

    /// Whether the page begins as it does on a first visit, so that it looks the same.
    pub fn is_first(&self) -> bool {
        let Self { address, theme, seed, .. } = self;
        *self == Self { theme: *theme, seed: *seed, ..Self::first(address.clone()) }
    }
}

impl Model {
    /// A page that has just opened, with the document that was open last.
    pub fn start(start: Start) -> Self {
        let Start { address, theme, listing, seed, last, unsaved, framed } = start;
        let mut model = Self::new(&SCENARIOS[0], theme);
        model.awaits_editor = true;
        model.sharing.address = address.into();
        if framed {
            // Nothing is kept, and nothing is told about that.
            model.embed.framed = true;
            return model;
        }
        match listing {
            Ok(listing) => model.library = Library::new(listing, seed),
            Err(reason) => {
                model.notice = Some(Notice::NotKept { reason });
                return model;
            }
        }
        let known = |library: &Library| library.entries.iter().any(|entry| entry.id == last.id);
        if let Some(scenario) = scenario_of(&last.id) {
            model.open(&Opened::scenario(scenario));
            model.show(&last);
        } else if known(&model.library) {
            let id = Rc::clone(&last.id);
            if let Some(opened) = Opened::stored(last) {
                model.open(&opened);
            } else {
                model.library.forget(&id);
                model.library.order(StoreJob::SetAside(id));
            }
        }
        if let Some(unsaved) = unsaved {
            model.recover(unsaved);
        }
        model
    }

    /// What would be lost if the page were closed now; `text` is what the editor has.
    pub fn unsaved(&self, text: String) -> Option<Unsaved> {
        let Self { document, library, embed, .. } = self;
        let kept = *document.text == *text && !library.busy && library.jobs.is_empty();
        (!embed.framed && !kept).then(|| Unsaved {
            key: document.key().to_string(),
            name: document.name().to_owned(),
            base: document.own.as_ref().map_or_else(String::new, |own| own.base.to_string()),
            text,
            view: Some(KeptView::of(self).write()),
        })
    }

    /// Goes on with a document that could not be kept in time.
    fn recover(&mut self, unsaved: Unsaved) {
        let Unsaved { key, name, base, text, view } = unsaved;
        let is_open = *self.document.key() == *key;
        if !is_open || *self.document.text != *text {
            let stored = self.document.own.as_ref().map_or("", |own| &own.base);
            if !is_open || stored != base {
                // It was closed before the storage had it, or another tab has written since: all stay.
                self.document.own = Some(self.library.create(&name, false));
            }
            keeping::edited(self, text.into());
        }
        if let Some(view) = view {
            KeptView::read(&view).show(self);
            keeping::write_view(self);
        }
    }

    /// The same, with a room for its picture of that width and height, and with all that the engine answers by itself,
    /// request by request; `None` if that is not enough. No worker has said anything yet.
    pub fn with_answers(
        start: Start,
        room: [u32; 2],
        mut answer: impl FnMut(Request) -> Option<Answer>,
    ) -> Option<Self> {
        let mut model = Self::start(start);
        for msg in [Msg::Resized(room), Msg::WorkerReady] {
            model = update(model, msg);
        }
        while let Some(request) = model.next_request() {
            let sent = Msg::Sent(model.document.revision);
            model = update(model, sent);
            model = update(model, Msg::Answered(Box::new(answer(request)?))).wishing();
        }
        model.is_settled().then(|| Self { link: Link::default(), ..model })
    }

    fn open(&mut self, opened: &Opened) {
        self.document = Document::new(opened.scenario);
        self.document.text = opened.text.clone();
        self.document.own.clone_from(&opened.own);
        opened.view.clone().show(self);
    }

    fn show(&mut self, last: &StoredDocument) {
        if let Some(view) = &last.view {
            KeptView::read(view).show(self);
        }
    }
}

fn scenario_of(key: &str) -> Option<&'static Scenario> {
    netpol_lessons::scenario(key.strip_prefix(SCENARIO_KEY)?)
}
