use netpol_web::model::{ConnectMsg, GraphMsg, Msg};
use netpol_web::zoom::{Size, Zoom};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::js::drag::{Dragging, Dropped, Hears, Pull};
use crate::store::use_send;

/// Lets cards, frames, connections and the picture be dragged in its room, and the wheel or two
/// fingers enlarge it. What is looked at stays where it is when the size changes.
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
                let dropped = move |dropped| {
                    send.emit(Msg::Graph(match dropped {
                        Dropped::Moved(what, by) => GraphMsg::Drag(what, by),
                        Dropped::Connected(from, to) => {
                            GraphMsg::Connect(ConnectMsg::Drawn(from, to))
                        }
                    }));
                };
                let pulled = move |Pull { factor, around: place }| {
                    *around.borrow_mut() = Some(place);
                    setter.set(Zoom::by(*now.borrow(), factor));
                };
                let hears = Hears {
                    scale: Box::new(move || *at.borrow()),
                    dropped: Box::new(dropped),
                    pulled: Box::new(pulled),
                };
                Dragging::new(&room, hears)
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
