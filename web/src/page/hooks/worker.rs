use std::rc::Rc;

use gloo::timers::callback::Timeout;
use netpol_web::measure;
use netpol_web::model::{Model, Msg};
use yew::prelude::*;

use crate::engine::Engine;
use crate::store::{Asker, Send};

/// Keeps a worker running, sends it what the state wants to know, and ends it when it takes too
/// long.
#[hook]
pub(crate) fn use_worker(model: &Rc<Model>, engine: &Engine, asker: &Asker, send: &Send) {
    let (started, told) = (engine.clone(), send.clone());
    use_effect_with(model.link.generation, move |generation| {
        // The first one has started with the page.
        if *generation > 0 {
            started.start();
        }
        started.listen(&told);
    });

    let asker = asker.clone();
    use_effect_with(Rc::clone(model), move |_| asker.ask());

    let (patience, told) = (engine.patience(), send.clone());
    use_effect_with(model.link.in_flight, move |in_flight| {
        let watchdog = in_flight.map(|_| Timeout::new(patience, move || told.emit(late(patience))));
        move || drop(watchdog)
    });
}

fn late(patience_ms: u32) -> Msg {
    let seconds = measure::written(f64::from(patience_ms) / 1000.0);
    Msg::WorkerStopped(format!("The engine gave no answer within {seconds} s and was ended."))
}
