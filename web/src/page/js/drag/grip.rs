//! What a pointer has taken hold of, and how that follows it.

use netpol_web::measure::written as n;
use netpol_web::model::Moved;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use super::Dropped;
use super::lines::Lines;

/// Who moves less wants to click.
const CLICK: f64 = 5.0;

/// What a drag does.
pub(super) enum Grip {
    /// It moves these elements, and the lines at them.
    Move(Moved, Vec<Element>, Lines),
    /// It draws a connection from this card.
    Connect(String),
    /// It scrolls from here.
    Scroll([i32; 2]),
}

/// What is below a pointer.
pub(super) fn grip(room: &HtmlElement, target: Option<EventTarget>) -> Grip {
    let target = target.and_then(|it| it.dyn_into::<Element>().ok());
    let around = |css: &str| target.as_ref()?.closest(css).ok().flatten();
    if let Some(card) = around(".card") {
        let name = name(&card);
        if around(".handle").is_some() {
            return Grip::Connect(name);
        }
        let lines = Lines::at(room, std::slice::from_ref(&name));
        return Grip::Move(Moved::Card(name), vec![card], lines);
    }
    if let Some(frame) = around(".frame-head").and_then(|head| head.closest(".frame").ok()?) {
        let what = Moved::Frame(name(&frame));
        let mut elements = within(room, &frame);
        let names: Vec<String> = elements.iter().map(name).collect();
        elements.push(frame);
        return Grip::Move(what, elements, Lines::at(room, &names));
    }
    Grip::Scroll([room.scroll_left(), room.scroll_top()])
}

fn name(element: &Element) -> String {
    element.get_attribute("data-id").unwrap_or_default()
}

/// The cards within a frame.
fn within(room: &HtmlElement, frame: &Element) -> Vec<Element> {
    let around = frame.get_bounding_client_rect();
    let is_in = |card: &Element| {
        let card = card.get_bounding_client_rect();
        let (x, y) = (card.x() + card.width() / 2.0, card.y() + card.height() / 2.0);
        around.left() < x && x < around.right() && around.top() < y && y < around.bottom()
    };
    let Ok(cards) = room.query_selector_all(".card") else { return Vec::new() };
    let cards = (0..cards.length()).filter_map(|index| cards.get(index)?.dyn_into().ok());
    cards.filter(is_in).collect()
}

/// A grip that a pointer has.
pub(super) struct Drag {
    pub(super) grip: Grip,
    pub(super) from: [f64; 2],
    /// Whether it is more than a click.
    pub(super) begun: bool,
}

impl Drag {
    /// Follows the pointer; says whether it has just become more than a click.
    pub(super) fn follow(&mut self, room: &HtmlElement, at: [f64; 2], scale: f64) -> bool {
        let [x, y] = self.by(at);
        if !self.begun && x.abs().max(y.abs()) < CLICK {
            return false;
        }
        let begins = !self.begun;
        if begins {
            self.begin(room);
        }
        match &mut self.grip {
            Grip::Move(_, elements, lines) => {
                let by = [x / scale, y / scale];
                let transform = format!("translate({} {})", n(by[0]), n(by[1]));
                for element in elements {
                    let _ = element.set_attribute("transform", &transform);
                }
                lines.follow(by);
            }
            Grip::Connect(from) => {
                draw(room, self.from, at, scale);
                mark(room, target(at).filter(|card| name(card) != *from).as_ref());
            }
            Grip::Scroll([left, top]) => {
                room.set_scroll_left(*left - x as i32);
                room.set_scroll_top(*top - y as i32);
            }
        }
        begins
    }

    pub(super) fn begin(&mut self, room: &HtmlElement) {
        self.begun = true;
        let word = if matches!(self.grip, Grip::Connect(_)) { "connecting" } else { "dragging" };
        let _ = room.class_list().add_1(word);
    }

    fn by(&self, at: [f64; 2]) -> [f64; 2] {
        [at[0] - self.from[0], at[1] - self.from[1]]
    }

    /// Everything is where the picture has it; tells what was done, if the pointer was let go.
    pub(super) fn end(
        self,
        room: &HtmlElement,
        at: Option<[f64; 2]>,
        scale: f64,
    ) -> Option<Dropped> {
        let by = at.map(|at| self.by(at).map(|part| part / scale));
        let _ = room.class_list().remove_2("dragging", "connecting");
        match self.grip {
            Grip::Move(what, elements, lines) => {
                for element in elements {
                    let _ = element.remove_attribute("transform");
                }
                lines.put_back();
                Some(Dropped::Moved(what, by?))
            }
            Grip::Connect(from) => {
                mark(room, None);
                let to = name(&target(at?)?);
                (to != from).then_some(Dropped::Connected(from, to))
            }
            Grip::Scroll(_) => None,
        }
    }
}

/// The card at a point of the window.
fn target([x, y]: [f64; 2]) -> Option<Element> {
    let element = gloo::utils::document().element_from_point(x as f32, y as f32)?;
    element.closest(".card").ok().flatten()
}

/// Marks the card at which a connection would end.
fn mark(room: &HtmlElement, card: Option<&Element>) {
    if let Ok(Some(before)) = room.query_selector(".card.target") {
        let _ = before.class_list().remove_1("target");
    }
    if let Some(card) = card {
        let _ = card.class_list().add_1("target");
    }
}

/// Draws the line of a connection that is being drawn.
fn draw(room: &HtmlElement, from: [f64; 2], to: [f64; 2], scale: f64) {
    let Ok(Some(line)) = room.query_selector(".drawn-line") else { return };
    let Ok(Some(picture)) = room.query_selector(".graph") else { return };
    let corner = picture.get_bounding_client_rect();
    let [a, b] = [from, to].map(|[x, y]| [(x - corner.x()) / scale, (y - corner.y()) / scale]);
    let path = format!("M{} {}L{} {}", n(a[0]), n(a[1]), n(b[0]), n(b[1]));
    let _ = line.set_attribute("d", &path);
}
