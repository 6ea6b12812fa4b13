use netpol_web::model::Question;
use web_sys::Element;
use yew::prelude::*;

use crate::js::page::{self, has_focus_within};

/// Shows an answer from its beginning when another question is chosen elsewhere on the page, and
/// brings it into sight on a narrow screen, where it is below the picture; the result is to be
/// given to the answer's element. Who types the question is left alone.
#[hook]
pub(crate) fn use_arrival(question: &Question) -> NodeRef {
    let node = use_node_ref();
    let before = use_mut_ref(|| question.clone());
    let target = node.clone();
    use_effect_with(question.clone(), move |question| {
        let before = before.replace(question.clone());
        let Some(element) = target.cast::<Element>() else { return };
        // The question that the page begins with is nobody's choice.
        if before.is_blank() || before == *question || has_focus_within(&element) {
            return;
        }
        page::with_next_frame(move || {
            element.set_scroll_top(0);
            element.scroll_into_view();
        });
    });
    node
}
