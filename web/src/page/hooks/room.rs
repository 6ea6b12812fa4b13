use netpol_web::model::Msg;
use netpol_web::zoom::Size;
use web_sys::Element;
use yew::prelude::*;

use crate::js::page;
use crate::js::resize::SizeObserver;
use crate::store::use_send;

/// The size of an element, to which the first result is to be given; `None` until it is known. Where the style sheets
/// let it grow with what is in it (`--grows`), its height has no end. The reducer is told, too.
#[hook]
pub(crate) fn use_room() -> (NodeRef, Option<Size>) {
    let node = use_node_ref();
    let size = use_state_eq(|| None::<Size>);
    let send = use_send();
    let set = size.setter();
    use_effect_with(node.clone(), move |node| {
        let element = node.cast::<Element>();
        let room = element.clone();
        let told = move |[width, height]: [u32; 2]| {
            let grows = room.as_ref().is_some_and(|room| page::has_property(room, "--grows"));
            let height = if grows { u32::MAX } else { height };
            set.set(Some([width.into(), height.into()]));
            send.emit(Msg::Resized([width, height]));
        };
        let observer = element.and_then(|it| SizeObserver::new(&it, told));
        move || drop(observer)
    });
    (node, *size)
}
