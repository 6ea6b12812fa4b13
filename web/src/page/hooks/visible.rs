use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use netpol_diagram::Rect;
use web_sys::Element;
use yew::prelude::*;

use crate::js::resize::SizeObserver;

/// Parts are told in steps, so that scrolling does not draw anew for every pixel.
const STEP: f64 = 240.0;

/// The part of a picture that is in sight, and a little around it; `None` until it is known, and
/// as long as nobody needs it. `width` is the picture's natural width.
#[hook]
pub(crate) fn use_visible_part(
    room: &NodeRef,
    picture: &NodeRef,
    width: f64,
    needed: bool,
) -> Option<Rect> {
    let part = use_state_eq(|| None::<Rect>);
    let measure = {
        let (room, picture, part) = (room.clone(), picture.clone(), part.clone());
        move || {
            if let Some((room, picture)) = room.cast::<Element>().zip(picture.cast::<Element>()) {
                part.set(visible(&room, &picture, width));
            }
        }
    };
    // After every drawing, since the picture's size may be another one.
    let look = measure.clone();
    use_effect(move || {
        if needed {
            look();
        }
    });
    use_effect_with((room.clone(), width.to_bits(), needed), move |(room, _, needed)| {
        let element = room.cast::<Element>().filter(|_| *needed);
        let watching = element.map(|element| {
            let (on_scroll, on_resize) = (measure.clone(), measure);
            (on_any_scroll(on_scroll), SizeObserver::new(&element, move |_| on_resize()))
        });
        move || drop(watching)
    });
    *part
}

fn visible(room: &Element, picture: &Element, width: f64) -> Option<Rect> {
    let seen = seen(room, picture, width)?;
    let from = |at: f64| ((at / STEP).floor() - 1.0) * STEP;
    let length = |length: f64| ((length / STEP).ceil() + 3.0) * STEP;
    let (width, height) = (length(seen.width), length(seen.height));
    Some(Rect { x: from(seen.x), y: from(seen.y), width, height })
}

/// The part of a picture that is in sight, as it is drawn at its natural size. On a narrow screen its
/// room is higher than the window.
fn seen(room: &Element, picture: &Element, width: f64) -> Option<Rect> {
    let (room, all) = (room.get_bounding_client_rect(), picture.get_bounding_client_rect());
    let scale = all.width() / width;
    if scale <= 0.0 || !scale.is_finite() {
        return None;
    }
    let length = |length: Result<wasm_bindgen::JsValue, _>| length.ok()?.as_f64();
    let right = room.right().min(length(window().inner_width()).unwrap_or(f64::MAX));
    let bottom = room.bottom().min(length(window().inner_height()).unwrap_or(f64::MAX));
    let (left, top) = (room.left().max(0.0), room.top().max(0.0));
    Some(Rect {
        x: (left - all.left()) / scale,
        y: (top - all.top()) / scale,
        width: (right - left).max(0.0) / scale,
        height: (bottom - top).max(0.0) / scale,
    })
}

/// The part of the picture in a room that is in sight now.
pub(crate) fn seen_now(room: &Element, width: f64) -> Option<Rect> {
    let picture = room.query_selector(".graph").ok()??;
    seen(room, &picture, width)
}

/// Hears of scrolling, whatever is scrolled.
fn on_any_scroll(scrolled: impl Fn() + 'static) -> EventListener {
    let first = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document(), "scroll", first, move |_| scrolled())
}

/// The part of a picture in its room that is in sight, to the pixel; it follows scrolling. `drawn` is
/// anything that changes when the picture does, and `None` as long as nobody needs it.
#[hook]
pub(crate) fn use_seen(room: &NodeRef, width: f64, drawn: Option<(u64, u64)>) -> Option<Rect> {
    let part = use_state_eq(|| None::<Rect>);
    let setter = part.setter();
    use_effect_with((room.clone(), width.to_bits(), drawn), move |(room, _, drawn)| {
        let room = room.cast::<Element>().filter(|_| drawn.is_some());
        let look = move || seen_now(room.as_ref()?, width);
        setter.set(look());
        let listener = drawn.map(|_| on_any_scroll(move || setter.set(look())));
        move || drop(listener)
    });
    *part
}
