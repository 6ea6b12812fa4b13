use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use netpol_web::model::{DocumentMsg, EditorJob, Model, Msg, Opened, SharedText};
use netpol_web::test_ids;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::engine::FIRST_ANSWERS_MS;
use crate::js::editor::{Editor, Held};
use crate::js::page;
use crate::store::{Send, use_send};

/// So long after the last key a long text is read, and the cursor's place looked up.
const PAUSE_MS: u32 = 120;

#[derive(PartialEq, Properties)]
pub(super) struct EditorPanelProps {
    pub(super) model: Rc<Model>,
}

/// The editor, and what keeps it and the state together.
#[component]
pub(super) fn EditorPanel(props: &EditorPanelProps) -> Html {
    let model = &props.model;
    let send = use_send();
    let node = use_node_ref();
    let slot = use_mut_ref(|| None::<Rc<Editor>>);

    let latest = use_mut_ref(|| Rc::clone(model));
    *latest.borrow_mut() = Rc::clone(model);
    let made = use_state_eq(|| false);
    let due = use_due(model);
    let (place, told, now, there) =
        (Rc::clone(&slot), send.clone(), Rc::clone(&latest), made.setter());
    use_effect_with((node.clone(), due), move |(node, due)| {
        let parent = node.cast::<Element>().filter(|_| *due);
        let kept = Rc::clone(&place);
        if let Some(parent) = parent {
            page::when_idle(move || {
                spawn_local(async move {
                    let text = now.borrow().document.text.clone();
                    if let Some(held) = Held::new(&text).await {
                        *place.borrow_mut() = create(&parent, &held, &now, &told, &place);
                    }
                    if place.borrow().is_none() {
                        let message = "the editor's script was not loaded".to_owned();
                        told.emit(Msg::Panicked(message));
                    }
                    there.set(true);
                    told.emit(Msg::EditorMade);
                });
            });
        }
        move || drop(kept.take())
    });

    let progress = use_memo((), |()| Work::default());
    let (worked, told, now) = (Rc::clone(&slot), send.clone(), Rc::clone(&latest));
    use_effect_with((model.document.job_count, *made), move |_| {
        let editor = worked.borrow().clone();
        if let Some(editor) = editor {
            spawn_local(work(editor, now, progress, told));
        }
    });

    let tell = {
        let (shown, latest) = (Rc::clone(&slot), Rc::clone(&latest));
        move || {
            let now = latest.borrow();
            // Positions of another text would underline anything.
            if now.answers.revision == now.document.revision
                && let Some(editor) = &*shown.borrow()
            {
                annotate(editor, &now);
            }
        }
    };
    // A new editor is never seen without; otherwise picture and explanation come first.
    let at_once = tell.clone();
    use_effect_with(*made, move |_| at_once());
    use_effect_with(
        (model.answers.revision, model.document.revision, model.answers.overview.clone()),
        move |(answered, current, _)| {
            if answered == current {
                page::when_drawn(tell);
            }
        },
    );

    let locked = Rc::clone(&slot);
    use_effect_with((model.embed.is_readonly(), *made), move |(readonly, _)| {
        if let Some(editor) = &*locked.borrow() {
            editor.set_readonly(*readonly);
        }
    });

    let (marked, shown, now) = (Rc::clone(&slot), slot, Rc::clone(model));
    use_effect_with((Rc::clone(&model.marks), *made), move |(marks, _)| {
        if now.answers.revision == now.document.revision
            && let Some(editor) = &*shown.borrow()
        {
            editor.set_marks(now.document.text.units(), marks);
        }
    });

    let helped = Rc::clone(&marked);
    use_effect_with(model.answers.assist.clone(), move |answer| {
        if let (Some((number, answer)), Some(editor)) = (answer, &*helped.borrow()) {
            editor.answer(*number, answer);
        }
    });

    use_effect_with((), move |()| {
        let leaving = page::on_leaving(move || {
            let model = latest.borrow();
            let typed = marked.borrow().as_ref().map(|editor| editor.text());
            if let Some(unsaved) =
                model.unsaved(typed.unwrap_or_else(|| model.document.text.to_string()))
            {
                page::remember_unsaved(&unsaved);
            }
        });
        move || drop(leaving)
    });

    html! { <div class="editor" ref={node} data-testid={test_ids::EDITOR} /> }
}

/// Whether the editor is to be made: picture and explanation come first, unless they are late or the editor
/// is needed for them.
#[hook]
fn use_due(model: &Model) -> bool {
    let due = use_state_eq(|| false);
    let (set, now) = (due.setter(), model.is_presentable() || !model.document.jobs.is_empty());
    use_effect_with(now || *due, move |now| {
        if *now {
            set.set(true);
        }
        let late = (!*now).then(|| Timeout::new(FIRST_ANSWERS_MS, move || set.set(true)));
        move || drop(late)
    });
    *due
}

/// An editor that tells the state of changes: at once what a short text has become, and of a long one
/// that there are some, and the text when nobody types for a moment.
fn create(
    parent: &Element,
    held: &Held,
    latest: &Rc<RefCell<Rc<Model>>>,
    send: &Send,
    slot: &Rc<RefCell<Option<Rc<Editor>>>>,
) -> Option<Rc<Editor>> {
    let (told, now) = (send.clone(), Rc::clone(latest));
    let rest = RefCell::new(None::<Timeout>);
    let moved = move |unit: u32| {
        let (told, now) = (told.clone(), Rc::clone(&now));
        let tell = move || {
            let text = now.borrow().document.text.clone();
            told.emit(Msg::Cursor(text.units().byte(unit)));
        };
        // Where it only passes by, nobody looks.
        *rest.borrow_mut() = Some(Timeout::new(PAUSE_MS, tell));
    };
    let timer = RefCell::new(None::<Timeout>);
    let (told, slot) = (send.clone(), Rc::downgrade(slot));
    let changed = move |typed: bool| {
        if !typed {
            return;
        }
        let editor = slot.upgrade().and_then(|slot| slot.borrow().clone());
        if let Some(editor) = editor.filter(|editor| !editor.is_long()) {
            timer.take();
            return told.emit(Msg::Edited(editor.text().into()));
        }
        told.emit(Msg::Typing);
        let (told, slot) = (told.clone(), slot.clone());
        let tell = move || {
            let editor = slot.upgrade().and_then(|slot| slot.borrow().clone());
            if let Some(editor) = editor {
                read(editor, told);
            }
        };
        // The timer before is dropped, and with it what it would have done.
        *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, tell));
    };
    Editor::new(parent, held, changed, moved, send).map(Rc::new)
}

/// Gives the text. One that changes while it is read is read again when nobody types.
fn read(editor: Rc<Editor>, send: Send) {
    if !editor.is_long() {
        return send.emit(Msg::Edited(editor.text().into()));
    }
    spawn_local(async move {
        if let Some(text) = editor.read().await {
            send.emit(Msg::Edited(text.into()));
        }
    });
}

/// What the editor does of what the state has ordered.
#[derive(Default)]
struct Work {
    /// Whether it is at it. A long text is opened in slices, and there may be more to do before it is.
    busy: Cell<bool>,
    /// The number of the last job that is done.
    done: Cell<u64>,
}

/// Does what the state has ordered, one job after another, then gives the text.
async fn work(editor: Rc<Editor>, latest: Rc<RefCell<Rc<Model>>>, work: Rc<Work>, send: Send) {
    if work.busy.replace(true) {
        return;
    }
    let (mut changed, mut opened) = (false, None);
    loop {
        let model = Rc::clone(&latest.borrow());
        let mut jobs = model.document.jobs.iter();
        let Some((number, job)) = jobs.find(|(number, _)| *number > work.done.get()) else { break };
        changed |= job.changes();
        if job.changes() {
            opened = None;
        }
        let text = &model.document.text;
        match job {
            EditorJob::Open(to) => opened = open(&editor, to, &send).await,
            EditorJob::Replace(text) => editor.replace(text),
            EditorJob::Edit(edits) => editor.edit(text.units(), edits),
            EditorJob::Reveal(place) => editor.reveal(text.units(), place),
            EditorJob::Show(place) => editor.show(text.units(), place),
            EditorJob::StepFinding(forward) => editor.step_finding(*forward),
            EditorJob::Undo => editor.undo(),
            EditorJob::Redo => editor.redo(),
        }
        work.done.set(*number);
    }
    work.busy.set(false);
    send.emit(Msg::JobsDone(work.done.get()));
    match opened {
        // The editor has it as it is, without other ends of lines.
        Some(text) if !text.contains('\r') => send.emit(Msg::Edited(text)),
        _ if changed => read(editor, send),
        _ => {}
    }
}

/// Goes to another document.
async fn open(editor: &Editor, to: &Rc<Opened>, send: &Send) -> Option<SharedText> {
    let prepared = editor.prepare(Held::new(&to.text).await?).await?;
    // What was typed last belongs to the document that is left.
    let left = left(editor).await;
    editor.open(&prepared);
    send.emit(Msg::Document(DocumentMsg::Switched { left, to: Rc::clone(to) }));
    Some(to.text.clone())
}

/// The text that is left.
async fn left(editor: &Editor) -> SharedText {
    while editor.is_long() {
        if let Some(text) = editor.read().await {
            return text.into();
        }
    }
    editor.text().into()
}

/// Shows what the engine says about the text.
fn annotate(editor: &Editor, model: &Model) {
    let (units, overview) = (model.document.text.units(), &model.answers.overview);
    let policies = overview.topology.policies.iter();
    let notes = policies.map(|policy| (&policy.place, policy.summary.as_str()));
    editor.annotate(units, &overview.findings, (!model.answers.stale).then_some(notes));
}
