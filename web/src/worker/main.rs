//! The worker: reads requests, lets the engine answer, and says so when the engine fails.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use netpol_web::engine::Engine;
use netpol_web::protocol::{FromWorker, Request};
use netpol_web::wire;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    std::panic::set_hook(Box::new(|info| send(&FromWorker::Panicked(info.to_string()))));
    let engine = RefCell::new(Engine::default());
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let request = Uint8Array::from(event.data()).to_vec();
        match wire::from_bytes(&request) {
            Ok(Request::Hang) => hang(),
            Ok(request) => {
                if let Some(answer) = engine.borrow_mut().answer(request) {
                    send(&FromWorker::Answer(Box::new(answer)));
                }
            }
            Err(error) => send(&FromWorker::Panicked(error.to_string())),
        }
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listener.forget();
    send(&FromWorker::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn send(message: &FromWorker) {
    if let Ok(bytes) = wire::to_bytes(message) {
        let bytes = Uint8Array::from(bytes.as_slice());
        // Only the page's end can fail to take them, and then nobody is left to tell.
        let _ = scope().post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
    }
}

/// What [`Request::Hang`] asks for; the page ends the worker.
fn hang() {
    loop {
        std::hint::spin_loop();
    }
}
