//! The life of documents: opened, edited, named, kept, and never lost to one another.

use std::rc::Rc;

use netpol_lessons::{SCENARIOS, Scenario};

use super::SharedText;
use super::kept::KeptView;
use super::library::{DocumentId, Opened, Own, StoreJob, Stored, StoredDocument};
use super::{EditorJob, Form, Model, Notice, sharing};

/// What happened to documents as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentMsg {
    /// Go to this scenario.
    Choose(&'static Scenario),
    /// Go to this document.
    Open(DocumentId),
    /// Go to a new document with this name and text.
    Create {
        /// The name, as far as it is free.
        name: String,
        /// The text.
        text: SharedText,
    },
    /// Give the open document a name.
    Rename(String),
    /// Go to a copy of the open document.
    Duplicate,
    /// Forget the open document.
    Delete,
    /// Forget what was set aside.
    Discard(DocumentId),
    /// Show what another tab has made of the open document.
    Refresh,
    /// The editor went from one text to the next.
    Switched {
        /// The text that it had.
        left: SharedText,
        /// The document that it has now.
        to: Rc<Opened>,
    },
    /// The first job of the storage is under way.
    StoreBegan,
    /// It is over.
    Stored(Stored),
    /// Another tab has written or removed this document.
    ChangedElsewhere(DocumentId),
}

/// What becomes of the state.
pub(super) fn update(model: &mut Model, msg: DocumentMsg) {
    match msg {
        DocumentMsg::Choose(scenario) => go_to(model, Opened::scenario(scenario)),
        DocumentMsg::Open(id) => model.library.order(StoreJob::Open(id)),
        DocumentMsg::Create { name, text } => {
            let own = model.library.create(&name, false);
            create(model, own, text);
        }
        DocumentMsg::Rename(name) => rename(model, &name),
        DocumentMsg::Duplicate => {
            let name = format!("{}, copy", model.document.name());
            let own = model.library.create(&name, false);
            let text = model.document.text.clone();
            create(model, own, text);
        }
        DocumentMsg::Delete => delete(model),
        DocumentMsg::Discard(id) => {
            model.library.forget(&id);
            model.library.order(StoreJob::Remove(id));
        }
        DocumentMsg::Refresh => {
            model.notice = None;
            if let Some(own) = &model.document.own {
                model.library.order(StoreJob::Refresh(Rc::clone(&own.id)));
            }
        }
        DocumentMsg::Switched { left, to } => switched(model, left, &to),
        DocumentMsg::StoreBegan => model.library.busy = true,
        DocumentMsg::Stored(stored) => store_answered(model, stored),
        DocumentMsg::ChangedElsewhere(id) => {
            if let Some(own) = &model.document.own
                && own.id == id
            {
                model.notice = Some(Notice::ChangedElsewhere { name: Rc::clone(&own.name) });
            }
            model.library.order(StoreJob::List);
        }
    }
}

/// The editor gives its text: a scenario that is edited becomes a document of its own, and ends to
/// be one when it reads as before.
pub(super) fn edited(model: &mut Model, text: SharedText) {
    if !model.document.set_text(text) {
        return;
    }
    let scenario = SCENARIOS.iter().find(|it| it.manifests == &*model.document.text);
    match (&model.document.own, scenario) {
        (None, Some(scenario)) => model.document.scenario = scenario,
        (Some(own), Some(scenario)) if own.automatic => {
            let id = Rc::clone(&own.id);
            model.document.own = None;
            model.document.scenario = scenario;
            model.library.forget(&id);
            model.library.order(StoreJob::Remove(id));
        }
        (None, None) => {
            let wish = format!("{}, edited", model.document.scenario.title);
            model.document.own = Some(model.library.create(&wish, true));
            write(model);
            write_view(model);
        }
        (Some(_), _) => write(model),
    }
}

/// Keeps how the open document is seen, if that has changed.
pub(super) fn keep_view(model: &mut Model, before: &KeptView) {
    if KeptView::of(model) != *before {
        write_view(model);
    }
}

/// Keeps how the open document is seen.
pub(super) fn write_view(model: &mut Model) {
    let view = KeptView::of(model).write();
    model.library.order(StoreJob::WriteView(model.document.key(), view.into()));
}

fn write(model: &mut Model) {
    let document = &model.document;
    if let Some(own) = document.own.clone() {
        let (scenario, text) = (document.scenario, document.text.clone());
        model.library.order(StoreJob::Write { own, scenario, text });
    }
}

/// Goes to another document. The one that is left is kept, or can be had back by undoing.
pub(super) fn go_to(model: &mut Model, to: Opened) {
    if model.library.keeps && model.document.kept {
        model.document.order(EditorJob::Open(Rc::new(to)));
        return;
    }
    let replaced = model.document.edited().then_some(Notice::Replaced { title: to.scenario.title });
    model.document.scenario = to.scenario;
    model.document.own = to.own;
    model.document.kept = true;
    if to.text != model.document.text {
        model.answers.switched(model.document.revision + 1);
    }
    model.document.order(EditorJob::Replace(to.text));
    show(model, to.view);
    let not_kept = model.notice.take_if(|it| matches!(it, Notice::NotKept { .. }));
    model.notice = replaced.or(not_kept);
}

fn create(model: &mut Model, own: Own, text: SharedText) {
    let scenario = model.document.scenario;
    let view = KeptView { tab: model.view.tab, ..KeptView::default() };
    go_to(model, Opened { own: Some(own), scenario, text, view });
}

fn rename(model: &mut Model, name: &str) {
    let name = name.trim();
    if name.is_empty() || name == model.document.name() {
        return;
    }
    match &mut model.document.own {
        Some(own) => {
            own.name = name.into();
            own.automatic = false;
        }
        None => model.document.own = Some(model.library.create(name, false)),
    }
    write(model);
}

fn delete(model: &mut Model) {
    let Some(own) = model.document.own.clone() else { return };
    model.library.forget(&own.id);
    model.library.order(StoreJob::Remove(Rc::clone(&own.id)));
    let text = model.document.text.clone();
    let name = Rc::clone(&own.name);
    model.document.own = None;
    go_to(model, Opened::scenario(model.document.scenario));
    model.notice = Some(Notice::Deleted { name, text });
}

fn switched(model: &mut Model, left: SharedText, to: &Opened) {
    // A document that was just deleted must not come back.
    let deleted = matches!(&model.notice, Some(Notice::Deleted { text, .. }) if *text == left);
    if !deleted {
        edited(model, left);
        model.notice = None;
    }
    let was = model.document.own.clone();
    model.document.own.clone_from(&to.own);
    model.document.scenario = to.scenario;
    model.document.set_text(to.text.clone());
    model.answers.switched(model.document.revision);
    let is = |own: &Own| to.own.as_ref().is_some_and(|now| now.id == own.id);
    if let Some(was) = was.filter(|was| !is(was) && model.library.keeps) {
        model.notice = Some(Notice::Left { id: was.id, name: was.name });
    }
    show(model, to.view.clone());
    // A link may want it otherwise than it was, and as the one before.
    write_view(model);
    if to.own.as_ref().is_some_and(|own| own.base.is_empty()) {
        // A new one. Though it be empty, somebody wanted it.
        write(model);
    }
}

fn show(model: &mut Model, view: KeptView) {
    view.show(model);
    model.form = Form::Closed;
}

fn store_answered(model: &mut Model, stored: Stored) {
    let Some(job) = model.library.finish() else { return };
    match (job, stored) {
        (StoreJob::Write { own, .. }, Stored::Done(Some(head))) => {
            model.library.written(&own, &head);
            if let Some(open) = model.document.own.as_mut().filter(|open| open.id == own.id) {
                open.base = head;
                model.document.kept = true;
            }
        }
        (StoreJob::Write { own, scenario, text }, Stored::Conflict) => {
            fork(model, &own, scenario, text);
        }
        (StoreJob::Write { own, .. }, Stored::Failed(reason))
            if model.document.kept && is_open(model, &own.id) =>
        {
            model.document.kept = false;
            model.notice = Some(Notice::NotKept { reason });
        }
        (StoreJob::Open(_), Stored::Read(document)) => {
            let id = Rc::clone(&document.id);
            match Opened::stored(document) {
                Some(opened) => go_to(model, opened),
                None => set_aside(model, id),
            }
        }
        (StoreJob::Find(new), stored) => sharing::looked(model, &new, stored),
        (StoreJob::Refresh(_), Stored::Read(document)) => refresh(model, document),
        (StoreJob::SetAside(id), Stored::Done(_)) => {
            model.library.damaged = model.library.damaged.iter().cloned().chain([id]).collect();
            model.notice = Some(Notice::Damaged);
        }
        (_, Stored::Listed(listing)) => model.library.list(listing),
        _ => {}
    }
}

fn is_open(model: &Model, id: &DocumentId) -> bool {
    model.document.own.as_ref().is_some_and(|own| own.id == *id)
}

/// Two tabs have written one document: what is here becomes another one.
fn fork(model: &mut Model, own: &Own, scenario: &'static Scenario, text: SharedText) {
    let mut fork = model.library.create(&own.name, false);
    // The other tab's document has the name, listed here or not.
    if fork.name == own.name {
        fork.name = format!("{} 2", own.name).into();
    }
    model.notice = Some(Notice::Forked { name: Rc::clone(&own.name), fork: Rc::clone(&fork.name) });
    // What waits to be written belongs to the other one, too.
    model.library.forget(&own.id);
    if is_open(model, &own.id) {
        model.document.own = Some(fork);
        write(model);
    } else {
        model.library.order(StoreJob::Write { own: fork, scenario, text });
    }
    model.library.order(StoreJob::List);
}

fn refresh(model: &mut Model, document: StoredDocument) {
    let id = Rc::clone(&document.id);
    if !is_open(model, &id) {
        return;
    }
    match Opened::stored(document) {
        Some(opened) => {
            model.document.own = opened.own;
            // Nothing to write: it is what is stored.
            model.document.set_text(opened.text.clone());
            model.document.order(EditorJob::Replace(opened.text));
        }
        None => set_aside(model, id),
    }
}

fn set_aside(model: &mut Model, id: DocumentId) {
    model.library.forget(&id);
    model.library.order(StoreJob::SetAside(id));
}
