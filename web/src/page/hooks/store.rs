use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use netpol_web::model::{DocumentMsg, Model, Msg, StoreJob};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::desk::Desk;
use crate::js::page;
use crate::store::Send;

/// So long after the last key what was typed is written.
const REST_MS: u32 = 200;

/// So long it waits for that, however much is typed.
const PATIENCE_MS: u32 = 2_000;

/// Lets the browser do what the state has ordered from its storage, one job after another.
#[hook]
pub(crate) fn use_store(model: &Rc<Model>, desk: &Desk, send: &Send) {
    let latest = use_mut_ref(|| Rc::clone(model));
    *latest.borrow_mut() = Rc::clone(model);
    let (listening, told) = (desk.clone(), send.clone());
    use_effect_with((), move |()| listening.listen(&told));

    let library = &model.library;
    let typed = matches!(library.jobs.first(), Some(StoreJob::Write { .. }));
    let due = desk.store.is_some() && !library.busy && !library.jobs.is_empty();
    let waits = due && library.can_wait();
    let rested = use_late(waits.then_some(model.document.revision), REST_MS);
    let late = use_late(waits.then_some(0), PATIENCE_MS);
    let begins = (due && (!waits || rested || late)).then_some(typed);
    let (desk, told) = (desk.clone(), send.clone());
    use_effect_with(begins, move |begins| {
        let work = move || work(&latest, &desk, &told);
        match begins {
            // The page is drawn first: the editor has the text, too, when the page is left before.
            Some(true) => page::when_drawn(work),
            Some(false) => work(),
            None => {}
        }
    });

    let framed = model.embed.framed;
    use_effect_with((model.document.key(), framed), |(key, framed)| {
        if !framed {
            page::remember_open(key);
        }
    });
}

/// Whether something has waited for so long.
#[hook]
fn use_late(waits: Option<u64>, patience_ms: u32) -> bool {
    let late = use_state_eq(|| None::<u64>);
    let set = late.setter();
    use_effect_with(waits, move |waits| {
        let waits = *waits;
        set.set(None);
        let timer = waits.map(|_| Timeout::new(patience_ms, move || set.set(waits)));
        move || drop(timer)
    });
    waits.is_some() && *late == waits
}

/// Does the first job of the state as it is by now.
fn work(latest: &RefCell<Rc<Model>>, desk: &Desk, send: &Send) {
    let library = latest.borrow().library.clone();
    let (Some(store), false, Some(job)) =
        (desk.store.clone(), library.busy, library.jobs.first().cloned())
    else {
        return;
    };
    send.emit(Msg::Document(DocumentMsg::StoreBegan));
    let send = send.clone();
    spawn_local(async move {
        let stored = store.work(&job, &library).await;
        send.emit(Msg::Document(DocumentMsg::Stored(stored)));
    });
}
