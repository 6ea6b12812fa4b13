//! The lines at a card that is dragged: they follow it roughly, and are routed anew when it is put
//! down.

use netpol_web::stretch::stretched;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// So many lines follow a card, so that dragging costs the same in a large picture; the others stay.
const FOLLOWING: usize = 60;

/// The lines at what is dragged.
#[derive(Default)]
pub(super) struct Lines(Vec<Line>);

struct Line {
    edge: Element,
    path: Element,
    /// Its path without anybody's help.
    own: String,
    /// What was written last.
    written: String,
    /// Whether its sender and its receiver are dragged.
    ends: [bool; 2],
}

impl Lines {
    /// The lines at cards.
    pub(super) fn at(room: &HtmlElement, cards: &[String]) -> Self {
        let Ok(edges) = room.query_selector_all(".edge") else { return Self::default() };
        let edges = (0..edges.length()).filter_map(|index| edges.get(index)?.dyn_into().ok());
        Self(edges.filter_map(|edge| Line::at(edge, cards)).take(FOLLOWING).collect())
    }

    /// Brings them to where their cards are.
    pub(super) fn follow(&mut self, by: [f64; 2]) {
        for line in &mut self.0 {
            let _ = line.edge.class_list().add_1("following");
            let [first, last] = line.ends.map(|moves| if moves { by } else { [0.0; 2] });
            line.written = stretched(&line.own, first, last);
            let _ = line.path.set_attribute("d", &line.written);
        }
    }

    /// Puts them back, unless the picture has changed meanwhile.
    pub(super) fn put_back(self) {
        for line in self.0 {
            let _ = line.edge.class_list().remove_1("following");
            if line.path.get_attribute("d").as_ref() == Some(&line.written) {
                let _ = line.path.set_attribute("d", &line.own);
            }
        }
    }
}

impl Line {
    fn at(edge: Element, cards: &[String]) -> Option<Self> {
        let ends = ["data-from", "data-to"].map(|end| edge.get_attribute(end).unwrap_or_default());
        let [first, last] = ends.map(|end| cards.contains(&end));
        // What its sender's egress stops ends beside the sender.
        let stops = edge.get_attribute("data-stops-at").unwrap_or_default();
        let ends = [first, if stops.contains("egress") { first } else { last }];
        if ends == [false, false] {
            return None;
        }
        let path = edge.query_selector(".line").ok().flatten()?;
        let own = path.get_attribute("d")?;
        Some(Self { edge, path, own, written: String::new(), ends })
    }
}
