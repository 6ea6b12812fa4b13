use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct MarkedProps {
    pub(super) text: AttrValue,
}

/// A sentence of the engine, in which what stands in backticks is set as code.
#[component]
pub(super) fn Marked(props: &MarkedProps) -> Html {
    let part = |(i, part): (usize, &str)| {
        let part = part.to_owned();
        if i % 2 == 0 {
            html! { {part} }
        } else {
            html! { <code>{part}</code> }
        }
    };
    props.text.split('`').enumerate().map(part).collect()
}
