use gloo::timers::callback::Timeout;
use netpol_web::model::Model;
use yew::prelude::*;

use crate::engine::FIRST_ANSWERS_MS;
use crate::js::page;

/// Shows the page in the place of the static shell once nothing moves any more: when picture and
/// explanation are there, or when there will be none.
#[hook]
pub(crate) fn use_first_view(model: &Model) {
    let ready = model.is_presentable();
    use_effect_with(ready, |ready| {
        if *ready {
            page::show();
        }
        let late = (!*ready).then(|| Timeout::new(FIRST_ANSWERS_MS, page::show));
        move || drop(late)
    });
}
