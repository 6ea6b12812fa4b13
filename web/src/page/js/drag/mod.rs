//! Dragging cards and frames, connections from card to card, and the picture as a whole.

mod grip;
mod lines;
mod touch;

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use netpol_web::model::Moved;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, PointerEvent, WheelEvent};

use grip::{Drag, grip};

/// How much a turn of the wheel enlarges, for each pixel that it would scroll.
const WHEEL: f64 = 0.002;

/// Hears of dragging, of fingers and of the wheel in an element that is scrolled, until dropped.
pub(crate) struct Dragging {
    _listeners: Vec<EventListener>,
}

/// Who hears what.
pub(crate) struct Hears {
    /// The part of its natural size at which the picture is shown.
    pub(crate) scale: Box<dyn Fn() -> f64>,
    /// Something was dragged.
    pub(crate) dropped: Box<dyn Fn(Dropped)>,
    /// The picture is to be enlarged.
    pub(crate) pulled: Box<dyn Fn(Pull)>,
}

/// What was dragged.
pub(crate) enum Dropped {
    /// This, so far, in the picture's own pixels.
    Moved(Moved, [f64; 2]),
    /// A connection from one card to another one.
    Connected(String, String),
}

/// By which factor the picture is to be enlarged, and around which place of its element.
pub(crate) struct Pull {
    pub(crate) factor: f64,
    pub(crate) around: [f64; 2],
}

impl Dragging {
    pub(crate) fn new(room: &HtmlElement, hears: Hears) -> Self {
        let hears = Rc::new(hears);
        let mut listeners = touch::listen(room, &hears);
        listeners.extend(mouse(room, &hears));
        listeners.push(wheel(room, &hears));
        Self { _listeners: listeners }
    }
}

/// Mouse and pen.
fn mouse(room: &HtmlElement, hears: &Rc<Hears>) -> [EventListener; 4] {
    let drag: Rc<RefCell<Option<Drag>>> = Rc::default();
    let on = |kind: &'static str,
              heard: fn(&mut Option<Drag>, &HtmlElement, &Hears, &PointerEvent)| {
        let (drag, element, hears) = (Rc::clone(&drag), room.clone(), Rc::clone(hears));
        EventListener::new(room, kind, move |event: &Event| {
            let event: &PointerEvent = event.unchecked_ref();
            if event.pointer_type() != "touch" {
                heard(&mut drag.borrow_mut(), &element, &hears, event);
            }
        })
    };
    [
        on("pointerdown", |drag, room, _, event| {
            if event.button() == 0 {
                let grip = grip(room, event.target());
                *drag = Some(Drag { grip, from: at(event), begun: false });
            }
        }),
        on("pointermove", |drag, room, hears, event| {
            if event.buttons() == 0 {
                *drag = None;
            }
            if let Some(drag) = drag
                && drag.follow(room, at(event), (hears.scale)())
            {
                // From now on the click at the end is nobody's.
                let _ = room.set_pointer_capture(event.pointer_id());
            }
        }),
        on("pointerup", |drag, room, hears, event| {
            let Some(drag) = drag.take().filter(|drag| drag.begun) else { return };
            if let Some(dropped) = drag.end(room, Some(at(event)), (hears.scale)()) {
                (hears.dropped)(dropped);
            }
        }),
        on("pointercancel", |drag, room, hears, _| {
            if let Some(drag) = drag.take() {
                drag.end(room, None, (hears.scale)());
            }
        }),
    ]
}

/// `Ctrl` with the wheel, which is also what two fingers on a touchpad are.
fn wheel(room: &HtmlElement, hears: &Rc<Hears>) -> EventListener {
    let (element, hears) = (room.clone(), Rc::clone(hears));
    let prevents = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(room, "wheel", prevents, move |event: &Event| {
        let event: &WheelEvent = event.unchecked_ref();
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let corner = element.get_bounding_client_rect();
            let [x, y] = [event.client_x(), event.client_y()].map(f64::from);
            let factor = (-event.delta_y() * WHEEL).exp().clamp(0.5, 2.0);
            let around = [x - corner.left(), y - corner.top()];
            (hears.pulled)(Pull { factor, around });
        }
    })
}

fn at(event: &PointerEvent) -> [f64; 2] {
    [event.client_x().into(), event.client_y().into()]
}
