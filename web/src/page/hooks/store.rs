use std::rc::Rc;

use netpol_web::model::{DocumentMsg, Model, Msg, StoreJob};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::desk::Desk;
use crate::js::page;
use crate::store::Send;

/// Lets the browser do what the state has ordered from its storage, one job after another.
#[hook]
pub(crate) fn use_store(model: &Rc<Model>, desk: &Desk, send: &Send) {
    let (desk, told) = (desk.clone(), send.clone());
    use_effect_with(Rc::clone(model), move |model| {
        desk.listen(&told);
        let library = &model.library;
        if let (Some(store), false, Some(job)) = (&desk.store, library.busy, library.jobs.first()) {
            told.emit(Msg::Document(DocumentMsg::StoreBegan));
            let (store, job, library) = (Rc::clone(store), job.clone(), library.clone());
            let typed = matches!(job, StoreJob::Write { .. });
            let work = move || {
                spawn_local(async move {
                    let stored = store.work(&job, &library).await;
                    told.emit(Msg::Document(DocumentMsg::Stored(stored)));
                });
            };
            // A text is drawn first: the editor has it, too, when the page is left before.
            if typed { page::when_drawn(work) } else { work() }
        }
    });
    let framed = model.embed.framed;
    use_effect_with((model.document.key(), framed), |(key, framed)| {
        if !framed {
            page::remember_open(key);
        }
    });
}
