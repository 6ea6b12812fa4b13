use netpol_web::zoom::Zoom;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ZoomButtonsProps {
    pub(super) zoom: UseStateHandle<Zoom>,
    /// The part of its natural size at which the picture is shown.
    pub(super) scale: f64,
}

/// Larger, smaller, everything at once.
#[component]
pub(super) fn ZoomButtons(props: &ZoomButtonsProps) -> Html {
    let zoom = *props.zoom;
    let whole = if zoom == Zoom::Fit { Zoom::Whole } else { Zoom::Fit };
    let button = |sign: &'static str, label: &'static str, next: Zoom| {
        let handle = props.zoom.clone();
        let onclick = Callback::from(move |_: MouseEvent| handle.set(next));
        html! { <button type="button" class="button icon" title={label} aria-label={label} {onclick}>{sign}</button> }
    };
    html! {
        <div class="zoom" role="group" aria-label="Size of the picture">
            { button("+", "Larger", Zoom::step(props.scale, true)) }
            { button("−", "Smaller", Zoom::step(props.scale, false)) }
            { button("⤢", if zoom == Zoom::Fit { "Show all of it" } else { "Fit" }, whole) }
        </div>
    }
}
