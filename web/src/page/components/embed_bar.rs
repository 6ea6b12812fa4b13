use std::rc::Rc;

use netpol_web::model::{Model, Part};
use netpol_web::test_ids;
use yew::prelude::*;

use super::top_bar::{Logo, PaneSwitch};

#[derive(PartialEq, Properties)]
pub(crate) struct EmbedBarProps {
    pub(crate) model: Rc<Model>,
}

/// The bar of a page in a frame: what it is, and the way to a page of its own that shows the same.
#[component]
pub(crate) fn EmbedBar(props: &EmbedBarProps) -> Html {
    let model = &props.model;
    let hides = |part| model.embed.hides(part);
    let both = !hides(Part::Editor) && (!hides(Part::Picture) || !hides(Part::Explanation));
    let link = model.own_link();
    let title = match link.as_deref() {
        Some(Err(reason)) => Some(reason.clone()),
        _ => None,
    };
    let href = link.and_then(|link| link.as_ref().ok().cloned());
    html! {
        <header class="top-bar embed-bar">
            <h1 class="logo"><Logo /><span class="logo-name">{model.document.name().to_owned()}</span></h1>
            <span class="grow" />
            if both {
                <PaneSwitch pane={model.view.pane} />
            }
            <a class="button" data-testid={test_ids::OPEN_IN_PLAYGROUND} {href} {title} target="_blank" rel="noopener">
                {"Open in playground"}<span aria-hidden="true">{" ↗"}</span>
            </a>
        </header>
    }
}
