//! How much room an element has.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver};

/// Tells the width and height of an element now and whenever it changes, until dropped.
pub(crate) struct SizeObserver {
    raw: ResizeObserver,
    _changed: Closure<dyn Fn(JsValue)>,
}

impl SizeObserver {
    /// Watches `element`; `None` if the browser cannot.
    pub(crate) fn new(element: &Element, changed: impl Fn([u32; 2]) + 'static) -> Option<Self> {
        let watched = element.clone();
        let changed = Closure::<dyn Fn(JsValue)>::new(move |_| {
            changed([watched.client_width(), watched.client_height()].map(i32::unsigned_abs));
        });
        let raw = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        raw.observe(element);
        Some(Self { raw, _changed: changed })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.raw.disconnect();
    }
}
