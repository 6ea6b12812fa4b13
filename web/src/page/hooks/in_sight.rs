use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};
use yew::prelude::*;

/// Whether any of an element is on the screen, so that what moves there can stop when it is not.
#[hook]
pub(crate) fn use_in_sight(node: &NodeRef) -> bool {
    let in_sight = use_state_eq(|| true);
    let told = in_sight.clone();
    use_effect_with(node.clone(), move |node| {
        let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
            let last =
                entries.iter().last().map(JsCast::unchecked_into::<IntersectionObserverEntry>);
            told.set(last.is_none_or(|entry| entry.is_intersecting()));
        });
        let observer = IntersectionObserver::new(seen.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, node.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            observer.iter().for_each(IntersectionObserver::disconnect);
            drop(seen);
        }
    });
    *in_sight
}
