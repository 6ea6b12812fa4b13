//! The worker, as the page starts, hears and ends it.

use js_sys::{Array, Uint8Array};
use netpol_web::protocol::{FromWorker, Request};
use netpol_web::wire;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{ErrorEvent, MessageEvent};

use super::page;

/// A running worker. Dropping it ends it, whatever it is doing.
pub(crate) struct Worker {
    raw: web_sys::Worker,
    // The worker calls these as long as it lives.
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(ErrorEvent)>,
}

/// What comes from a worker.
pub(crate) enum Event {
    /// A message.
    Message(FromWorker),
    /// It cannot go on.
    Failed(String),
}

impl Worker {
    /// Starts a worker; `None` if the browser does not.
    pub(crate) fn start(heard: impl Fn(Event) + Clone + 'static) -> Option<Self> {
        let raw = web_sys::Worker::new(&page::engine()).ok()?;
        let failed = heard.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = Uint8Array::from(event.data()).to_vec();
            heard(match wire::from_bytes(&bytes) {
                Ok(message) => Event::Message(message),
                Err(error) => Event::Failed(error.to_string()),
            });
        });
        let failed = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            // It is told on the page: the console need not say it again.
            event.prevent_default();
            failed(Event::Failed(event.message()));
        });
        raw.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        raw.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Self { raw, _heard: heard, _failed: failed })
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

impl Drop for Worker {
    fn drop(&mut self) {
        self.raw.set_onmessage(None);
        self.raw.set_onerror(None);
        self.raw.terminate();
    }
}
