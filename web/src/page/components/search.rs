use std::collections::BTreeSet;

use netpol::view::{Topology, Verdict};
use netpol_sort::Gather;
use netpol_sort::Sort;
use netpol_web::model::{Chip, Filters, Msg, Shared};
use netpol_web::protocol::Overview;
use netpol_web::{test_ids, words};
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::input_text;
use crate::store::use_send;

/// So many filters are offered at once.
const OFFERED: usize = 8;

#[derive(PartialEq, Properties)]
pub(super) struct SearchProps {
    pub(super) filters: Filters,
    pub(super) overview: Shared<Overview>,
}

/// One box for all filters: a word becomes a chip, and a chip goes by a click, Delete, or the
/// Backspace key in the empty box.
#[component]
pub(super) fn Search(props: &SearchProps) -> Html {
    let send = use_send();
    let input = use_node_ref();
    let typed = use_state_eq(String::new);
    let marked = use_state_eq(|| None::<usize>);
    let has_focus = use_state_eq(|| false);
    let offers = if *has_focus {
        offers(&props.overview.topology, &typed, &props.filters)
    } else {
        Vec::new()
    };
    let set = {
        let (send, filters) = (send, props.filters.clone());
        move |change: &dyn Fn(&mut Filters)| {
            let mut filters = filters.clone();
            change(&mut filters);
            send.emit(Msg::SetFilters(filters));
        }
    };
    let add = {
        let (set, typed, marked) = (set.clone(), typed.clone(), marked.clone());
        Callback::from(move |chips: Vec<Chip>| {
            set(&|filters| chips.iter().cloned().for_each(|chip| filters.add(chip)));
            typed.set(String::new());
            marked.set(None);
        })
    };
    let remove = {
        let (set, input) = (set.clone(), input.clone());
        Callback::from(move |chip: Chip| {
            set(&|filters| filters.chips.retain(|it| *it != chip));
            if let Some(input) = input.cast::<HtmlElement>() {
                let _ = input.focus();
            }
        })
    };
    let oninput = {
        let (typed, marked, add) = (typed.clone(), marked.clone(), add.clone());
        Callback::from(move |event: InputEvent| {
            let text = input_text(&event);
            marked.set(None);
            // What is pasted is several words; the last one is still being typed.
            match text.rsplit_once([' ', ',']) {
                Some((done, rest)) => {
                    let chips: Vec<Chip> = words_of(done);
                    if !chips.is_empty() {
                        add.emit(chips);
                    }
                    typed.set(rest.to_owned());
                }
                None => typed.set(text),
            }
        })
    };
    let onkeydown = {
        let (typed, marked, add, remove) =
            (typed.clone(), marked.clone(), add.clone(), remove.clone());
        let (offers, last) = (offers.clone(), props.filters.chips.last().cloned());
        Callback::from(move |event: KeyboardEvent| {
            match pressed(&event.key(), &typed, *marked, &offers) {
                None => return,
                Some(Pressed::Mark(at)) => marked.set(Some(at)),
                Some(Pressed::Add(chips)) => add.emit(chips),
                Some(Pressed::RemoveLast) => last.iter().for_each(|it| remove.emit(it.clone())),
                Some(Pressed::Clear) => {
                    typed.set(String::new());
                    marked.set(None);
                }
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let focus = |to: bool| {
        let (has_focus, marked) = (has_focus.clone(), marked.clone());
        Callback::from(move |_: FocusEvent| {
            has_focus.set(to);
            marked.set(None);
        })
    };
    let open = !offers.is_empty();
    html! {
        <div class="search" role="group" aria-label="Which flows">
            for chip in props.filters.chips.iter() {
                <ChipButton key={chip.text()} chip={chip.clone()} onremove={remove.clone()} />
            }
            <div class="search-field">
                <input ref={input} type="text" role="combobox" aria-label="Filter flows" aria-autocomplete="list"
                    aria-expanded={open.to_string()} aria-controls="search-offers"
                    aria-activedescendant={marked.map(offer_id)}
                    placeholder={if props.filters.any() { "" } else { "Filter: ns:shop app=web port:5432 denied" }}
                    value={(*typed).clone()} {oninput} {onkeydown} onfocus={focus(true)} onblur={focus(false)}
                    data-testid={test_ids::SEARCH} autocomplete="off" spellcheck="false" autocapitalize="off" />
                <Offers offers={offers} marked={*marked} onchosen={add} />
            </div>
            if props.filters.any() {
                <button type="button" class="chip clear" data-testid={test_ids::FILTER_CLEAR} title="Clear the filters"
                    aria-label="Clear the filters" onclick={move |_| set(&|filters| filters.chips.clear())}>{"✕"}</button>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct OffersProps {
    offers: Vec<Chip>,
    marked: Option<usize>,
    onchosen: Callback<Vec<Chip>>,
}

/// What may be meant, to choose from.
#[component]
fn Offers(props: &OffersProps) -> Html {
    let OffersProps { offers, marked, onchosen } = props;
    let choose = |offer: &Chip| {
        let offer = offer.clone();
        onchosen.reform(move |event: MouseEvent| {
            // The focus stays in the box.
            event.prevent_default();
            vec![offer.clone()]
        })
    };
    html! {
        <ul id="search-offers" class="offers" role="listbox" aria-label="Filters on offer" hidden={offers.is_empty()}>
            for (index, offer) in offers.iter().enumerate() {
                <li id={offer_id(index)} key={offer.text()} role="option" aria-selected={(*marked == Some(index)).to_string()}
                    data-testid={test_ids::OFFER} onmousedown={choose(offer)}>
                    <code>{offer.text()}</code><span class="quiet">{about(offer)}</span>
                </li>
            }
        </ul>
    }
}

fn offer_id(index: usize) -> String {
    format!("search-offer-{index}")
}

/// What a key does in the box.
enum Pressed {
    /// Marks an offer.
    Mark(usize),
    /// Adds filters.
    Add(Vec<Chip>),
    /// Takes the last filter away.
    RemoveLast,
    /// Drops what is typed.
    Clear,
}

/// What a key does, if anything: with what is typed, and the offers of which one may be marked.
fn pressed(key: &str, typed: &str, marked: Option<usize>, offers: &[Chip]) -> Option<Pressed> {
    let count = offers.len();
    match key {
        "ArrowDown" if count > 0 => Some(Pressed::Mark(marked.map_or(0, |at| (at + 1) % count))),
        "ArrowUp" if count > 0 => Some(Pressed::Mark((marked.unwrap_or(0) + count - 1) % count)),
        "Enter" => Some(Pressed::Add(match marked.and_then(|at| offers.get(at)) {
            Some(offer) => vec![offer.clone()],
            None => words_of(typed),
        })),
        "Backspace" if typed.is_empty() => Some(Pressed::RemoveLast),
        "Escape" if !typed.is_empty() => Some(Pressed::Clear),
        _ => None,
    }
}

#[derive(PartialEq, Properties)]
struct ChipButtonProps {
    chip: Chip,
    onremove: Callback<Chip>,
}

#[component]
fn ChipButton(props: &ChipButtonProps) -> Html {
    let text = props.chip.text();
    let chip = props.chip.clone();
    let remove = props.onremove.reform(move |()| chip.clone());
    let onkeydown = {
        let remove = remove.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Delete" | "Backspace") {
                event.prevent_default();
                remove.emit(());
            }
        })
    };
    html! {
        <button type="button" class="chip set" data-testid={test_ids::CHIP} data-chip={text.clone()} title="Remove this filter"
            aria-label={format!("{text}, remove this filter")} {onkeydown} onclick={remove.reform(|_: MouseEvent| ())}>
            <span>{text}</span><span aria-hidden="true">{"✕"}</span>
        </button>
    }
}

fn words_of(text: &str) -> Vec<Chip> {
    text.split([' ', ',']).filter_map(Chip::parse).collect()
}

/// What somebody who types this may mean, of what exists.
fn offers(topology: &Topology, typed: &str, filters: &Filters) -> Vec<Chip> {
    let wanted = typed.trim().to_ascii_lowercase();
    let namespaces = topology.namespaces.iter().map(|it| Chip::Namespace(it.name.clone()));
    let externals = topology.externals.iter().map(|it| Chip::Pod(it.id.clone()));
    let pods = topology.nodes.iter().map(|it| Chip::Pod(it.id.clone())).chain(externals);
    let labels: BTreeSet<String> = topology
        .nodes
        .iter()
        .flat_map(|node| &node.labels)
        .map(|(key, value)| format!("{key}={value}"))
        .gather();
    let services = topology.services.iter().flat_map(|service| &service.ports);
    let ports: BTreeSet<u16> = topology
        .nodes
        .iter()
        .flat_map(|node| &node.ports)
        .chain(services)
        .map(|it| it.number)
        .gather();
    let protocols = netpol::view::Protocol::ALL.map(Chip::Protocol);
    let all = Verdict::ALL
        .map(Chip::Verdict)
        .into_iter()
        .chain([Chip::Changed])
        .chain(namespaces)
        .chain(pods)
        .chain(labels.into_iter().map(Chip::Label))
        .chain(ports.into_iter().map(Chip::Port))
        .chain(protocols);
    let mut found: Vec<(bool, Chip)> = all
        .filter(|chip| !filters.chips.contains(chip))
        .filter_map(|chip| {
            let text = chip.text().to_ascii_lowercase();
            let value = text.split_once(':').map_or(text.as_str(), |(_, value)| value);
            let starts = text.starts_with(&wanted) || value.starts_with(&wanted);
            text.contains(&wanted).then_some((!starts, chip))
        })
        .take(400)
        .collect();
    found.arrange_by_key(|(later, _)| *later);
    found.into_iter().map(|(_, chip)| chip).take(OFFERED).collect()
}

fn about(chip: &Chip) -> &'static str {
    match chip {
        Chip::Namespace(_) => "an end in this namespace",
        Chip::Pod(_) => "only its flows",
        Chip::Label(_) => "an end with this label",
        Chip::Port(_) => "port",
        Chip::Protocol(_) => "protocol",
        Chip::Verdict(verdict) => words::word(*verdict),
        Chip::Changed => "since the last edit",
        Chip::Word(_) => "part of a name",
    }
}
