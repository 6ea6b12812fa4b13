use netpol_web::model::{GraphMsg, Msg};
use netpol_web::zoom::{Size, Zoom};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::js::drag::Dragging;
use crate::store::use_send;

/// Lets cards, frames and the picture be dragged in its room, and the wheel enlarge it. What is
/// looked at stays where it is when the size changes.
#[hook]
pub(crate) fn use_drag(room: &NodeRef, zoom: &UseStateHandle<Zoom>, scale: f64) {
    let send = use_send();
    let now = use_mut_ref(|| scale);
    // Where the wheel was turned.
    let around = use_mut_ref(|| None::<Size>);
    let setter = zoom.setter();
    {
        let (now, around) = (now.clone(), around.clone());
        use_effect_with(room.clone(), move |room| {
            let dragging = room.cast::<HtmlElement>().map(|room| {
                let at = now.clone();
                let moved = move |what, by| send.emit(Msg::Graph(GraphMsg::Drag(what, by)));
                let zoomed = move |factor: f64, place| {
                    *around.borrow_mut() = Some(place);
                    setter.set(Zoom::by(*now.borrow(), factor));
                };
                Dragging::new(&room, move || *at.borrow(), moved, zoomed)
            });
            move || drop(dragging)
        });
    }
    use_effect_with((room.clone(), scale.to_bits()), move |(room, _)| {
        let before = now.replace(scale);
        if let Some(room) = room.cast::<HtmlElement>().filter(|_| before > 0.0) {
            let middle = [room.client_width(), room.client_height()].map(|it| f64::from(it) / 2.0);
            let [x, y] = around.take().unwrap_or(middle);
            let scrolled =
                |from: i32, at: f64| ((f64::from(from) + at) / before * scale - at).round() as i32;
            room.set_scroll_left(scrolled(room.scroll_left(), x));
            room.set_scroll_top(scrolled(room.scroll_top(), y));
        }
    });
}
