//! The page: Yew components over [`netpol_web::model`], and the browser's side of editor and
//! worker.

mod app;
mod components;
mod hooks;
mod js;
mod store;

fn main() {
    js::page::report_panics();
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    // The static shell has served its time.
    root.set_text_content(None);
    yew::Renderer::<app::App>::with_root(root).render();
    js::page::mark_as_started();
}
