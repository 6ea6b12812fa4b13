use netpol_diagram::{Card, Rect, Scene};
use netpol_web::measure::written as n;
use netpol_web::model::Shared;
use netpol_web::protocol::Picture;
use netpol_web::test_ids;
use netpol_web::zoom::Size;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::hooks::{seen_now, use_seen};

/// The longer side of the map in pixels.
const LENGTH: f64 = 150.0;

#[derive(PartialEq, Properties)]
pub(super) struct MiniMapProps {
    pub(super) picture: Shared<Picture>,
    /// What the picture is scrolled in, and how large that is.
    pub(super) room: NodeRef,
    pub(super) size: Size,
    /// The part of its natural size at which the picture is shown.
    pub(super) scale: f64,
}

/// The whole of a picture that is larger than its room, and which part of it is seen. It is for the
/// mouse: with the keyboard, the picture itself is scrolled.
#[component]
pub(super) fn MiniMap(props: &MiniMapProps) -> Html {
    let MiniMapProps { picture, room, size, scale } = props;
    let Scene { width, height, frames, cards, .. } = &picture.scene;
    let drawn = (scale.to_bits(), size[1].to_bits());
    let is_larger = width * scale > size[0] + 1.0 || height * scale > size[1] + 1.0;
    let seen = use_seen(room, *width, is_larger.then_some(drawn));
    if !is_larger {
        return Html::default();
    }
    let unit = LENGTH / width.max(*height);
    let seen = seen.unwrap_or_default();
    let go = {
        let (room, scale, width) = (room.clone(), *scale, *width);
        Callback::from(move |event: PointerEvent| {
            if event.buttons() == 0 {
                return;
            }
            let map = event.target_dyn_into::<Element>();
            let map = map.and_then(|it| it.closest(".mini-map").ok().flatten());
            if let Some((room, map)) = room.cast::<Element>().zip(map) {
                // On a narrow screen the map is drawn smaller.
                let map = map.get_bounding_client_rect();
                let unit = map.width() / width;
                let x = (f64::from(event.client_x()) - map.x()) / unit;
                let y = (f64::from(event.client_y()) - map.y()) / unit;
                let Some(seen) = seen_now(&room, width) else { return };
                let by = [x - seen.x - seen.width / 2.0, y - seen.y - seen.height / 2.0];
                scroll(&room, by.map(|part| part * scale));
            }
        })
    };
    let area = |rect: &Rect, class: &'static str| {
        html! { <rect {class} x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} /> }
    };
    html! {
        <svg class="mini-map" data-testid={test_ids::MINI_MAP} aria-hidden="true" viewBox={format!("0 0 {} {}", n(*width), n(*height))}
            width={n(width * unit)} height={n(height * unit)} onpointerdown={go.clone()} onpointermove={go}>
            { for frames.iter().map(|frame| area(&frame.rect, "map-frame")) }
            <path class="map-card" d={outlines(cards)} />
            { area(&seen, "map-seen") }
        </svg>
    }
}

/// All cards as one shape: there may be hundreds.
fn outlines(cards: &[Card]) -> String {
    let outline = |Card { rect: Rect { x, y, width, height }, .. }: &Card| {
        format!("M{} {}h{}v{}h-{}z", n(*x), n(*y), n(*width), n(*height), n(*width))
    };
    cards.iter().map(outline).collect()
}

/// Scrolls a picture's room, or what the room is in where that is higher than the window.
fn scroll(room: &Element, [x, y]: [f64; 2]) {
    room.scroll_by_with_x_and_y(x, y);
    if room.scroll_height() <= room.client_height()
        && let Ok(Some(pane)) = room.closest(".picture")
    {
        pane.scroll_by_with_x_and_y(0.0, y);
    }
}
