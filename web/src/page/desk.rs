//! What the browser does for the person besides showing the page: keeping documents, opening and
//! saving files.

use std::cell::RefCell;
use std::rc::Rc;

use netpol_web::model::{Document, DocumentId, DocumentMsg, Export, Msg, Start};
use yew::prelude::*;

use crate::engine::Engine;
use crate::js::files::Files;
use crate::js::store::DocumentStore;
use crate::store::Send;

/// The browser's storage and its files. It is the same as long as the page lives.
#[derive(Clone, Default)]
pub(crate) struct Desk {
    pub(crate) store: Option<Rc<DocumentStore>>,
    /// Its first worker starts while the page does.
    pub(crate) engine: Engine,
    files: Rc<RefCell<Option<Rc<Files>>>>,
    /// Who hears of what other tabs and dropped files do.
    heard: Rc<RefCell<Option<Send>>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.heard, &other.heard)
    }
}

impl Desk {
    /// Starts the engine.
    pub(crate) fn start() -> Self {
        let desk = Self { engine: Engine::from_address(), ..Self::default() };
        desk.engine.start();
        desk
    }

    /// Opens the storage, and says what the page begins with. `start` is what is known without.
    pub(crate) async fn open(&mut self, mut start: Start) -> Start {
        if start.framed {
            return start;
        }
        let heard = Rc::clone(&self.heard);
        let changed = move |id: DocumentId| {
            if let Some(send) = &*heard.borrow() {
                send.emit(Msg::Document(DocumentMsg::ChangedElsewhere(id)));
            }
        };
        start.listing = match DocumentStore::open(changed).await {
            Ok(store) => {
                let listing = store.list().await;
                if let Ok(last) = store.read(&start.last.id).await {
                    start.last = last;
                }
                self.store = Some(Rc::new(store));
                listing
            }
            Err(reason) => Err(reason),
        };
        start
    }

    /// Says who hears of other tabs and of dropped files.
    pub(crate) fn listen(&self, send: &Send) {
        if self.heard.borrow().is_none() {
            *self.heard.borrow_mut() = Some(send.clone());
            *self.files.borrow_mut() = Files::new(send).map(Rc::new);
        }
    }

    /// Lets the person open files, or a folder.
    pub(crate) fn choose(&self, folder: bool) {
        if let Some(files) = &*self.files.borrow() {
            files.choose(folder);
        }
    }

    /// Saves the document as a file.
    pub(crate) fn save(&self, document: &Document) {
        self.save_text(document.name(), &document.text);
    }

    /// Puts the document into the clipboard; `done` hears whether the browser lets it.
    pub(crate) fn copy(&self, document: &Document, done: Done) {
        self.take(Way::Copy, Export::Yaml, "", document.text.to_string(), done);
    }

    /// Copies or saves what is taken along.
    pub(crate) fn take(&self, way: Way, export: Export, name: &str, text: String, done: Done) {
        let Some(files) = self.files.borrow().clone() else { return };
        let name = format!("{}.{}", file_name(name), export.extension());
        yew::platform::spawn_local(async move {
            done.emit(match (way, export) {
                (Way::Copy, Export::Png) => files.copy_picture(&text).await,
                (Way::Copy, _) => files.copy(&text).await,
                (Way::Save, Export::Png) => files.save_picture(&name, &text).await,
                (Way::Save, _) => {
                    files.save(&name, &text);
                    Ok(())
                }
            });
        });
    }

    /// Saves what was set aside as a file.
    pub(crate) fn save_damaged(&self, id: DocumentId) {
        let Some(store) = self.store.clone() else { return };
        let desk = self.clone();
        yew::platform::spawn_local(async move {
            let text = store.damaged(&id).await;
            desk.save_text(&format!("damaged {id}"), &text);
        });
    }

    fn save_text(&self, name: &str, text: &str) {
        if let Some(files) = &*self.files.borrow() {
            files.save(&format!("{}.yaml", file_name(name)), text);
        }
    }
}

/// How something is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Into the clipboard.
    Copy,
    /// As a file.
    Save,
}

/// Hears whether something could be taken along, or why not.
pub(crate) type Done = Callback<Result<(), String>>;

/// A name that every system takes for a file.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' };
    name.chars().map(plain).collect::<String>().trim_matches(['.', ' ']).to_owned()
}

/// The browser's storage and files.
#[hook]
pub(crate) fn use_desk() -> Desk {
    use_context::<Desk>().unwrap_or_default()
}
