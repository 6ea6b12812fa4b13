//! Documents in the browser's storage, without a browser.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use netpol_lessons::SCENARIOS;

use super::*;
use crate::protocol::{Answer, Reply, Visited, VisitedContent};

/// A browser's storage: heads, texts and views.
#[derive(Clone, Default)]
struct Storage {
    documents: Rc<RefCell<BTreeMap<String, (String, String)>>>,
    views: Rc<RefCell<BTreeMap<String, String>>>,
    damaged: Rc<RefCell<Vec<String>>>,
    /// Refuses to write.
    full: bool,
}

/// A tab.
struct Page {
    model: Model,
    storage: Storage,
}

impl Storage {
    fn listing(&self) -> Listing {
        let documents = self.documents.borrow();
        let heads = documents.iter().map(|(id, (head, _))| (id.clone(), head.clone())).collect();
        Listing { heads, damaged: self.damaged.borrow().clone() }
    }

    fn read(&self, id: &DocumentId) -> StoredDocument {
        let document = self.documents.borrow().get(&**id).cloned();
        let (head, text) = document.unzip();
        StoredDocument { id: id.clone(), head, text, view: self.views.borrow().get(&**id).cloned() }
    }

    fn work(&self, job: &StoreJob, library: &Library) -> Stored {
        let mut documents = self.documents.borrow_mut();
        match job {
            StoreJob::Write { .. } if self.full => return Stored::Failed("full".to_owned()),
            StoreJob::Write { own, scenario, text } => {
                let stored = documents.get(&*own.id).map_or("", |(head, _)| head);
                if stored != &*own.base {
                    return Stored::Conflict;
                }
                let head = library.head(own, scenario, text);
                documents.insert(own.id.to_string(), (head.clone(), text.to_string()));
                return Stored::Done(Some(head.into()));
            }
            StoreJob::WriteView(id, view) => {
                self.views.borrow_mut().insert(id.to_string(), view.to_string());
            }
            StoreJob::Remove(id) => {
                documents.remove(&**id);
            }
            StoreJob::SetAside(id) => {
                documents.remove(&**id);
                self.damaged.borrow_mut().push(id.to_string());
            }
            StoreJob::Open(id) | StoreJob::Refresh(id) => {
                drop(documents);
                return Stored::Read(self.read(id));
            }
            StoreJob::Find(wanted) => {
                drop(documents);
                let mut read = library.as_long_as(&wanted.text).map(|id| self.read(id));
                let found = read.find(|it| it.text.as_deref() == Some(&*wanted.text));
                return found.map_or(Stored::Done(None), Stored::Read);
            }
            StoreJob::List => {
                drop(documents);
                return Stored::Listed(self.listing());
            }
        }
        Stored::Done(None)
    }

    fn names(&self) -> Vec<String> {
        let library = Library::new(self.listing(), 0);
        library.entries.iter().map(|entry| entry.name.to_string()).collect()
    }
}

impl Page {
    /// Opens the page in a tab; `last` is the document that was open last.
    fn open(storage: &Storage, seed: u32, last: &str) -> Self {
        Self::recover(storage, seed, last, None)
    }

    fn recover(storage: &Storage, seed: u32, last: &str, unsaved: Option<Unsaved>) -> Self {
        let start = Start {
            address: String::new(),
            theme: Theme::Auto,
            listing: Ok(storage.listing()),
            seed,
            last: storage.read(&last.into()),
            unsaved,
            framed: false,
        };
        let mut page = Self { model: Model::start(start), storage: storage.clone() };
        page.settle();
        page
    }

    fn tell(&mut self, msg: Msg) {
        self.model = update(self.model.clone(), msg);
    }

    fn document(&mut self, msg: DocumentMsg) {
        self.tell(Msg::Document(msg));
        self.settle();
    }

    fn type_text(&mut self, text: &str) {
        self.tell(Msg::Typing);
        self.tell(Msg::Edited(text.into()));
        self.settle();
    }

    /// Does what editor and storage are to do.
    fn settle(&mut self) {
        loop {
            if let Some(job) = self.model.library.jobs.first().cloned() {
                self.tell(Msg::Document(DocumentMsg::StoreBegan));
                let stored = self.storage.work(&job, &self.model.library);
                self.tell(Msg::Document(DocumentMsg::Stored(stored)));
            } else if let Some((number, job)) = self.model.document.jobs.first().cloned() {
                let left = self.model.document.text.clone();
                let text = match job {
                    EditorJob::Open(to) => {
                        let text = to.text.clone();
                        self.tell(Msg::Document(DocumentMsg::Switched { left, to }));
                        text
                    }
                    EditorJob::Replace(text) => text,
                    _ => left,
                };
                self.tell(Msg::JobsDone(number));
                self.tell(Msg::Edited(text));
            } else {
                return;
            }
        }
    }

    /// Follows a link.
    fn visit(&mut self, text: &str, parameters: &[(&str, &str)]) {
        let own = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        let parameters = parameters.iter().map(own).collect();
        let content = VisitedContent::Text(text.to_owned());
        let visited = Box::new(Ok(Visited { content, parameters }));
        let replies = vec![Reply::Visit("1.d".to_owned(), visited)];
        let revision = self.model.document.revision;
        self.tell(Msg::Visit("1.d".into()));
        self.tell(Msg::Answered(Box::new(Answer { revision, overview: None, replies })));
        self.settle();
    }

    fn text(&self) -> &str {
        &self.model.document.text
    }

    fn key(&self) -> DocumentId {
        self.model.document.key()
    }
}

#[test]
fn an_edited_scenario_is_there_after_a_reload() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    assert_eq!(storage.names(), [""; 0], "a scenario as it is needs not be kept");
    page.type_text("a: 1\n");
    page.tell(Msg::SelectTab(Tab::Tests));
    page.settle();
    let again = Page::open(&storage, 2, &page.key());
    assert_eq!(again.text(), "a: 1\n");
    assert_eq!(again.model.document.name(), "Bookstore, edited");
    assert_eq!(again.model.view.tab, Tab::Tests);
}

#[test]
fn only_a_text_that_is_listed_already_waits_for_whoever_types() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.tell(Msg::Edited("a: 1\n".into()));
    assert!(!page.model.library.can_wait(), "its name is to be listed");
    page.settle();
    assert!(!page.model.library.can_wait(), "there is nothing to write");
    page.tell(Msg::Edited("a: 2\n".into()));
    page.tell(Msg::SelectTab(Tab::Tests));
    assert!(page.model.library.can_wait());
    page.tell(Msg::Document(DocumentMsg::Open(page.key())));
    assert!(!page.model.library.can_wait(), "another document waits for it");
    page.settle();
    page.tell(Msg::Document(DocumentMsg::Rename("other".to_owned())));
    assert!(!page.model.library.can_wait(), "its new name is to be listed");
}

#[test]
fn a_scenario_that_reads_as_before_is_no_document_of_ones_own() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.type_text("a: 1\n");
    page.type_text(SCENARIOS[0].manifests);
    assert_eq!(storage.names(), [""; 0]);
    assert_eq!(page.model.document.own, None);
    // Unless somebody has named it.
    page.type_text("a: 1\n");
    page.document(DocumentMsg::Rename("mine".to_owned()));
    page.type_text(SCENARIOS[0].manifests);
    assert_eq!(storage.names(), ["mine"]);
}

#[test]
fn what_is_written_when_it_is_forgotten_is_not_listed() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.tell(Msg::Edited("a: 1\n".into()));
    let write = page.model.library.jobs[0].clone();
    page.tell(Msg::Document(DocumentMsg::StoreBegan));
    let stored = storage.work(&write, &page.model.library);
    page.tell(Msg::Edited(SCENARIOS[0].manifests.into()));
    page.tell(Msg::Document(DocumentMsg::Stored(stored)));
    page.settle();
    assert_eq!(page.model.library.entries.len(), 0);
    assert_eq!(storage.names(), [""; 0]);
}

#[test]
fn opening_a_scenario_keeps_what_was_typed_last() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.type_text("a: 1\n");
    let id = page.key();
    page.tell(Msg::Document(DocumentMsg::Choose(&SCENARIOS[1])));
    // The editor had more than it had told.
    let (_, job) = page.model.document.jobs.last().cloned().unwrap();
    let EditorJob::Open(to) = job else { panic!("not {job:?}") };
    let left = "a: 12\n".into();
    page.tell(Msg::Document(DocumentMsg::Switched { left, to }));
    page.tell(Msg::JobsDone(1));
    page.settle();
    assert_eq!(page.text(), SCENARIOS[1].manifests);
    assert_eq!(
        page.model.notice,
        Some(Notice::Left { id: id.clone(), name: "Bookstore, edited".into() })
    );
    page.document(DocumentMsg::Open(id));
    assert_eq!(page.text(), "a: 12\n");
}

#[test]
fn documents_are_made_named_copied_and_deleted() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.document(DocumentMsg::Create { name: "shop".to_owned(), text: "a: 1".into() });
    page.document(DocumentMsg::Duplicate);
    assert_eq!(page.text(), "a: 1");
    page.document(DocumentMsg::Create { name: "shop".to_owned(), text: "".into() });
    page.document(DocumentMsg::Rename(" new ".to_owned()));
    assert_eq!(storage.names(), ["new", "shop", "shop, copy"]);
    page.document(DocumentMsg::Delete);
    assert_eq!(storage.names(), ["shop", "shop, copy"]);
    assert_eq!(page.text(), SCENARIOS[0].manifests);
    assert_eq!(page.model.notice, Some(Notice::Deleted { name: "new".into(), text: "".into() }));
}

#[test]
fn what_was_typed_last_is_recovered() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.type_text("a: 1\n");
    let (key, base) = (page.key(), page.model.document.own.clone().unwrap().base);
    let unsaved = |text: &str| {
        let (key, name) = (key.to_string(), "Bookstore, edited".to_owned());
        Some(Unsaved { key, name, base: base.to_string(), text: text.to_owned(), view: None })
    };
    let page = Page::recover(&storage, 2, &key, unsaved("a: 2\n"));
    assert_eq!(page.text(), "a: 2\n");
    assert_eq!(storage.names(), ["Bookstore, edited"]);
    // By now the document is another one.
    let page = Page::recover(&storage, 3, &key, unsaved("a: 3\n"));
    assert_eq!(page.text(), "a: 3\n");
    assert_eq!(storage.names(), ["Bookstore, edited", "Bookstore, edited 2"]);
    assert_eq!(Page::open(&storage, 4, &key).text(), "a: 2\n");
    // It was closed before the storage had it.
    let page = Page::recover(&Storage::default(), 5, &key, unsaved("a: 4\n"));
    assert_eq!((page.text(), page.model.document.name()), ("a: 4\n", "Bookstore, edited"));
}

#[test]
fn how_it_was_seen_last_is_recovered() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    let text = page.text().to_owned();
    assert_eq!(page.model.unsaved(text.clone()), None, "all is kept");
    // Closed before the storage has it.
    page.tell(Msg::SelectTab(Tab::Tests));
    let unsaved = page.model.unsaved(text).unwrap();
    let page = Page::recover(&storage, 2, &page.key(), Some(unsaved));
    assert_eq!(page.model.view.tab, Tab::Tests);
    let mut page = Page::open(&storage, 3, &page.key());
    assert_eq!(page.model.view.tab, Tab::Tests, "it is kept by now");

    // Both at once, of a document that the storage has never heard of.
    page.tell(Msg::Edited("a: 1\n".into()));
    page.tell(Msg::SelectTab(Tab::Cluster));
    let unsaved = page.model.unsaved("a: 12\n".to_owned()).unwrap();
    let page = Page::recover(&storage, 4, &page.key(), Some(unsaved));
    assert_eq!((page.text(), page.model.view.tab), ("a: 12\n", Tab::Cluster));
    let page = Page::open(&storage, 5, &page.key());
    assert_eq!((page.text(), page.model.view.tab), ("a: 12\n", Tab::Cluster));
}

#[test]
fn two_tabs_do_not_overwrite_each_other() {
    let storage = Storage::default();
    let mut one = Page::open(&storage, 1, "");
    one.type_text("a: 1\n");
    let mut two = Page::open(&storage, 2, &one.key());
    two.type_text("a: 2\n");
    one.type_text("a: 3\n");
    assert_eq!(storage.names(), ["Bookstore, edited", "Bookstore, edited 2"]);
    assert!(matches!(one.model.notice, Some(Notice::Forked { .. })));
    assert_eq!((one.text(), two.text()), ("a: 3\n", "a: 2\n"));
    // Each goes on with its own.
    one.type_text("a: 4\n");
    two.type_text("a: 5\n");
    assert_eq!(storage.names().len(), 2);
    assert_eq!(Page::open(&storage, 3, &one.key()).text(), "a: 4\n");
    assert_eq!(Page::open(&storage, 3, &two.key()).text(), "a: 5\n");
}

#[test]
fn the_other_tabs_text_can_be_shown() {
    let storage = Storage::default();
    let mut one = Page::open(&storage, 1, "");
    one.type_text("a: 1\n");
    let mut two = Page::open(&storage, 2, &one.key());
    two.type_text("a: 2\n");
    one.document(DocumentMsg::ChangedElsewhere(two.key()));
    assert!(matches!(one.model.notice, Some(Notice::ChangedElsewhere { .. })));
    assert_eq!(one.text(), "a: 1\n", "nothing changes by itself");
    one.document(DocumentMsg::Refresh);
    assert_eq!(one.text(), "a: 2\n");
    one.type_text("a: 3\n");
    assert_eq!(storage.names(), ["Bookstore, edited"]);
}

#[test]
fn what_cannot_be_read_is_set_aside() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.type_text("a: 1\n");
    let torn = page.key();
    storage.documents.borrow_mut().get_mut(&*torn).unwrap().1.pop();
    storage.documents.borrow_mut().insert("odd".to_owned(), ("{".to_owned(), "b: 2".to_owned()));
    let page = Page::open(&storage, 2, &torn);
    assert_eq!(page.text(), SCENARIOS[0].manifests);
    assert_eq!(page.model.notice, Some(Notice::Damaged));
    assert_eq!(page.model.library.damaged.len(), 2);
    assert_eq!(storage.names(), [""; 0]);
    assert_eq!(Page::open(&storage, 3, "").model.library.damaged.len(), 2);
}

#[test]
fn a_document_that_the_browser_refuses_can_be_had_back_by_undoing() {
    let storage = Storage { full: true, ..Storage::default() };
    let mut page = Page::open(&storage, 1, "");
    page.type_text("a: 1\n");
    assert_eq!(page.model.notice, Some(Notice::NotKept { reason: "full".to_owned() }));
    page.tell(Msg::Document(DocumentMsg::Choose(&SCENARIOS[1])));
    assert!(matches!(page.model.notice, Some(Notice::Replaced { .. })));
    let job = page.model.document.jobs.last().map(|(_, job)| job.clone());
    assert_eq!(job, Some(EditorJob::Replace(SCENARIOS[1].manifests.into())));
}

#[test]
fn a_link_opens_as_the_document_that_it_has_made_before() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    let sent = "a: 1\r\nb: 2\r\n";
    page.visit(sent, &[]);
    let first = page.key();
    assert_eq!((page.text(), page.model.document.name()), ("a: 1\nb: 2\n", "From a link"));
    page.visit(sent, &[("view", "matrix")]);
    assert_eq!((page.key(), page.model.view.stage), (first.clone(), Stage::Matrix));
    // Left, and as long as another one.
    page.document(DocumentMsg::Create { name: "mine".to_owned(), text: "a: 9\nb: 9\n".into() });
    page.visit(sent, &[("name", "another"), ("view", "graph")]);
    assert_eq!((page.key(), page.model.view.stage), (first.clone(), Stage::Graph));
    let again = Page::open(&storage, 2, &first);
    assert_eq!(again.model.view.stage, Stage::Graph, "the link's view is kept");
    assert_eq!(storage.names(), ["From a link", "mine"]);
    // Changed: it is somebody's work, and stays.
    page.type_text("a: 1\nb: 3\n");
    page.visit(sent, &[]);
    assert_eq!((page.text(), page.model.document.name()), ("a: 1\nb: 2\n", "From a link 2"));
    page.document(DocumentMsg::Open(first));
    assert_eq!(page.text(), "a: 1\nb: 3\n");
    assert_eq!(storage.names(), ["From a link", "From a link 2", "mine"]);
}

#[test]
fn a_link_is_compared_with_what_is_typed_and_not_yet_kept() {
    let storage = Storage::default();
    let mut page = Page::open(&storage, 1, "");
    page.visit("a: 1\n", &[]);
    let first = page.key();
    // Stored as the link has it, and changed since.
    page.storage.full = true;
    page.type_text("a: 2\n");
    page.visit("a: 1\n", &[]);
    assert_ne!(page.key(), first);
    assert_eq!(page.text(), "a: 1\n");
}
