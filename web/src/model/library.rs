//! The documents that the browser keeps, and what is yet to be written or read.

use std::rc::Rc;

use netpol_lessons::{SCENARIOS, Scenario};
use netpol_sort::Sort;
use serde::{Deserialize, Serialize};

use super::SharedText;
use super::kept::KeptView;
use crate::json;

/// The name of a document in the browser's storage.
pub type DocumentId = Rc<str>;

/// The form in which documents are stored. A page reads what it and its ancestors wrote.
const FORMAT: u32 = 1;

/// What the page knows about the documents that the browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// Whether the browser keeps anything.
    pub keeps: bool,
    /// The documents, by name.
    pub entries: Rc<[Entry]>,
    /// What could not be read and was set aside.
    pub damaged: Rc<[DocumentId]>,
    /// What is yet to be done, in this order.
    pub jobs: Rc<[StoreJob]>,
    /// Whether the first job is under way.
    pub busy: bool,
    /// Makes ids that no other tab makes.
    seed: u32,
    made: u32,
}

/// A document that the browser keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the storage.
    pub id: DocumentId,
    /// Its name for people.
    pub name: Rc<str>,
    /// The length of its text.
    bytes: usize,
}

/// A document of the person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name in the storage.
    pub id: DocumentId,
    /// Its name for people.
    pub name: Rc<str>,
    /// Whether it came to be by editing a scenario, and nobody has named it since.
    pub automatic: bool,
    /// What is stored about the text that this one is made from; empty if nothing is.
    pub base: Rc<str>,
}

/// Something for the browser's storage to do.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreJob {
    /// Write a document.
    Write {
        /// Its names.
        own: Own,
        /// The scenario that it came from.
        scenario: &'static Scenario,
        /// Its text.
        text: SharedText,
    },
    /// Write how a document is seen.
    WriteView(DocumentId, Rc<str>),
    /// Read a document and go to it.
    Open(DocumentId),
    /// Look for a document with the text of this one, to go to that rather than to make another.
    Find(Rc<Opened>),
    /// Read the document that is open once more.
    Refresh(DocumentId),
    /// Forget a document.
    Remove(DocumentId),
    /// Put away what cannot be read.
    SetAside(DocumentId),
    /// Read which documents there are.
    List,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is done; to a document that was written, its new head.
    Done(Option<Rc<str>>),
    /// Another tab has written the document since it was read.
    Conflict,
    /// What is there.
    Listed(Listing),
    /// A document.
    Read(StoredDocument),
    /// The browser refuses.
    Failed(String),
}

/// A document as it is stored; each part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its name in the storage.
    pub id: DocumentId,
    /// What is stored about it.
    pub head: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// How it was seen.
    pub view: Option<String>,
}

/// What is in the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Listing {
    /// Ids, and what is stored about each.
    pub heads: Vec<(String, String)>,
    /// The ids of what was set aside.
    pub damaged: Vec<String>,
}

/// What is stored about a document beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    format: u32,
    name: String,
    scenario: String,
    automatic: bool,
    /// The length of the text, by which a torn one is known.
    bytes: usize,
    /// Together with the writer, different for each text that was written.
    version: u64,
    writer: u32,
}

/// A document to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its names; `None` for a scenario as it is.
    pub own: Option<Own>,
    /// The scenario that it is or came from.
    pub scenario: &'static Scenario,
    /// Its text.
    pub text: SharedText,
    /// How it was seen.
    pub view: KeptView,
}

impl Opened {
    /// A scenario as it is.
    pub fn scenario(scenario: &'static Scenario) -> Self {
        let text = scenario.manifests.into();
        Self { own: None, scenario, text, view: KeptView::default() }
    }

    /// A document from the storage; `None` if it is not whole.
    pub fn stored(document: StoredDocument) -> Option<Self> {
        let base: Rc<str> = document.head?.into();
        let text = document.text?;
        let head = Head::read(&base)?;
        if head.bytes != text.len() {
            return None;
        }
        let scenario = named(&head.scenario)?;
        let own = Own { id: document.id, name: head.name.into(), automatic: head.automatic, base };
        let view = document.view.as_deref().map(KeptView::read).unwrap_or_default();
        Some(Self { own: Some(own), scenario, text: text.into(), view })
    }
}

/// The scenario with that id, or the first if it is there no more.
fn named(id: &str) -> Option<&'static Scenario> {
    netpol_lessons::scenario(id).or(SCENARIOS.first())
}

impl Head {
    fn read(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|head| head.format <= FORMAT)
    }
}

impl Own {
    /// What to store about a text of this document; `writer` tells tabs apart.
    pub(super) fn head(&self, scenario: &Scenario, text: &str, writer: u32) -> String {
        let head = Head {
            format: FORMAT,
            name: self.name.to_string(),
            scenario: scenario.id.to_owned(),
            automatic: self.automatic,
            bytes: text.len(),
            version: Head::read(&self.base).map_or(0, |head| head.version) + 1,
            writer,
        };
        json::to_string(&head)
    }
}

impl Library {
    /// What the browser keeps. `seed` is another one in every tab.
    pub fn new(listing: Listing, seed: u32) -> Self {
        let mut library = Self { keeps: true, seed, ..Self::default() };
        library.list(listing);
        library
    }

    /// A head for a document that is about to be written.
    pub fn head(&self, own: &Own, scenario: &Scenario, text: &str) -> String {
        own.head(scenario, text, self.seed)
    }

    /// Takes over what is there. What cannot be read is set aside.
    pub(super) fn list(&mut self, listing: Listing) {
        let mut entries = Vec::new();
        for (id, head) in listing.heads {
            let id: DocumentId = id.into();
            match Head::read(&head) {
                Some(Head { name, bytes, .. }) => {
                    entries.push(Entry { id, name: name.into(), bytes });
                }
                None => self.order(StoreJob::SetAside(id)),
            }
        }
        self.set_entries(entries);
        self.damaged = listing.damaged.into_iter().map(Rc::from).collect();
    }

    /// Gives the storage something to do.
    pub(super) fn order(&mut self, job: StoreJob) {
        if !self.keeps {
            return;
        }
        let mut jobs = self.jobs.to_vec();
        let waiting = usize::from(self.busy);
        // A later text or view takes the place of one that is not written yet.
        let replaced = jobs.iter().skip(waiting).position(|old| old.is_outdated_by(&job));
        if let Some(index) = replaced {
            jobs.remove(waiting + index);
        }
        jobs.push(job);
        self.jobs = jobs.into();
    }

    /// Whether nobody sees that the first job is not done yet: it writes a text that is listed already, and
    /// nothing waits for that.
    pub fn can_wait(&self) -> bool {
        let [StoreJob::Write { own, .. }, others @ ..] = &*self.jobs else { return false };
        let is_it = |entry: &Entry| entry.id == own.id && entry.name == own.name;
        self.entries.iter().any(is_it)
            && others.iter().all(|job| matches!(job, StoreJob::WriteView(..)))
    }

    /// Takes the job that was under way from the list.
    pub(super) fn finish(&mut self) -> Option<StoreJob> {
        self.busy = false;
        let (job, rest) = self.jobs.split_first()?;
        let job = job.clone();
        self.jobs = rest.into();
        Some(job)
    }

    /// A document was written: what waits to be written is made from it. It is listed unless it is to be removed.
    pub(super) fn written(&mut self, own: &Own, head: &Rc<str>) {
        let mut jobs = self.jobs.to_vec();
        for job in &mut jobs {
            if let StoreJob::Write { own: other, .. } = job
                && other.id == own.id
            {
                other.base = Rc::clone(head);
            }
        }
        self.jobs = jobs.into();
        let removed = |job: &StoreJob| matches!(job, StoreJob::Remove(id) if *id == own.id);
        if self.jobs.iter().any(removed) {
            return;
        }
        let others = self.entries.iter().filter(|entry| entry.id != own.id).cloned();
        let bytes = Head::read(head).map_or(0, |head| head.bytes);
        let entry = Entry { id: Rc::clone(&own.id), name: Rc::clone(&own.name), bytes };
        self.set_entries(others.chain([entry]).collect());
    }

    /// A document is there no more, and is not to be written.
    pub(super) fn forget(&mut self, id: &DocumentId) {
        self.entries = self.entries.iter().filter(|entry| entry.id != *id).cloned().collect();
        self.damaged = self.damaged.iter().filter(|other| *other != id).cloned().collect();
        let waiting = usize::from(self.busy);
        let stays = |(index, job): &(usize, &StoreJob)| {
            *index < waiting || !matches!(job, StoreJob::Write { own, .. } if own.id == *id)
        };
        self.jobs =
            self.jobs.iter().enumerate().filter(stays).map(|(_, job)| job.clone()).collect();
    }

    fn set_entries(&mut self, mut entries: Vec<Entry>) {
        entries.arrange_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        self.entries = entries.into();
    }

    /// The documents whose texts are as long as this one: only they need to be read to find it.
    pub fn as_long_as(&self, text: &str) -> impl Iterator<Item = &DocumentId> {
        self.entries.iter().filter(|entry| entry.bytes == text.len()).map(|entry| &entry.id)
    }

    /// Whether a document may have this text, now or when all is written.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        let writes = |job: &StoreJob| matches!(job, StoreJob::Write { text: other, .. } if other.len() == text.len());
        self.as_long_as(text).next().is_some() || self.jobs.iter().any(writes)
    }

    /// Whether the document to be shown is still looked for.
    pub(super) fn is_looking(&self) -> bool {
        self.jobs.iter().any(|job| matches!(job, StoreJob::Find(_)))
    }

    /// The names of a new document.
    pub(super) fn create(&mut self, wish: &str, automatic: bool) -> Own {
        self.made += 1;
        let id = format!("{:08x}-{}", self.seed, self.made).into();
        Own { id, name: self.free_name(wish), automatic, base: Rc::default() }
    }

    /// A name that no document has yet.
    fn free_name(&self, wish: &str) -> Rc<str> {
        let wish = wish.trim();
        let wish = if wish.is_empty() { "Untitled" } else { wish };
        let is_free = |name: &str| self.entries.iter().all(|entry| &*entry.name != name);
        let mut name = wish.to_owned();
        let mut number = 1;
        while !is_free(&name) {
            number += 1;
            name = format!("{wish} {number}");
        }
        name.into()
    }
}

impl StoreJob {
    fn is_outdated_by(&self, newer: &Self) -> bool {
        match (self, newer) {
            (Self::Write { own: old, .. }, Self::Write { own: new, .. }) => old.id == new.id,
            (Self::WriteView(old, _), Self::WriteView(new, _)) => old == new,
            (Self::List, Self::List) => true,
            _ => false,
        }
    }
}
