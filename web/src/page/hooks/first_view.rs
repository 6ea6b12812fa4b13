use gloo::timers::callback::Timeout;
use netpol_web::model::Model;
use yew::prelude::*;

use crate::js::page;

/// So long the first answers may take until the page is shown without them.
const PATIENCE_MS: u32 = 2_500;

/// Shows the page in the place of the static shell once nothing moves any more: when picture and
/// explanation are there, or when there will be none.
#[hook]
pub(crate) fn use_first_view(model: &Model) {
    let ready = model.is_presentable();
    use_effect_with(ready, |ready| {
        if *ready {
            page::show();
        }
        let late = (!*ready).then(|| Timeout::new(PATIENCE_MS, page::show));
        move || drop(late)
    });
}
