//! The page around this one, behind the class that `web/editor/src/host.ts` defines.

use netpol_web::model::Msg;
use wasm_bindgen::prelude::*;

use crate::store::Send;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolHost)]
    type RawHost;

    #[wasm_bindgen(constructor, catch, js_class = NetpolHost)]
    fn new(
        set: &Closure<dyn Fn(String)>,
        visit: &Closure<dyn Fn(String)>,
        content: &Closure<dyn Fn() -> String>,
    ) -> Result<RawHost, JsValue>;

    #[wasm_bindgen(method)]
    fn judged(this: &RawHost, json: &str);
    #[wasm_bindgen(method)]
    fn destroy(this: &RawHost);
}

/// The conversation with the page around this one, until dropped.
pub(crate) struct Host {
    raw: RawHost,
    _set: Closure<dyn Fn(String)>,
    _visit: Closure<dyn Fn(String)>,
    _content: Closure<dyn Fn() -> String>,
}

impl Host {
    /// Listens; `content` says what is shown.
    pub(crate) fn new(send: &Send, content: impl Fn() -> String + 'static) -> Option<Self> {
        let told = send.clone();
        let set = Closure::<dyn Fn(String)>::new(move |text: String| {
            told.emit(Msg::SetText(text.into()));
        });
        let told = send.clone();
        let visit = Closure::<dyn Fn(String)>::new(move |fragment: String| {
            told.emit(Msg::Visit(fragment.into()));
        });
        let content = Closure::<dyn Fn() -> String>::new(content);
        let raw = RawHost::new(&set, &visit, &content).ok()?;
        Some(Self { raw, _set: set, _visit: visit, _content: content })
    }

    /// Tells what the text came to.
    pub(crate) fn judged(&self, json: &str) {
        self.raw.judged(json);
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.raw.destroy();
    }
}
