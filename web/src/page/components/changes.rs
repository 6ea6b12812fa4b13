//! What is different from a marked state: all connections, not only those of the graph.

use netpol::view::{ConnectionQuery, Diff, DiffEntry, DiffKind, PortSpec, Protocol, QueryError};
use netpol_web::model::{Dialog, Export, MarkMsg, Marked, Msg, Question, Shown};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::keys::rows;
use super::marked::Marked as MarkedText;
use crate::store::use_send;

/// So many connections are listed.
const LISTED: usize = 300;

#[derive(PartialEq, Properties)]
pub(crate) struct ChangesStageProps {
    pub(crate) diff: Option<Shown<u64, Result<Diff, QueryError>>>,
    pub(crate) marked: Option<Marked>,
    /// Whether the text is the marked one.
    pub(crate) same: bool,
    pub(crate) question: Question,
}

/// The mark, and what has become different since.
#[component]
pub(crate) fn ChangesStage(props: &ChangesStageProps) -> Html {
    let ChangesStageProps { diff, marked, same, question } = props;
    let shown = marked.as_ref().and_then(|marked| {
        diff.as_ref().filter(|shown| shown.query == marked.number).map(|shown| &*shown.answer)
    });
    let content = match (marked, shown) {
        (None, _) => html! {
            <p class="stage-note">{"Mark the state as it is, edit, and see here which connections are newly allowed, newly denied or on other ports. \
                All of them are compared, whatever the graph shows."}</p>
        },
        (Some(_), _) if *same => html! {
            <p class="stage-note" data-testid={test_ids::DIFFERENCE}>{"The text is as it was marked: edit it."}</p>
        },
        (_, None) => html! { <p class="stage-note">{"Working it out…"}</p> },
        (_, Some(Err(error))) => {
            html! { <p class="stage-note"><MarkedText text={error.to_string()} /></p> }
        }
        (_, Some(Ok(diff))) => {
            html! { <Differences diff={diff.clone()} question={question.clone()} /> }
        }
    };
    html! {
        <div class="stage changes-stage" role="tabpanel" id="panel-changes" aria-labelledby="tab-changes" tabindex="0">
            <MarkBar name={marked.as_ref().map(|marked| marked.name.to_string())} />
            {content}
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct MarkBarProps {
    /// The name of the marked document.
    name: Option<String>,
}

/// Marks, forgets, takes along.
#[component]
fn MarkBar(props: &MarkBarProps) -> Html {
    let send = use_send();
    let export = {
        let send = send.clone();
        Callback::from(move |_: MouseEvent| {
            send.emit(Msg::SetExport(Export::Diff));
            send.emit(Msg::ShowDialog(Some(Dialog::Export)));
        })
    };
    let mark = send.reform(|_| Msg::Mark(MarkMsg::Set));
    html! {
        <div class="mark-bar">
            if let Some(name) = &props.name {
                <span>{"Compared with the marked state of "}<b>{name.clone()}</b></span>
                <button type="button" class="button small" data-testid={test_ids::MARK} onclick={mark}>{"Mark this state instead"}</button>
                <button type="button" class="button small" onclick={export}>{"Export"}</button>
                <button type="button" class="button small" data-testid={test_ids::FORGET}
                    onclick={send.reform(|_| Msg::Mark(MarkMsg::Forget))}>{"Forget it"}</button>
            } else {
                <button type="button" class="button primary" data-testid={test_ids::MARK} onclick={mark}>{"Mark this state"}</button>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct DifferencesProps {
    diff: Diff,
    question: Question,
}

#[component]
fn Differences(props: &DifferencesProps) -> Html {
    let Diff { connections, added_peers, removed_peers, undecided_before, undecided_after, .. } =
        &props.diff;
    let count = |kind| connections.iter().filter(|it| it.change == kind).count();
    let [allowed, denied, changed] =
        [DiffKind::Added, DiffKind::Removed, DiffKind::Changed].map(count);
    let more = connections.len().saturating_sub(LISTED);
    let peers = |peers: &[String], what: &str| {
        (!peers.is_empty())
            .then(|| html! { <p class="quiet">{format!("{what}: {}", few(peers))}</p> })
    };
    html! {
        <>
            <p class="difference" role="status" data-testid={test_ids::DIFFERENCE}>
                if connections.is_empty() {
                    {"No connection is different."}
                } else {
                    {format!("✓ {allowed} newly allowed, ✕ {denied} newly denied, ± {changed} on other ports")}
                }
            </p>
            { for peers(added_peers, "New") }
            { for peers(removed_peers, "Gone") }
            if undecided_before + undecided_after > 0 {
                <p class="quiet">{format!("{undecided_before} pairs before and {undecided_after} now depend on the network plugin, and do not count.")}</p>
            }
            if !connections.is_empty() {
                <table class="differences" role="table">
                    <caption class="visually-hidden">{"Connections that are different from the marked state"}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{"Now"}</th>
                            <th role="columnheader" scope="col">{"Connection"}</th>
                            <th role="columnheader" scope="col">{"Ports before"}</th>
                            <th role="columnheader" scope="col">{"Ports now"}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup" onkeydown={Callback::from(|event| rows(&event))}>
                        for (index, entry) in connections.iter().take(LISTED).enumerate() {
                            <Difference key={index} entry={entry.clone()} question={props.question.clone()} />
                        }
                    </tbody>
                </table>
            }
            if more > 0 {
                <p class="quiet">{format!("and {more} more: export them to see all")}</p>
            }
        </>
    }
}

fn few(peers: &[String]) -> String {
    const NAMED: usize = 8;
    let names = peers[..peers.len().min(NAMED)].join(", ");
    match peers.len().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

#[derive(PartialEq, Properties)]
struct DifferenceProps {
    entry: DiffEntry,
    question: Question,
}

/// A connection that is different. A click explains it as it is now.
#[component]
fn Difference(props: &DifferenceProps) -> Html {
    let send = use_send();
    let DiffEntry { change, from, to, before, after, .. } = &props.entry;
    let (sign, word, class) = match change {
        DiffKind::Added => ("✓", "allowed", "allowed"),
        DiffKind::Removed => ("✕", "denied", "denied"),
        DiffKind::Changed => ("±", "other ports", "mixed"),
    };
    let query = question(&props.entry);
    let chosen = query.clone().map(Question::from).as_ref() == Some(&props.question);
    let name = html! { <><b>{end(from).to_owned()}</b>{" → "}<b>{end(to).to_owned()}</b></> };
    html! {
        <tr role="row" class={classes!(class, chosen.then_some("chosen"))} data-testid={test_ids::DIFFERENT}
            data-change={change.as_str()} data-from={end(from).to_owned()} data-to={end(to).to_owned()}>
            <td role="cell" class="event-verdict"><span aria-hidden="true">{sign}</span>{" "}{word}</td>
            <td role="cell">
                if let Some(query) = query {
                    <button type="button" class="link" title="Explain it" aria-pressed={chosen.to_string()}
                        onclick={send.reform(move |_| Msg::Explain(query.clone()))}>{name}</button>
                } else {
                    {name}
                }
            </td>
            <td role="cell" class="ports-before"><code>{ports(before)}</code></td>
            <td role="cell" class="ports-now"><code>{ports(after)}</code></td>
        </tr>
    }
}

fn ports(ports: &[String]) -> String {
    if ports.is_empty() { "none".to_owned() } else { words::ports(ports) }
}

/// A name without its kind, as a connection names it; of a range of addresses all of it.
fn end(id: &str) -> &str {
    id.rsplit_once('[').map_or(id, |(name, _)| name)
}

/// What to ask about: a port that is different, and of a range of addresses the first.
pub(super) fn question(
    DiffEntry { from, to, before, after, .. }: &DiffEntry,
) -> Option<ConnectionQuery> {
    let differs = |these: &[String], those: &[String]| {
        these.iter().find(|port| !those.contains(port)).cloned()
    };
    let port = differs(after, before).or_else(|| differs(before, after))?;
    let (protocol, range) = port.split_once('/')?;
    let protocol = Protocol::ALL.into_iter().find(|known| known.as_str() == protocol)?;
    let first = range.split('-').next().filter(|first| *first != "*").unwrap_or("80");
    let port = PortSpec::parse(first)?;
    let whom = |id: &str| {
        let name = end(id);
        match (id.ends_with("[External]"), name.split_once('-')) {
            (true, Some((first, _))) => first.to_owned(),
            _ => name.to_owned(),
        }
    };
    Some(ConnectionQuery { from: whom(from), to: whom(to), port, protocol })
}
