use gloo::timers::callback::Timeout;
use netpol_web::model::{Model, Status};
use yew::prelude::*;

use crate::js::page;

/// So long the first answers may take until the page is shown without them.
const PATIENCE_MS: u32 = 2_500;

/// Shows the page in the place of the static shell once nothing moves any more: when picture and
/// explanation are there, or when there will be none.
#[hook]
pub(crate) fn use_first_view(model: &Model) {
    // Not what a link is about to take the place of.
    let opening = model.sharing.visit.is_some() || model.document.typing;
    let current = model.answers.revision == model.document.revision && !opening;
    let answered = current && model.answers.picture.is_some();
    let explained = model.question.query().is_none() || model.answers.explanation.is_some();
    let ready =
        answered && explained || model.status() != Status::Working || model.notice.is_some();
    use_effect_with(ready, |ready| {
        if *ready {
            page::show();
        }
        let late = (!*ready).then(|| Timeout::new(PATIENCE_MS, page::show));
        move || drop(late)
    });
}
