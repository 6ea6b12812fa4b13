use netpol_web::model::{Msg, SPLIT};
use netpol_web::test_ids;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::store::use_send;

/// How far a key moves it, in percent.
const STEP: i32 = 2;

#[derive(PartialEq, Properties)]
pub(crate) struct SplitProps {
    /// The part of the width that the document has, in percent.
    pub(crate) part: u8,
}

/// What parts the document from the picture. It is dragged, or moved with arrow keys; a double click, or
/// Enter, puts it back.
#[component]
pub(crate) fn Split(props: &SplitProps) -> Html {
    let send = use_send();
    let part = props.part;
    let set = send.reform(|part: Option<u8>| Msg::Split(part));
    let onpointerdown = Callback::from(|event: PointerEvent| {
        if let Some(bar) = event.target_dyn_into::<Element>() {
            let _ = bar.set_pointer_capture(event.pointer_id());
        }
    });
    // While it is dragged only the style sheet knows: everything else waits for the end.
    let onpointermove = Callback::from(|event: PointerEvent| {
        if let Some((panes, part)) = dragged(&event).filter(|_| event.buttons() != 0) {
            let _ = panes.set_attribute("style", &style(part));
        }
    });
    let onpointerup = {
        let set = set.clone();
        Callback::from(move |event: PointerEvent| {
            // A press that moves nothing is no drag.
            if let Some((_, now)) = dragged(&event).filter(|(_, now)| now.abs_diff(part) > 0) {
                set.emit(Some(now));
            }
        })
    };
    let onkeydown = {
        let set = set.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" => Some(bounded(i32::from(part) - STEP)),
                "ArrowRight" => Some(bounded(i32::from(part) + STEP)),
                "Home" => Some(SPLIT.least),
                "End" => Some(SPLIT.most),
                "Enter" => None,
                _ => return,
            };
            event.prevent_default();
            set.emit(to);
        })
    };
    html! {
        <div class="split" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the document"
            aria-valuenow={part.to_string()} aria-valuemin={SPLIT.least.to_string()} aria-valuemax={SPLIT.most.to_string()}
            title="Drag it, or move it with arrow keys; a double click puts it back" data-testid={test_ids::SPLIT}
            {onpointerdown} {onpointermove} {onpointerup} {onkeydown}
            ondblclick={set.reform(|_: MouseEvent| None)} />
    }
}

/// Where the bar parts the panes.
pub(crate) fn style(part: u8) -> String {
    format!("--split:{part}%")
}

/// The panes, and the part that the document has if the bar is where the pointer is.
fn dragged(event: &PointerEvent) -> Option<(HtmlElement, u8)> {
    use wasm_bindgen::JsCast;
    let bar = event.target_dyn_into::<Element>()?;
    let panes = bar.closest(".panes").ok()??.dyn_into::<HtmlElement>().ok()?;
    let room = panes.get_bounding_client_rect();
    let part = (f64::from(event.client_x()) - room.x()) / room.width() * 100.0;
    Some((panes, bounded(part.round() as i32)))
}

fn bounded(part: i32) -> u8 {
    u8::try_from(part.clamp(SPLIT.least.into(), SPLIT.most.into())).unwrap_or(SPLIT.usual)
}
