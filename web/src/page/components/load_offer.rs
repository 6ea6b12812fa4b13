use std::rc::Rc;

use netpol_web::model::{Msg, Offer, Theme};
use netpol_web::test_ids;
use web_sys::Element;
use yew::prelude::*;

use super::dialog::Dialog;
use crate::js::loader::Loader;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct LoadOfferProps {
    pub(crate) offer: Offer,
    pub(crate) theme: Theme,
}

/// Asks whether to load what a link names. The question stands in a frame with a policy of its own:
/// only there is another host asked for anything, and only after a yes.
#[component]
pub(crate) fn LoadOffer(props: &LoadOfferProps) -> Html {
    let send = use_send();
    let node = use_node_ref();
    let told = send.clone();
    let asked = (Rc::clone(&props.offer.address), props.theme, node.clone());
    use_effect_with(asked, move |(address, theme, node)| {
        let parent = node.cast::<Element>();
        let loader = parent.and_then(|parent| Loader::new(&parent, address, *theme, &told));
        move || drop(loader)
    });
    html! {
        <Dialog title="Load manifests" test_id={test_ids::LOAD} onclose={send.reform(|()| Msg::NotLoaded)}>
            <div class="load" ref={node} />
        </Dialog>
    }
}
