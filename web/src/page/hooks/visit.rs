use std::rc::Rc;

use netpol_web::model::Msg;
use yew::prelude::*;

use crate::js::page;
use crate::store::Send;

/// Opens what the page's address names, now and whenever it changes; `opened` counts what was, and is `None`
/// as long as it is not there.
#[hook]
pub(crate) fn use_visit(opened: Option<u32>, framed: bool, send: &Send) {
    let told = send.clone();
    use_effect_with((), move |()| {
        let visit = Rc::new(move || {
            if let Some(fragment) = page::new_fragment() {
                told.emit(Msg::Visit(fragment.into()));
            }
        });
        visit();
        let listener = page::on_fragment(move || visit());
        move || drop(listener)
    });
    use_effect_with((opened, framed), |(opened, framed)| {
        // In a frame nothing is kept, so that a reload has to open it again.
        if opened.is_some_and(|count| count > 0) && !framed {
            page::mark_as_opened();
        }
    });
}
