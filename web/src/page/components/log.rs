//! The flows line by line, as an observer in the cluster would note them down.

use netpol::view::{FlowEnd, FlowEvent, FlowLog, IdentityView, Protocol, Verdict};
use netpol_web::model::{Msg, Question, Shared};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::keys::rows;
use crate::hooks::use_in_sight;
use crate::store::use_send;

/// So many lines, identities and members of one are shown at a time.
const LINES: usize = 200;
const IDENTITIES: usize = 100;
const MEMBERS: usize = 12;

/// How long a line is lit, in milliseconds.
const STEP: usize = 700;

#[derive(PartialEq, Properties)]
pub(crate) struct LogStageProps {
    pub(crate) log: Option<Shared<FlowLog>>,
    pub(crate) question: Question,
    /// Whether filters hide flows.
    pub(crate) filtered: bool,
    pub(crate) paused: bool,
    pub(crate) stale: bool,
}

/// The lines of all flows that the graph shows, and who the numbers in them are.
#[component]
pub(crate) fn LogStage(props: &LogStageProps) -> Html {
    let room = use_node_ref();
    let in_sight = use_in_sight(&room);
    let content = match &props.log {
        None => html! { <p class="stage-note">{"Working it out…"}</p> },
        Some(log) if log.events.is_empty() && log.total > 0 => html! {
            <p class="stage-note" data-testid={test_ids::LOG_NOTE}>
                {format!("{} flows are too many to list: filter by a pod, a namespace or a label.", log.total)}
            </p>
        },
        Some(log) if log.events.is_empty() => html! {
            <p class="stage-note" data-testid={test_ids::LOG_NOTE}>
                {if props.filtered { "No flow is left: remove a filter." } else { "There is no flow to note down." }}
            </p>
        },
        Some(log) => html! {
            <>
                <Events log={log.clone()} question={props.question.clone()} />
                <Identities log={log.clone()} />
            </>
        },
    };
    html! {
        <div ref={room} class={classes!("stage", "log-stage", props.paused.then_some("paused"),
            (!in_sight).then_some("out-of-sight"), props.stale.then_some("stale"))}
            role="tabpanel" id="panel-log" aria-labelledby="tab-log" tabindex="0">
            {content}
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct EventsProps {
    log: Shared<FlowLog>,
    question: Question,
}

#[component]
fn Events(props: &EventsProps) -> Html {
    let most = use_state_eq(|| LINES);
    let FlowLog { events, omitted, total, .. } = &*props.log;
    let shown = events.len().min(*most);
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + LINES))
    };
    html! {
        <>
            <style>{replay(shown)}</style>
            <table class="log" role="table" data-testid={test_ids::LOG}>
                <caption>{"What an observer in the cluster would note if each flow of the graph were tried once, as "}
                    <code>{"hubble observe"}</code>{" prints it. Client ports and identities are made up from names and labels."}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{"Verdict"}</th>
                        <th role="columnheader" scope="col">{"From"}</th>
                        <th role="columnheader" scope="col"><span class="visually-hidden">{"Arrives"}</span></th>
                        <th role="columnheader" scope="col">{"To"}</th>
                        <th role="columnheader" scope="col">{"As Hubble says it"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup" onkeydown={Callback::from(|event| rows(&event))} style={format!("--cycle:{}ms", STEP * shown)}>
                    for (index, event) in events.iter().take(shown).enumerate() {
                        <Event key={index} {index} event={event.clone()}
                            chosen={Question::from(event.connection.clone()) == props.question} />
                    }
                </tbody>
            </table>
            if shown < events.len() {
                <p class="log-more">
                    {format!("{shown} of {} lines are shown. ", events.len())}
                    <button type="button" class="button small" data-testid={test_ids::MORE_EVENTS} onclick={more}>{"Show more"}</button>
                </p>
            }
            if let Some(note) = left_out(events.len(), *omitted, *total) {
                <p class="quiet log-more" data-testid={test_ids::LOG_NOTE}>{note}</p>
            }
        </>
    }
}

/// Lights one line after another.
fn replay(lines: usize) -> String {
    let part = 100_000 / lines.max(1);
    let percent = |thousandths: usize| format!("{}.{:03}%", thousandths / 1000, thousandths % 1000);
    let (last, next) = (percent(part), percent(part + 1));
    format!("@keyframes replay{{0%,{last}{{opacity:1}}{next},100%{{opacity:0}}}}")
}

/// What is not among the lines.
fn left_out(lines: usize, omitted: usize, total: u64) -> Option<String> {
    let flows = words::count(total as usize, "flow", "flows");
    if omitted > 0 {
        Some(format!("{omitted} more lines of the {flows} are left out: filter to see them."))
    } else if total > lines as u64 {
        Some(format!("There are {flows}, and not each has a line here: filter to see others."))
    } else {
        None
    }
}

#[derive(PartialEq, Properties)]
struct EventProps {
    index: usize,
    event: FlowEvent,
    chosen: bool,
}

/// A line. A click explains its flow.
#[component]
fn Event(props: &EventProps) -> Html {
    let send = use_send();
    let FlowEvent { connection, verdict, was, from, to, .. } = &props.event;
    let kind = match connection.protocol {
        Protocol::Tcp => "TCP Flags: SYN",
        other => other.as_str(),
    };
    let asked = connection.clone();
    html! {
        <tr role="row" class={classes!(verdict.as_str(), props.chosen.then_some("chosen"))}
            style={format!("--at:{}ms", STEP * props.index)} data-testid={test_ids::EVENT}
            data-verdict={verdict.as_str()} data-from={connection.from.clone()} data-to={connection.to.clone()}>
            <td role="cell" class="event-verdict">
                <span aria-hidden="true">{words::sign(*verdict)}</span>{" "}
                <button type="button" class="link" aria-pressed={props.chosen.to_string()} title="Explain this flow"
                    onclick={send.reform(move |_| Msg::Explain(asked.clone()))}>{short(*verdict)}</button>
                if was.is_some() {
                    <span class="event-new">{" new"}</span>
                }
            </td>
            <td role="cell" class="event-from">{end(from)}</td>
            <td role="cell" class="event-arrow"><code>{props.event.arrow()}</code></td>
            <td role="cell" class="event-to">{end(to)}</td>
            <td role="cell" class="event-outcome">
                <code>{props.event.outcome()}{" "}<span class="event-kind">{format!("({kind})")}</span></code>
            </td>
        </tr>
    }
}

fn short(verdict: Verdict) -> &'static str {
    if verdict == Verdict::ImplementationDefined { "depends" } else { words::word(verdict) }
}

fn end(FlowEnd { name, port, identity }: &FlowEnd) -> Html {
    let name = if name.contains(':') { format!("[{name}]") } else { name.clone() };
    let identity = identity.map_or_else(|| "(world)".to_owned(), |number| format!("(ID:{number})"));
    html! { <code><b>{name}</b>{format!(":{port} ")}<span class="event-id">{identity}</span></code> }
}

#[derive(PartialEq, Properties)]
struct IdentitiesProps {
    log: Shared<FlowLog>,
}

/// Who the numbers are.
#[component]
fn Identities(props: &IdentitiesProps) -> Html {
    let all = &props.log.identities;
    let more = all.len().saturating_sub(IDENTITIES);
    html! {
        <>
            <table class="identities" role="table">
                <caption>{"Identities: pods with the same labels in the same namespace have one number."}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{"Identity"}</th>
                        <th role="columnheader" scope="col">{"Labels"}</th>
                        <th role="columnheader" scope="col">{"Who"}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    { for all.iter().take(IDENTITIES).map(identity) }
                </tbody>
            </table>
            if more > 0 {
                <p class="quiet log-more">{format!("and {more} more")}</p>
            }
        </>
    }
}

fn identity(IdentityView { number, labels, members }: &IdentityView) -> Html {
    let label = |(key, value): (&String, &String)| {
        let text = if value.is_empty() { key.clone() } else { format!("{key}={value}") };
        html! { <code class="label">{text}</code> }
    };
    let names: Vec<&str> = members.iter().take(MEMBERS).map(String::as_str).collect();
    let more = members.len().saturating_sub(MEMBERS);
    html! {
        <tr role="row" key={*number} data-testid={test_ids::IDENTITY} data-number={number.to_string()}>
            <th role="rowheader" scope="row">{*number}</th>
            <td role="cell" class="labels">{ for labels.iter().map(label) }</td>
            <td role="cell">
                {names.join(", ")}
                if more > 0 {
                    <span class="quiet">{format!(" and {more} more")}</span>
                }
            </td>
        </tr>
    }
}
