use netpol_web::model::Msg;
use web_sys::Element;
use yew::prelude::*;

use crate::js::resize::WidthObserver;
use crate::store::use_send;

/// Widths are rounded down to multiples of this, so that dragging a window's corner does not place
/// the picture anew for every pixel.
const STEP: u32 = 16;

/// Tells the reducer how wide the element is; the result is to be given to the element.
#[hook]
pub(crate) fn use_width() -> NodeRef {
    let node = use_node_ref();
    let send = use_send();
    use_effect_with(node.clone(), move |node| {
        let told = move |width| send.emit(Msg::Resized(width / STEP * STEP));
        let observer = node.cast::<Element>().and_then(|it| WidthObserver::new(&it, told));
        move || drop(observer)
    });
    node
}
