use gloo::events::EventListener;
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
            (
                EventListener::new(&element, "scroll", move |_| on_scroll()),
                SizeObserver::new(&element, move |_| on_resize()),
            )
        });
        move || drop(watching)
    });
    *part
}

fn visible(room: &Element, picture: &Element, width: f64) -> Option<Rect> {
    let (seen, all) = (room.get_bounding_client_rect(), picture.get_bounding_client_rect());
    let scale = all.width() / width;
    if scale <= 0.0 || !scale.is_finite() {
        return None;
    }
    let from = |seen: f64, all: f64| (((seen - all) / scale / STEP).floor() - 1.0) * STEP;
    let length = |pixels: f64| ((pixels / scale / STEP).ceil() + 3.0) * STEP;
    Some(Rect {
        x: from(seen.left(), all.left()),
        y: from(seen.top(), all.top()),
        width: length(seen.width()),
        height: length(seen.height()),
    })
}
