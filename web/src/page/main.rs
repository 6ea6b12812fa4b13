//! The page: Yew components over [`netpol_web::model`], and the browser's side of editor and
//! worker.

use std::rc::Rc;

use netpol_web::model::{Model, Msg, update};

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
        yew::platform::spawn_local(start());
    } else {
        #[cfg(not(target_arch = "wasm32"))]
        first_view::print();
    }
}

/// Draws the page as soon as it is known which document is to be shown. Where the first view of that stands already,
/// the page goes on with it as soon as it knows as much.
async fn start() {
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    let (mut desk, known) = (desk::Desk::start(), js::page::start());
    let first_view = FirstView::find(&root).filter(|_| known.is_first());
    // The engine is asked while the storage opens.
    let answered = first_view.as_ref().map(|view| {
        let model = update(Model::start(known.clone()), Msg::Resized(view.room));
        desk.engine.first_answers(model)
    });
    let start = desk.open(known).await;
    let answered = match answered {
        Some(model) if start.is_first() => Some(model.await).filter(Model::is_settled),
        _ => None,
    };
    if first_view.is_some() && answered.is_none() {
        // Nobody has kept what the engine has said: another one says it again.
        desk.engine.start();
    }
    let goes_on = first_view.zip(answered);
    let model = goes_on.as_ref().map_or_else(|| Model::start(start), |(_, model)| model.clone());
    let props = app::AppProps { desk, model: Rc::new(model) };
    let draws = yew::Renderer::<app::App>::with_root_and_props(root.clone(), props);
    if let Some((view, _)) = goes_on {
        view.clear();
        draws.hydrate();
    } else {
        root.set_text_content(None);
        draws.render();
    }
}
