//! The first view, which stands in the page before the program comes.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// The first view: what the components draw for the first document, and what stands in for more.
pub(crate) struct FirstView {
    root: Element,
    /// The picture that is seen.
    picture: Element,
    /// The room that it was drawn for: width and height.
    pub(crate) room: [u32; 2],
}

impl FirstView {
    /// The first view in `root`, if it stands there as it was drawn.
    pub(crate) fn find(root: &Element) -> Option<Self> {
        let drawn: u32 = root.get_attribute("data-elements")?.parse().ok()?;
        if root.get_elements_by_tag_name("*").length() != drawn {
            return None;
        }
        let pictures = elements(root, ".graph[data-room]");
        let picture = pictures.into_iter().find(|it| it.get_client_rects().length() > 0)?;
        let size = picture.get_attribute("data-room")?;
        let (width, height) = size.split_once(' ')?;
        let size = [width.parse().ok()?, height.parse().ok()?];
        Some(Self { root: root.clone(), picture, room: size })
    }

    /// Leaves what the components draw, and nothing else. The text waits in the shell until it is seen again.
    pub(crate) fn clear(self) {
        let _ = self.picture.remove_attribute("data-room");
        for other in elements(&self.root, ".graph[data-room]") {
            other.remove();
        }
        let shell = gloo::utils::document().get_element_by_id("shell");
        if let (Some(shell), Some(text)) = (shell, elements(&self.root, ".editor-text").pop()) {
            let _ = shell.append_child(&text);
        }
    }
}

fn elements(root: &Element, css: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(css) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
