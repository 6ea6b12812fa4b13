//! The first view, which stands in the page before the program comes.

use js_sys::{Promise, Uint8Array};
use netpol_web::model::{Model, Start};
use netpol_web::protocol::Answer;
use netpol_web::wire;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// The first view: what the components draw for the first document, and what stands in for more.
pub(crate) struct FirstView {
    root: Element,
    /// Its picture.
    picture: Element,
}

#[wasm_bindgen]
extern "C" {
    /// What the engine answers about the first view, which `web/start.js` fetches; `null` where that failed.
    #[wasm_bindgen(thread_local_v2, js_name = netpolFirst)]
    static ANSWERS: Option<Promise>;
}

impl FirstView {
    /// The first view in `root`, if it stands there as it was drawn.
    pub(crate) fn find(root: &Element) -> Option<Self> {
        let drawn: u32 = root.get_attribute("data-elements")?.parse().ok()?;
        if root.get_elements_by_tag_name("*").length() != drawn {
            return None;
        }
        let picture = root.query_selector(".graph[data-room]").ok()??;
        Some(Self { root: root.clone(), picture })
    }

    /// The page that it shows; `None` if what the engine says about it has not come.
    pub(crate) async fn model(&self, start: Start) -> Option<Model> {
        let size = self.picture.get_attribute("data-room")?;
        let (width, height) = size.split_once(' ')?;
        let room = [width.parse().ok()?, height.parse().ok()?];
        let promise = ANSWERS.with(Clone::clone)?;
        let bytes = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
        let mut answers = wire::from_bytes::<Vec<Answer>>(&bytes).ok()?.into_iter();
        Model::with_answers(start, room, |_| answers.next())
    }

    /// Leaves what the components draw, and nothing else. The text waits in the shell until it is seen again.
    pub(crate) fn clear(self) {
        let _ = self.picture.remove_attribute("data-room");
        let shell = gloo::utils::document().get_element_by_id("shell");
        let text = self.root.query_selector(".editor-text").ok().flatten();
        if let (Some(shell), Some(text)) = (shell, text) {
            let _ = shell.append_child(&text);
        }
    }
}
