use std::rc::Rc;

use netpol::view::{FlowSource, Protocol};
use netpol_web::model::{Filters, MatrixFilter, Model, Msg, Stage};
use netpol_web::test_ids;
use yew::prelude::*;

use super::search::Search;
use super::tabs::{TabView, Tabs};
use super::{chosen_value, input_text};
use crate::hooks::use_choice;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct StageBarProps {
    pub(crate) model: Rc<Model>,
}

/// Graph, matrix or log, and what is shown there.
#[component]
pub(crate) fn StageBar(props: &StageBarProps) -> Html {
    let model = &props.model;
    let send = use_send();
    let select = send.clone();
    let onselect = Callback::from(move |index: usize| {
        if let Some(stage) = Stage::ALL.get(index) {
            select.emit(Msg::SelectStage(*stage));
        }
    });
    let tabs = Stage::ALL.map(|it| TabView { name: it.name(), title: it.title(), badge: None });
    let stage = model.view.stage;
    html! {
        <div class="stage-bar">
            <Tabs label="Picture" selected={stage.name()} tabs={tabs.to_vec()} {onselect} class="segmented" />
            if stage == Stage::Matrix {
                <MatrixChoice filter={model.matrix.clone()} />
            } else if stage != Stage::Changes {
                <FlowFilters filters={model.filters.clone()} overview={model.answers.overview.clone()} />
                <button type="button" class="chip play" data-testid={test_ids::PLAY}
                    aria-pressed={model.view.paused.to_string()} onclick={send.reform(|_| Msg::TogglePlay)}>
                    if model.view.paused { {"▶ Play"} } else { {"❚❚ Pause"} }
                </button>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct FlowFiltersProps {
    filters: Filters,
    overview: netpol_web::model::Shared<netpol_web::protocol::Overview>,
}

#[component]
fn FlowFilters(props: &FlowFiltersProps) -> Html {
    let send = use_send();
    let filters = &props.filters;
    let expected = !props.overview.tests.results.is_empty();
    let sources = [("expectations", "expected"), ("declared-ports", "every declared port")];
    let onchange = {
        let filters = filters.clone();
        send.reform(move |value: String| {
            Msg::SetFilters(Filters { source: source(&value), ..filters.clone() })
        })
    };
    html! {
        <div class="chips">
            if expected {
                <Choice label="flows" test_id="filter-source" none={None} value={source_name(filters.source)}
                    options={sources.map(|(value, word)| (value.to_owned(), word.to_owned())).to_vec()} {onchange} />
            }
            <Search filters={filters.clone()} overview={props.overview.clone()} />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ChoiceProps {
    label: &'static str,
    test_id: &'static str,
    /// The word for no choice, if there need not be one.
    none: Option<&'static str>,
    value: String,
    /// Values with their words.
    options: Vec<(String, String)>,
    onchange: Callback<String>,
}

/// A choice that looks like a chip.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let select = use_choice(&props.value);
    let option = |(value, word): &(String, String)| {
        html! {
            <option key={value.clone()} value={value.clone()}>{word.clone()}</option>
        }
    };
    let set = (!props.value.is_empty() && props.none.is_some()).then_some("set");
    // A choice that is no longer on offer is still the one that is made.
    let missing =
        !props.value.is_empty() && !props.options.iter().any(|(value, _)| *value == props.value);
    html! {
        <label class={classes!("chip", set)}>
            <span>{props.label}</span>
            <select ref={select} data-testid={props.test_id} onchange={props.onchange.reform(|event: Event| chosen_value(&event))}>
                if let Some(none) = props.none {
                    <option value="">{none}</option>
                }
                if missing { {option(&(props.value.clone(), props.value.clone()))} }
                { for props.options.iter().map(option) }
            </select>
        </label>
    }
}

#[derive(PartialEq, Properties)]
struct MatrixChoiceProps {
    filter: MatrixFilter,
}

#[component]
fn MatrixChoice(props: &MatrixChoiceProps) -> Html {
    let send = use_send();
    let filter = &props.filter;
    let port = {
        let (send, filter) = (send.clone(), filter.clone());
        Callback::from(move |event: InputEvent| {
            send.emit(Msg::SetMatrix(MatrixFilter { port: input_text(&event), ..filter.clone() }));
        })
    };
    let protocols = Protocol::ALL.map(|it| (it.as_str().to_owned(), it.as_str().to_owned()));
    let (told, asked) = (send, filter.clone());
    let onprotocol = Callback::from(move |value: String| {
        let protocol = Protocol::ALL.into_iter().find(|it| it.as_str() == value);
        told.emit(Msg::SetMatrix(MatrixFilter { protocol, ..asked.clone() }));
    });
    html! {
        <div class="chips" role="group" aria-label="Which connections">
            <label class={classes!("chip", (!filter.port.is_empty()).then_some("set"))}>
                <span>{"port"}</span>
                <input type="text" size="12" placeholder="all declared" value={filter.port.clone()} oninput={port}
                    data-testid={test_ids::MATRIX_PORT} autocomplete="off" spellcheck="false" autocapitalize="off" />
            </label>
            <Choice label="protocol" test_id="matrix-protocol" none={Some(if filter.port.is_empty() { "any" } else { "TCP" })}
                value={filter.protocol.map(|it| it.as_str().to_owned()).unwrap_or_default()}
                options={protocols.to_vec()} onchange={onprotocol} />
        </div>
    }
}

fn source(name: &str) -> FlowSource {
    if name == "declared-ports" { FlowSource::DeclaredPorts } else { FlowSource::Auto }
}

fn source_name(source: FlowSource) -> String {
    match source {
        FlowSource::Auto | FlowSource::Expectations => "expectations".to_owned(),
        FlowSource::DeclaredPorts => "declared-ports".to_owned(),
    }
}
