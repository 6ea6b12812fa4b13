use gloo::events::EventListener;
use netpol_diagram::{Rect, Scene};
use netpol_web::model::Shared;
use netpol_web::protocol::Picture;
use netpol_web::test_ids;
use netpol_web::zoom::Size;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::graph::n;

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
    let scrolled = use_state_eq(|| [0, 0]);
    {
        let scrolled = scrolled.setter();
        use_effect_with(room.clone(), move |room| {
            let listener = room.cast::<Element>().map(|room| {
                let tell =
                    move |room: &Element| scrolled.set([room.scroll_left(), room.scroll_top()]);
                tell(&room);
                let seen = room.clone();
                EventListener::new(&room, "scroll", move |_| tell(&seen))
            });
            move || drop(listener)
        });
    }
    let is_larger = width * scale > size[0] + 1.0 || height * scale > size[1] + 1.0;
    if !is_larger {
        return Html::default();
    }
    let unit = LENGTH / width.max(*height);
    let seen = Rect {
        x: f64::from(scrolled[0]) / scale,
        y: f64::from(scrolled[1]) / scale,
        width: (size[0] / scale).min(*width),
        height: (size[1] / scale).min(*height),
    };
    let go = {
        let (room, size, scale) = (room.clone(), *size, *scale);
        Callback::from(move |event: PointerEvent| {
            if event.buttons() == 0 {
                return;
            }
            let [x, y] = [event.offset_x(), event.offset_y()].map(f64::from);
            if let Some(room) = room.cast::<Element>() {
                room.set_scroll_left((x / unit * scale - size[0] / 2.0) as i32);
                room.set_scroll_top((y / unit * scale - size[1] / 2.0) as i32);
            }
        })
    };
    let area = |rect: &Rect, class: &'static str| {
        html! { <rect {class} x={n(rect.x)} y={n(rect.y)} width={n(rect.width)} height={n(rect.height)} /> }
    };
    html! {
        <svg class="mini-map" data-testid={test_ids::MINI_MAP} aria-hidden="true" viewBox={format!("0 0 {width} {height}")}
            width={n(width * unit)} height={n(height * unit)} onpointerdown={go.clone()} onpointermove={go}>
            { for frames.iter().map(|frame| area(&frame.rect, "map-frame")) }
            { for cards.iter().map(|card| area(&card.rect, "map-card")) }
            { area(&seen, "map-seen") }
        </svg>
    }
}
