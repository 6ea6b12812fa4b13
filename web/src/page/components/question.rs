use netpol::view::{Protocol, Topology};
use netpol_sort::Sort;
use netpol_web::model::{Msg, Question, Shared};
use netpol_web::protocol::Overview;
use netpol_web::test_ids;
use web_sys::{FocusEvent, HtmlInputElement};
use yew::prelude::*;

use super::{chosen_value, input_text};
use crate::hooks::use_choice;
use crate::store::use_send;

/// So many endpoints are offered.
const OFFERED: usize = 400;

#[derive(PartialEq, Properties)]
pub(super) struct QuestionFieldsProps {
    pub(super) question: Question,
    pub(super) overview: Shared<Overview>,
}

/// From, to, port and protocol.
#[component]
pub(super) fn QuestionFields(props: &QuestionFieldsProps) -> Html {
    let send = use_send();
    let question = &props.question;
    let select = use_choice(question.protocol.as_str());
    // Hundreds of them, which nobody sees who does not ask.
    let offers = use_state_eq(|| false);
    let onfocusin = {
        let offers = offers.setter();
        Callback::from(move |_: FocusEvent| offers.set(true))
    };
    let set = |change: fn(&mut Question, String)| {
        let (send, question) = (send.clone(), question.clone());
        Callback::from(move |event: InputEvent| {
            let mut question = question.clone();
            change(&mut question, input_text(&event));
            send.emit(Msg::SetQuestion(question));
        })
    };
    let (told, asked) = (send.clone(), question.clone());
    let onprotocol = Callback::from(move |event: Event| {
        let name = chosen_value(&event);
        let protocol = protocols().find(|it| it.as_str() == name).unwrap_or_default();
        told.emit(Msg::SetQuestion(Question { protocol, ..asked.clone() }));
    });
    let size = |text: &str| (text.chars().count() + 2).clamp(6, 42).to_string();
    html! {
        <div class="ask" {onfocusin}>
            <label class="ask-end"><span>{"From"}</span>
                <input type="text" list="senders" size={size(&question.from)} value={question.from.clone()} data-testid={test_ids::FROM}
                    oninput={set(|it, text| it.from = text)} onfocus={select_all()} autocomplete="off" spellcheck="false" autocapitalize="off" />
            </label>
            <label class="ask-end"><span>{"to"}</span>
                <input type="text" list="receivers" size={size(&question.to)} value={question.to.clone()} data-testid={test_ids::TO}
                    oninput={set(|it, text| it.to = text)} onfocus={select_all()} autocomplete="off" spellcheck="false" autocapitalize="off" />
            </label>
            <label class="ask-port"><span>{"on"}</span>
                <input type="text" list="ports" size="6" value={question.port.clone()} aria-label="Port" data-testid={test_ids::PORT}
                    disabled={question.protocol == Protocol::Icmp}
                    oninput={set(|it, text| it.port = text)} onfocus={select_all()} autocomplete="off" spellcheck="false" autocapitalize="off" />
            </label>
            <select ref={select} class="ask-protocol" aria-label="Protocol" onchange={onprotocol} data-testid={test_ids::PROTOCOL}>
                for protocol in protocols() {
                    <option key={protocol.as_str()} value={protocol.as_str()}>
                        {if protocol == Protocol::Icmp { "ICMP (ping)" } else { protocol.as_str() }}
                    </option>
                }
            </select>
            if *offers {
                <Offers overview={props.overview.clone()} to={question.to.clone()} />
            }
        </div>
    }
}

/// What a connection can be made with.
fn protocols() -> impl Iterator<Item = Protocol> {
    Protocol::ALL.into_iter().chain([Protocol::Icmp])
}

/// Typing replaces what stands there.
fn select_all() -> Callback<FocusEvent> {
    Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select())
}

#[derive(PartialEq, Properties)]
struct OffersProps {
    overview: Shared<Overview>,
    /// The receiver, whose ports are offered.
    to: String,
}

/// What the fields can be.
#[component]
fn Offers(props: &OffersProps) -> Html {
    let topology = &props.overview.topology;
    let nodes = topology.nodes.iter().map(|node| node.id.clone());
    let externals = topology.externals.iter().map(|external| external.id.clone());
    let services = topology.services.iter().map(|service| service.id.clone());
    let option = |value: String| html! { <option key={value.clone()} value={value} /> };
    html! {
        <>
            <datalist id="senders">
                { for nodes.clone().chain(externals.clone()).take(OFFERED).map(option) }
            </datalist>
            <datalist id="receivers">
                { for nodes.chain(services).chain(externals).take(OFFERED).map(option) }
            </datalist>
            <datalist id="ports">
                { for ports(topology, &props.to).into_iter().map(option) }
            </datalist>
        </>
    }
}

/// The ports that an endpoint declares, by number.
fn ports(topology: &Topology, endpoint: &str) -> Vec<String> {
    let nodes = topology.nodes.iter().map(|node| (&node.id, &node.ports));
    let services = topology.services.iter().map(|service| (&service.id, &service.ports));
    let mine = nodes.chain(services).filter(|(id, _)| *id == endpoint);
    let mut ports: Vec<u16> = mine.flat_map(|(_, ports)| ports).map(|port| port.number).collect();
    ports.arrange();
    ports.dedup();
    ports.into_iter().map(|port| port.to_string()).collect()
}
