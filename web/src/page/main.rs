//! The page: Yew components over [`netpol_web::model`], and the browser's side of editor and
//! worker.

mod app;
mod components;
mod desk;
mod engine;
mod hooks;
mod js;
mod store;

fn main() {
    js::page::report_panics();
    yew::platform::spawn_local(start());
}

/// Draws the page as soon as it is known which document is to be shown.
async fn start() {
    let (desk, start) = desk::Desk::open().await;
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    let props = app::AppProps { desk, start };
    yew::Renderer::<app::App>::with_root_and_props(root, props).render();
    js::page::mark_as_started();
}
