//! The page: Yew components over [`netpol_web::model`], and the browser's side of editor and
//! worker.

use std::rc::Rc;

use js_sys::Promise;
use netpol_web::model::Model;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use js::first_view::FirstView;

mod app;
mod components;
mod desk;
mod engine;
#[cfg(not(target_arch = "wasm32"))]
mod first_view;
mod hooks;
mod js;
mod store;

fn main() {
    if cfg!(target_arch = "wasm32") {
        js::page::report_panics();
        js::page::intern_names();
        yew::platform::spawn_local(start());
    } else {
        #[cfg(not(target_arch = "wasm32"))]
        first_view::main();
    }
}

/// Draws the page as soon as it is known which document is to be shown. Where the first view of that stands already,
/// the page goes on with it.
async fn start() {
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    let (mut desk, known) = (desk::Desk::start(), js::page::start());
    let start = desk.open(known).await;
    let goes_on = match FirstView::find(&root).filter(|_| start.is_first()) {
        Some(view) => view.model(start.clone()).await.map(|model| (view, model)),
        None => None,
    };
    let (view, model) =
        goes_on.map_or_else(|| (None, Model::start(start)), |(view, model)| (Some(view), model));
    let props = app::AppProps { desk, model: Rc::new(model) };
    let draws = yew::Renderer::<app::App>::with_root_and_props(root.clone(), props);
    if let Some(view) = view {
        view.clear();
        draws.hydrate();
        // What stands there is the page when all that waits for its turn by now is done.
        let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        js::page::show();
    } else {
        root.set_text_content(None);
        draws.render();
    }
}
