use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::js::page::focus;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TabView {
    /// Its name in ids: the tab is `tab-NAME`, its panel `panel-NAME`.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// A short text beside the title, and what it means for those who hear it.
    pub(super) badge: Option<(String, BadgeTone)>,
}

/// What a badge says by its colour, besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadgeTone {
    Plain,
    Good,
    Bad,
}

#[derive(PartialEq, Properties)]
pub(super) struct TabsProps {
    pub(super) label: &'static str,
    pub(super) tabs: Vec<TabView>,
    pub(super) selected: &'static str,
    pub(super) onselect: Callback<usize>,
    #[prop_or_default]
    pub(super) class: Classes,
}

/// A row of tabs. Arrow keys go from one to the next, as everywhere.
#[component]
pub(super) fn Tabs(props: &TabsProps) -> Html {
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let Some(here) = event.target_dyn_into::<HtmlElement>() else { return };
        let next = match event.key().as_str() {
            "ArrowRight" => here.next_element_sibling(),
            "ArrowLeft" => here.previous_element_sibling(),
            _ => None,
        };
        if let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            focus(Some(next.clone().into()));
            next.click();
        }
    });
    let tab = |(index, tab): (usize, &TabView)| {
        let selected = tab.name == props.selected;
        let onclick = props.onselect.reform(move |_| index);
        html! {
            <button class="tab" role="tab" type="button" key={tab.name} {onclick}
                id={format!("tab-{}", tab.name)} aria-controls={format!("panel-{}", tab.name)}
                aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                data-testid={format!("tab-{}", tab.name)}>
                {tab.title}
                if let Some((text, tone)) = &tab.badge {
                    <span class={classes!("count", tone_class(*tone))}>{text.clone()}</span>
                }
            </button>
        }
    };
    html! {
        <div class={classes!("tabs", props.class.clone())} role="tablist" aria-label={props.label} {onkeydown}>
            { for props.tabs.iter().enumerate().map(tab) }
        </div>
    }
}

fn tone_class(tone: BadgeTone) -> Option<&'static str> {
    match tone {
        BadgeTone::Plain => None,
        BadgeTone::Good => Some("good"),
        BadgeTone::Bad => Some("bad"),
    }
}
