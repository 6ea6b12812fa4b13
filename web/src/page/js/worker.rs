//! The worker, as the page starts, hears and ends it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use netpol_web::protocol::{FromWorker, Request};
use netpol_web::wire;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent};

use super::page;

/// Reading a message of so many bytes takes so long that showing what it says is another task.
const LARGE: usize = 48 * 1024;

/// A running worker. Dropping it ends it, whatever it is doing.
pub(crate) struct Worker {
    raw: web_sys::Worker,
    hearing: Rc<RefCell<Hearing>>,
    // The worker calls these as long as it lives.
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

/// Who hears what comes from a worker.
enum Hearing {
    /// Nobody yet: what has come so far.
    Nobody(Vec<Event>),
    /// This one.
    Somebody(Box<dyn Fn(Event)>),
}

/// What comes from a worker.
pub(crate) enum Event {
    /// A message.
    Message(FromWorker),
    /// It cannot go on.
    Failed(String),
}

#[wasm_bindgen]
extern "C" {
    /// The worker that `web/start.js` has started, and what it has said.
    #[wasm_bindgen(js_name = Object)]
    type Early;
    #[wasm_bindgen(thread_local_v2, js_name = netpolEarly)]
    static EARLY: Option<Early>;
    #[wasm_bindgen(method, getter)]
    fn worker(this: &Early) -> Option<web_sys::Worker>;
    #[wasm_bindgen(method, setter)]
    fn set_worker(this: &Early, worker: Option<&web_sys::Worker>);
    #[wasm_bindgen(method, getter)]
    fn said(this: &Early) -> Array;
}

impl Worker {
    /// Starts a worker, or takes over the one that started before the page; `None` if the browser does not.
    pub(crate) fn start() -> Option<Self> {
        EARLY
            .with(|early| {
                let early = early.as_ref()?;
                let raw = early.worker()?;
                early.set_worker(None);
                Some(Self::new(raw, early.said().iter()))
            })
            .or_else(|| Some(Self::new(web_sys::Worker::new(&page::engine()).ok()?, [])))
    }

    /// A worker that has said so much already.
    fn new(raw: web_sys::Worker, said: impl IntoIterator<Item = JsValue>) -> Self {
        let hearing = Rc::new(RefCell::new(Hearing::Nobody(Vec::new())));
        let told = Rc::clone(&hearing);
        let heard = move |event: MessageEvent| {
            let bytes = Uint8Array::from(event.data()).to_vec();
            let event = match wire::from_bytes(&bytes) {
                Ok(message) => Event::Message(message),
                Err(error) => Event::Failed(error.to_string()),
            };
            if bytes.len() < LARGE {
                return told.borrow_mut().hear(event);
            }
            let later = Rc::downgrade(&told);
            let hear = move || {
                if let Some(told) = later.upgrade() {
                    told.borrow_mut().hear(event);
                }
            };
            Timeout::new(0, hear).forget();
        };
        let told = Rc::clone(&hearing);
        let failed = move |event: ErrorEvent| {
            // It is told on the page: the console need not say it again.
            event.prevent_default();
            told.borrow_mut().hear(Event::Failed(event.message()));
        };
        for event in said {
            match event.dyn_into::<MessageEvent>() {
                Ok(event) => heard(event),
                Err(event) => failed(event.unchecked_into()),
            }
        }
        let heard = Closure::<dyn Fn(MessageEvent)>::new(heard);
        let failed = Closure::<dyn Fn(ErrorEvent)>::new(failed);
        raw.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        raw.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Self { raw, hearing, _heard: heard, _failed: failed }
    }

    /// Says who hears what comes, and what has come before.
    pub(crate) fn listen(&self, heard: impl Fn(Event) + 'static) {
        let before = self.hearing.replace(Hearing::Somebody(Box::new(heard)));
        if let Hearing::Nobody(events) = before {
            for event in events {
                self.hearing.borrow_mut().hear(event);
            }
        }
    }

    /// Sends a request.
    pub(crate) fn send(&self, request: &Request) {
        if let Ok(bytes) = wire::to_bytes(request) {
            let bytes = Uint8Array::from(bytes.as_slice());
            // A worker that has just failed takes nothing more; its failure is told by itself.
            let _ = self.raw.post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
        }
    }
}

impl Hearing {
    fn hear(&mut self, event: Event) {
        match self {
            Self::Nobody(events) => events.push(event),
            Self::Somebody(heard) => heard(event),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.raw.set_onmessage(None);
        self.raw.set_onerror(None);
        self.raw.terminate();
    }
}
