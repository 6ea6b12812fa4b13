//! Dragging cards and frames, and the picture as a whole, with a mouse or a pen. A finger scrolls.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use netpol_web::model::Moved;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent, WheelEvent};

/// Who moves less wants to click.
const CLICK: f64 = 5.0;
/// How much a turn of the wheel enlarges, for each pixel that it would scroll.
const WHEEL: f64 = 0.002;

/// Hears of dragging and of the wheel in an element that is scrolled, until dropped.
pub(crate) struct Dragging {
    _listeners: Vec<EventListener>,
}

/// What a drag does.
enum Grip {
    /// It moves these elements.
    Move(Moved, Vec<Element>),
    /// It scrolls from here.
    Scroll([i32; 2]),
}

struct Drag {
    grip: Grip,
    from: [f64; 2],
    /// Whether it is more than a click.
    begun: bool,
}

impl Dragging {
    /// `scale` is that of the picture at the moment; `moved` hears what was dragged how far, in the
    /// picture's own pixels; `zoomed` by which factor to enlarge around a place of the element.
    pub(crate) fn new(
        room: &HtmlElement,
        scale: impl Fn() -> f64 + 'static,
        moved: impl Fn(Moved, [f64; 2]) + 'static,
        zoomed: impl Fn(f64, [f64; 2]) + 'static,
    ) -> Self {
        let drag: Rc<RefCell<Option<Drag>>> = Rc::default();
        let scale = Rc::new(scale);
        let on = |kind: &'static str, heard: Box<dyn Fn(&PointerEvent)>| {
            EventListener::new(room, kind, move |event: &Event| heard(event.unchecked_ref()))
        };
        let down = {
            let (room, drag) = (room.clone(), Rc::clone(&drag));
            move |event: &PointerEvent| {
                if event.button() == 0 && event.pointer_type() != "touch" {
                    let grip = grip(&room, event);
                    *drag.borrow_mut() = Some(Drag { grip, from: at(event), begun: false });
                }
            }
        };
        let going = {
            let (room, drag, scale) = (room.clone(), Rc::clone(&drag), Rc::clone(&scale));
            move |event: &PointerEvent| {
                let mut drag = drag.borrow_mut();
                if event.buttons() == 0 {
                    *drag = None;
                }
                if let Some(drag) = &mut *drag {
                    drag.follow(&room, event, scale());
                }
            }
        };
        let up = {
            let (room, drag) = (room.clone(), Rc::clone(&drag));
            move |event: &PointerEvent| {
                let Some(drag) = drag.take().filter(|drag| drag.begun) else { return };
                let by = drag.by(event).map(|part| part / scale());
                if let Some(what) = drag.end(&room) {
                    moved(what, by);
                }
            }
        };
        let cancel = {
            let room = room.clone();
            move |_: &PointerEvent| {
                if let Some(drag) = drag.take() {
                    drag.end(&room);
                }
            }
        };
        let wheel = {
            let room = room.clone();
            move |event: &Event| {
                let event: &WheelEvent = event.unchecked_ref();
                if event.ctrl_key() || event.meta_key() {
                    event.prevent_default();
                    let corner = room.get_bounding_client_rect();
                    let [x, y] = [event.client_x(), event.client_y()].map(f64::from);
                    let factor = (-event.delta_y() * WHEEL).exp().clamp(0.5, 2.0);
                    zoomed(factor, [x - corner.left(), y - corner.top()]);
                }
            }
        };
        let prevents = EventListenerOptions::enable_prevent_default();
        let listeners = vec![
            on("pointerdown", Box::new(down)),
            on("pointermove", Box::new(going)),
            on("pointerup", Box::new(up)),
            on("pointercancel", Box::new(cancel)),
            EventListener::new_with_options(room, "wheel", prevents, wheel),
        ];
        Self { _listeners: listeners }
    }
}

fn at(event: &PointerEvent) -> [f64; 2] {
    [event.client_x().into(), event.client_y().into()]
}

/// What is below the pointer.
fn grip(room: &HtmlElement, event: &PointerEvent) -> Grip {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let around = |css: &str| target.as_ref()?.closest(css).ok().flatten();
    let name = |element: &Element| element.get_attribute("data-id").unwrap_or_default();
    if let Some(card) = around(".card") {
        return Grip::Move(Moved::Card(name(&card)), vec![card]);
    }
    if let Some(frame) = around(".frame-head").and_then(|head| head.closest(".frame").ok()?) {
        let what = Moved::Frame(name(&frame));
        let mut elements = within(room, &frame);
        elements.push(frame);
        return Grip::Move(what, elements);
    }
    Grip::Scroll([room.scroll_left(), room.scroll_top()])
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

impl Drag {
    fn by(&self, event: &PointerEvent) -> [f64; 2] {
        let [x, y] = at(event);
        [x - self.from[0], y - self.from[1]]
    }

    fn follow(&mut self, room: &HtmlElement, event: &PointerEvent, scale: f64) {
        let [x, y] = self.by(event);
        if !self.begun && x.abs().max(y.abs()) < CLICK {
            return;
        }
        if !self.begun {
            self.begun = true;
            // From now on the click at the end is nobody's.
            let _ = room.set_pointer_capture(event.pointer_id());
            let _ = room.class_list().add_1("dragging");
        }
        match &self.grip {
            Grip::Move(_, elements) => {
                let by = format!("translate({} {})", x / scale, y / scale);
                for element in elements {
                    let _ = element.set_attribute("transform", &by);
                }
            }
            Grip::Scroll([left, top]) => {
                room.set_scroll_left(left - x as i32);
                room.set_scroll_top(top - y as i32);
            }
        }
    }

    /// Everything is where the picture has it; tells what was dragged.
    fn end(self, room: &HtmlElement) -> Option<Moved> {
        let _ = room.class_list().remove_1("dragging");
        match self.grip {
            Grip::Move(what, elements) => {
                for element in elements {
                    let _ = element.remove_attribute("transform");
                }
                Some(what)
            }
            Grip::Scroll(_) => None,
        }
    }
}
