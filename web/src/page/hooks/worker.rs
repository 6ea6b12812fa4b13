use std::rc::Rc;

use gloo::timers::callback::Timeout;
use netpol_web::model::{Model, Msg};
use netpol_web::protocol::{FromWorker, Request};
use yew::prelude::*;

use crate::desk::Desk;
use crate::js::page::TestHooks;
use crate::js::worker::{Event, Worker};
use crate::store::Send;

/// Keeps a worker running, sends it what the state wants to know, and ends it when it takes too
/// long.
#[hook]
pub(crate) fn use_worker(model: &Rc<Model>, desk: &Desk, send: &Send) {
    let worker = use_mut_ref(|| None::<Worker>);
    let hooks = use_mut_ref(TestHooks::from_address);

    let (place, told, desk) = (Rc::clone(&worker), send.clone(), desk.clone());
    use_effect_with(model.link.generation, move |_| {
        // First the old one ends, then the new one starts.
        place.take();
        *place.borrow_mut() = start(&desk, &told);
    });

    let (asked, told, hang) = (Rc::clone(&worker), send.clone(), Rc::clone(&hooks));
    use_effect_with(Rc::clone(model), move |model| {
        let revision = model.document.revision;
        if let (Some(request), Some(worker)) = (model.next_request(), &*asked.borrow()) {
            if hang.borrow_mut().hang_before(&model.document.text) {
                worker.send(&Request::Hang);
            }
            worker.send(&request);
            told.emit(Msg::Sent(revision));
        }
    });

    let told = send.clone();
    use_effect_with(model.link.in_flight, move |in_flight| {
        let patience = hooks.borrow().patience_ms;
        let watchdog = in_flight.map(|_| Timeout::new(patience, move || told.emit(late(patience))));
        move || drop(watchdog)
    });
}

fn start(desk: &Desk, send: &Send) -> Option<Worker> {
    let worker = desk.engine.take().or_else(Worker::start);
    let told = send.clone();
    match &worker {
        Some(worker) => worker.listen(move |event| told.emit(heard(event))),
        None => send
            .emit(Msg::WorkerStopped("The browser does not start the engine's worker.".to_owned())),
    }
    worker
}

fn heard(event: Event) -> Msg {
    match event {
        Event::Message(FromWorker::Ready) => Msg::WorkerReady,
        Event::Message(FromWorker::Answer(answer)) => Msg::Answered(answer),
        Event::Message(FromWorker::Panicked(message)) | Event::Failed(message) => {
            Msg::WorkerStopped(format!("The engine failed and was ended: {message}."))
        }
    }
}

fn late(patience_ms: u32) -> Msg {
    let seconds = f64::from(patience_ms) / 1000.0;
    Msg::WorkerStopped(format!("The engine gave no answer within {seconds} s and was ended."))
}
