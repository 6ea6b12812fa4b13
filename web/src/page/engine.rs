//! The engine, as the page asks it: one worker at a time, and another one when it fails.

use std::cell::RefCell;
use std::rc::Rc;

use netpol_web::model::{Model, Msg};
use netpol_web::protocol::{FromWorker, Request};

use crate::js::page::TestHooks;
use crate::js::worker::{Event, Worker};
use crate::store::Send;

/// So long, in milliseconds, the first answers may take until the page is shown without them.
pub(crate) const FIRST_ANSWERS_MS: u32 = 2_500;

/// The worker. It is the same engine for all who have a copy.
#[derive(Clone, Default)]
pub(crate) struct Engine {
    worker: Rc<RefCell<Option<Worker>>>,
    hooks: Rc<RefCell<TestHooks>>,
}

impl Engine {
    /// An engine that does what the page's address asks for.
    pub(crate) fn from_address() -> Self {
        let hooks = Rc::new(RefCell::new(TestHooks::from_address()));
        Self { hooks, ..Self::default() }
    }

    /// Starts a worker. One that is there ends first, whatever it is doing.
    pub(crate) fn start(&self) {
        self.worker.take();
        *self.worker.borrow_mut() = Worker::start();
    }

    /// Says who hears what the worker tells, and has told before.
    pub(crate) fn listen(&self, send: &Send) {
        let told = send.clone();
        match &*self.worker.borrow() {
            Some(worker) => worker.listen(move |event| told.emit(heard(event))),
            None => send.emit(Msg::WorkerStopped(
                "The browser does not start the engine's worker.".to_owned(),
            )),
        }
    }

    /// Sends what the state wants to know, and gives what the reducer is to hear then.
    pub(crate) fn ask(&self, model: &Model) -> Option<Msg> {
        let (request, worker) = (model.next_request()?, self.worker.borrow());
        let worker = worker.as_ref()?;
        if self.hooks.borrow_mut().hang_before(&model.document.text) {
            worker.send(&Request::Hang);
        }
        worker.send(&request);
        Some(Msg::Sent(model.document.revision))
    }

    /// How long the worker may take for an answer, in milliseconds.
    pub(crate) fn patience(&self) -> u32 {
        self.hooks.borrow().patience_ms
    }
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
