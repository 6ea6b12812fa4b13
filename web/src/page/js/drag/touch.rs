//! Fingers: one scrolls as everywhere, or moves what it has been held on for a moment; two enlarge
//! the picture and push it about.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use web_sys::{Event, HtmlElement, TouchEvent};

use super::grip::{Drag, Grip, grip};
use super::{Hears, Pull};

/// A finger that rests for so long takes hold.
const HOLD_MS: u32 = 350;
/// A finger that moves more meanwhile scrolls.
const REST: f64 = 10.0;

/// What fingers do.
enum Touching {
    /// One rests on something that can be moved.
    Resting(Rc<RefCell<Drag>>, #[expect(dead_code, reason = "dropping it stops it")] Timeout),
    /// One moves something.
    Moving(Rc<RefCell<Drag>>),
    /// Two are on the picture.
    Pinching(Pinch),
}

/// Two fingers.
struct Pinch {
    /// How far they were apart, and how large the picture was then.
    apart: f64,
    scale: f64,
    /// Where they were last.
    middle: [f64; 2],
}

type State = Rc<RefCell<Option<Touching>>>;

/// Hears of fingers on an element that is scrolled.
pub(super) fn listen(room: &HtmlElement, hears: &Rc<Hears>) -> Vec<EventListener> {
    let state = State::default();
    let on = |kind: &'static str, heard: fn(&HtmlElement, &State, &Hears, &TouchEvent)| {
        let (element, state, hears) = (room.clone(), Rc::clone(&state), Rc::clone(hears));
        let prevents = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(room, kind, prevents, move |event: &Event| {
            use wasm_bindgen::JsCast;
            heard(&element, &state, &hears, event.unchecked_ref());
        })
    };
    vec![
        on("touchstart", begun),
        on("touchmove", moved),
        on("touchend", ended),
        on("touchcancel", cancelled),
    ]
}

fn begun(room: &HtmlElement, state: &State, hears: &Hears, event: &TouchEvent) {
    let before = state.take();
    if let Some(Touching::Moving(drag)) = before {
        // A second finger changes nothing for what the first one holds.
        *state.borrow_mut() = Some(Touching::Moving(drag));
        return;
    }
    match *points(event).as_slice() {
        [at] => {
            let grip = grip(room, event.target());
            if matches!(grip, Grip::Scroll(_)) {
                return;
            }
            let at_once = matches!(grip, Grip::Connect(_));
            let drag = Rc::new(RefCell::new(Drag { grip, from: at, begun: false }));
            if at_once {
                event.prevent_default();
                *state.borrow_mut() = Some(Touching::Moving(drag));
                return;
            }
            let (held, room, now) = (Rc::clone(&drag), room.clone(), Rc::downgrade(state));
            let timer = Timeout::new(HOLD_MS, move || {
                held.borrow_mut().begin(&room);
                if let Some(state) = now.upgrade() {
                    // The timer that runs here is forgotten, not cleared.
                    let before = state.replace(Some(Touching::Moving(held)));
                    drop(before);
                }
            });
            *state.borrow_mut() = Some(Touching::Resting(drag, timer));
        }
        [a, b] => {
            let scale = (hears.scale)();
            let pinch = Pinch { apart: apart(a, b), scale, middle: middle(a, b) };
            *state.borrow_mut() = Some(Touching::Pinching(pinch));
        }
        _ => {}
    }
}

fn moved(room: &HtmlElement, state: &State, hears: &Hears, event: &TouchEvent) {
    let points = points(event);
    let mut touching = state.borrow_mut();
    let scrolls = match (&mut *touching, points.as_slice()) {
        (Some(Touching::Resting(drag, _)), [at, ..]) => apart(drag.borrow().from, *at) > REST,
        (Some(Touching::Moving(drag)), [at, ..]) => {
            event.prevent_default();
            drag.borrow_mut().follow(room, *at, (hears.scale)());
            false
        }
        (Some(Touching::Pinching(pinch)), [a, b, ..]) => {
            event.prevent_default();
            pinch.follow(room, hears, [*a, *b]);
            false
        }
        _ => false,
    };
    if scrolls {
        *touching = None;
    }
}

fn ended(room: &HtmlElement, state: &State, hears: &Hears, event: &TouchEvent) {
    let touching = state.take();
    let Some(Touching::Moving(drag)) = touching else { return };
    // What follows would be a click.
    event.prevent_default();
    let at = changed(event);
    let scale = (hears.scale)();
    let begun = drag.borrow().begun;
    let drag = drag.replace(Drag { grip: Grip::Scroll([0; 2]), from: [0.0; 2], begun: false });
    if let Some(dropped) = drag.end(room, at.filter(|_| begun), scale) {
        (hears.dropped)(dropped);
    }
}

fn cancelled(room: &HtmlElement, state: &State, hears: &Hears, _: &TouchEvent) {
    if let Some(Touching::Moving(drag)) = state.take() {
        let drag = drag.replace(Drag { grip: Grip::Scroll([0; 2]), from: [0.0; 2], begun: false });
        drag.end(room, None, (hears.scale)());
    }
}

impl Pinch {
    fn follow(&mut self, room: &HtmlElement, hears: &Hears, [a, b]: [[f64; 2]; 2]) {
        let now = middle(a, b);
        room.set_scroll_left(room.scroll_left() - (now[0] - self.middle[0]).round() as i32);
        room.set_scroll_top(room.scroll_top() - (now[1] - self.middle[1]).round() as i32);
        self.middle = now;
        let wanted = self.scale * apart(a, b) / self.apart.max(1.0);
        let corner = room.get_bounding_client_rect();
        let around = [now[0] - corner.left(), now[1] - corner.top()];
        (hears.pulled)(Pull { factor: wanted / (hears.scale)(), around });
    }
}

fn points(event: &TouchEvent) -> Vec<[f64; 2]> {
    let touches = event.touches();
    let touches = (0..touches.length()).filter_map(|index| touches.get(index));
    touches.map(|it| [it.client_x().into(), it.client_y().into()]).collect()
}

/// Where the finger was that has left.
fn changed(event: &TouchEvent) -> Option<[f64; 2]> {
    let touch = event.changed_touches().get(0)?;
    Some([touch.client_x().into(), touch.client_y().into()])
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn middle(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])]
}
