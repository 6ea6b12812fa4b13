//! The frame that loads manifests from an address, behind the class that `web/editor/src/loader.ts`
//! defines.

use netpol_web::model::{Msg, Theme};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::store::Send;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolLoader)]
    type RawLoader;

    #[wasm_bindgen(constructor, catch, js_class = NetpolLoader)]
    fn new(
        parent: &Element,
        address: &str,
        theme: &str,
        done: &Closure<dyn Fn(Option<String>, Option<String>)>,
    ) -> Result<RawLoader, JsValue>;

    #[wasm_bindgen(method)]
    fn destroy(this: &RawLoader);
}

/// The frame, until dropped.
pub(crate) struct Loader {
    raw: RawLoader,
    _done: Closure<dyn Fn(Option<String>, Option<String>)>,
}

impl Loader {
    /// Asks the visitor whether to load what is at an address.
    pub(crate) fn new(parent: &Element, address: &str, theme: Theme, send: &Send) -> Option<Self> {
        let told = send.clone();
        let done =
            Closure::<dyn Fn(_, _)>::new(move |text: Option<String>, error: Option<String>| {
                told.emit(match (text, error) {
                    (Some(text), _) => Msg::Loaded(Ok(text.into())),
                    (None, Some(reason)) => Msg::Loaded(Err(reason)),
                    (None, None) => Msg::NotLoaded,
                });
            });
        let raw = RawLoader::new(parent, address, theme.name(), &done).ok()?;
        Some(Self { raw, _done: done })
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.raw.destroy();
    }
}
