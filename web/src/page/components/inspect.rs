//! More about one object of the cluster, right below it.

use netpol::view::{
    ConnectionQuery, Diff, DiffEntry, DiffKind, Isolation, NodeView, PolicySummary, PortSpec,
    Protocol, QueryError, Reach, ReachEntry, StoredLine,
};
use netpol_web::model::{ConnectMsg, GraphMsg, Msg, Shown};
use netpol_web::protocol::{Inspection, Subject};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::changes::question as question_of;
use super::marked::Marked;
use crate::store::use_send;

/// So many pairs are listed.
const LISTED: usize = 60;

/// What the engine says about the object that is inspected.
type Answered = Shown<Subject, Result<Inspection, QueryError>>;

/// The same, once it has said something.
pub(super) type Inspected = Option<Answered>;

#[derive(PartialEq, Properties)]
pub(super) struct DetailsButtonProps {
    pub(super) subject: Subject,
    pub(super) title: String,
    pub(super) open: bool,
}

/// Opens and closes what there is to say about an object.
#[component]
pub(super) fn DetailsButton(props: &DetailsButtonProps) -> Html {
    let send = use_send();
    let next = (!props.open).then(|| props.subject.clone());
    html! {
        <button type="button" class="link" data-testid={test_ids::DETAILS} aria-expanded={props.open.to_string()}
            aria-label={format!("Details of {}", props.title)}
            onclick={send.reform(move |_| Msg::Inspect(next.clone()))}>{"Details"}</button>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct NodeDetailsProps {
    pub(super) node: NodeView,
    pub(super) inspected: Inspected,
}

/// Which policies select a pod, who reaches it, and whom it reaches.
#[component]
pub(super) fn NodeDetails(props: &NodeDetailsProps) -> Html {
    let node = &props.node;
    let send = use_send();
    let from = node.id.clone();
    let connect = send.reform(move |_: MouseEvent| {
        Msg::Graph(GraphMsg::Connect(ConnectMsg::Begin(Some(from.clone()))))
    });
    html! {
        <div class="inspection" data-testid={test_ids::INSPECTION}>
            <button type="button" class="button small" data-testid={test_ids::CONNECT_FROM} onclick={connect}>
                {"Allow a connection from it…"}
            </button>
            <p>{isolation("Ingress", &node.ingress)}</p>
            <p>{isolation("Egress", &node.egress)}</p>
            {
                answered(props.inspected.as_ref(), |inspection| match inspection {
                    Inspection::Node { reached_by, reaches } => html! {
                        <>
                            <Reached title="Reached by" reach={reached_by.clone()} sender=true />
                            <Reached title="Reaches" reach={reaches.clone()} sender=false />
                        </>
                    },
                    Inspection::Policy { .. } => Html::default(),
                })
            }
        </div>
    }
}

/// `Ingress: isolated by default-deny, web`
fn isolation(direction: &str, isolation: &Isolation) -> String {
    if isolation.isolated {
        format!("{direction}: isolated by {}", isolation.policies.join(", "))
    } else {
        format!("{direction}: not isolated, every connection passes")
    }
}

fn answered(inspected: Option<&Answered>, show: impl Fn(&Inspection) -> Html) -> Html {
    match inspected.map(|shown| &*shown.answer) {
        None => html! { <p class="quiet">{"Working it out…"}</p> },
        Some(Err(error)) => html! { <p><Marked text={error.to_string()} /></p> },
        Some(Ok(inspection)) => show(inspection),
    }
}

#[derive(PartialEq, Properties)]
struct ReachedProps {
    title: &'static str,
    reach: Reach,
    /// Whether the other end is the sender.
    sender: bool,
}

/// The other ends, each a button that explains the connection.
#[component]
fn Reached(props: &ReachedProps) -> Html {
    let send = use_send();
    let all = &props.reach.connections;
    let more = all.len().saturating_sub(LISTED);
    let row = |entry: &ReachEntry| {
        let other = if props.sender { &entry.from } else { &entry.to };
        let text = html! {
            <><b>{words::short(other).to_owned()}</b>{" "}<code>{entry.ports.join(" ")}</code></>
        };
        match question(entry) {
            Some(query) => html! {
                <button type="button" class="link" onclick={send.reform(move |_| Msg::Explain(query.clone()))}>{text}</button>
            },
            None => text,
        }
    };
    html! {
        <section aria-label={props.title}>
            <h3>{props.title}{" "}<span class="count">{all.len()}</span></h3>
            <ul role="list">
                for (index, entry) in all.iter().take(LISTED).enumerate() {
                    <li key={index}>{row(entry)}</li>
                }
                if more > 0 {
                    <li class="quiet">{format!("and {more} more")}</li>
                }
            </ul>
        </section>
    }
}

/// The connection on the first port that an entry names.
fn question(entry: &ReachEntry) -> Option<ConnectionQuery> {
    let (protocol, ports) = entry.ports.first()?.split_once('/')?;
    let protocol = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp]
        .into_iter()
        .find(|known| known.as_str() == protocol)?;
    let first = ports.split('-').next().filter(|port| *port != "*").unwrap_or("80");
    let port = PortSpec::parse(first)?;
    Some(ConnectionQuery { from: entry.from.clone(), to: entry.to.clone(), port, protocol })
}

#[derive(PartialEq, Properties)]
pub(super) struct PoliciesProps {
    pub(super) policies: Vec<PolicySummary>,
    pub(super) subject: Option<Subject>,
    pub(super) inspected: Inspected,
}

/// All policies, each in words; more on demand.
#[component]
pub(super) fn Policies(props: &PoliciesProps) -> Html {
    if props.policies.is_empty() {
        return Html::default();
    }
    let more = props.policies.len().saturating_sub(LISTED);
    html! {
        <section class="group" aria-label="Policies">
            <header class="group-head"><h2>{"Policies"}</h2></header>
            <ul role="list">
                for policy in props.policies.iter().take(LISTED) {
                    <PolicyRow key={format!("{}/{}", policy.namespace, policy.name)} policy={policy.clone()}
                        subject={props.subject.clone()} inspected={props.inspected.clone()} />
                }
            </ul>
            if more > 0 {
                <p class="quiet">{format!("and {more} more")}</p>
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct PolicyRowProps {
    policy: PolicySummary,
    subject: Option<Subject>,
    inspected: Inspected,
}

#[component]
fn PolicyRow(props: &PolicyRowProps) -> Html {
    let send = use_send();
    let PolicySummary { name, namespace, selects, summary, place, .. } = &props.policy;
    let subject = Subject::Policy { namespace: namespace.clone(), name: name.clone() };
    let open = props.subject.as_ref() == Some(&subject);
    let inspected = props.inspected.clone().filter(|shown| shown.query == subject);
    let place = place.clone();
    html! {
        <li>
            <div class="object" data-testid={test_ids::OBJECT} data-id={format!("{namespace}/{name}")}>
                <span class="object-title"><b>{name.clone()}</b><span class="quiet">{namespace.clone()}</span></span>
                <span class="object-details"><span><Marked text={summary.clone()} /></span></span>
                <span class="object-actions">
                    <button type="button" class="link" aria-label={format!("YAML of {name}")}
                        onclick={send.reform(move |_| Msg::Reveal(place.clone()))}>{"YAML"}</button>
                    <DetailsButton {subject} title={name.clone()} {open} />
                </span>
            </div>
            if open {
                <div class="inspection" data-testid={test_ids::INSPECTION}>
                    <p>{"Selects "}{selected(selects)}</p>
                    {
                        answered(inspected.as_ref(), |inspection| match inspection {
                            Inspection::Policy { stored, effect } => html! {
                                <>
                                    <Effect effect={effect.clone()} />
                                    <Stored lines={stored.clone()} />
                                </>
                            },
                            Inspection::Node { .. } => Html::default(),
                        })
                    }
                </div>
            }
        </li>
    }
}

fn selected(nodes: &[String]) -> String {
    match nodes {
        [] => "no pod.".to_owned(),
        nodes => {
            let names: Vec<&str> = nodes.iter().take(LISTED).map(|id| words::short(id)).collect();
            let more = nodes.len().saturating_sub(LISTED);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{rest}.", names.join(", "))
        }
    }
}

#[derive(PartialEq, Properties)]
struct EffectProps {
    effect: Diff,
}

/// What would be different without a policy.
#[component]
fn Effect(props: &EffectProps) -> Html {
    let send = use_send();
    let all = &props.effect.connections;
    let more = all.len().saturating_sub(LISTED);
    if all.is_empty() {
        return html! { <p>{"Without it, every connection would be as it is."}</p> };
    }
    html! {
        <section aria-label="What it changes">
            <h3>{"What it changes "}<span class="count">{all.len()}</span></h3>
            <ul role="list">
                for (index, entry) in all.iter().take(LISTED).enumerate() {
                    <li key={index}>
                        if let Some(query) = question_of(entry) {
                            <button type="button" class="link" title="Explain it"
                                onclick={send.reform(move |_| Msg::Explain(query.clone()))}>{change(entry)}</button>
                        } else {
                            {change(entry)}
                        }
                    </li>
                }
                if more > 0 {
                    <li class="quiet">{format!("and {more} more")}</li>
                }
            </ul>
        </section>
    }
}

fn change(entry: &DiffEntry) -> Html {
    let DiffEntry { change, from, to, before, after, .. } = entry;
    let verb = match change {
        DiffKind::Added => "✓ allows",
        DiffKind::Removed => "✕ keeps apart",
        DiffKind::Changed => "± narrows or widens",
    };
    let ports = match change {
        DiffKind::Added => after.join(" "),
        DiffKind::Removed => before.join(" "),
        DiffKind::Changed => format!("{} to {}", before.join(" "), after.join(" ")),
    };
    html! {
        <><b>{verb}</b>{format!(" {} → {} ", words::short(from), words::short(to))}<code>{ports}</code></>
    }
}

#[derive(PartialEq, Properties)]
struct StoredProps {
    lines: Vec<StoredLine>,
}

/// What the API server keeps; what it fills in is marked.
#[component]
fn Stored(props: &StoredProps) -> Html {
    html! {
        <section aria-label="As stored">
            <h3>{"As stored"}</h3>
            <p class="quiet">{if props.lines.iter().any(|line| line.filled_in) {
                "What the API server keeps. It fills in the lines with a +."
            } else {
                "What the API server keeps. It has nothing to fill in."
            }}</p>
            <pre class="diff" tabindex="0" aria-label="The policy as stored">
                for (index, line) in props.lines.iter().enumerate() {
                    <span key={index} class={if line.filled_in { "added" } else { "kept" }}>
                        {if line.filled_in { "+ " } else { "  " }}{line.text.clone()}{"\n"}
                    </span>
                }
            </pre>
        </section>
    }
}
