use std::collections::BTreeMap;

use netpol::edit::Target;
use netpol::view::{ExternalView, NamespaceView, NodeView, Place};
use netpol_web::model::{Draft, Form, Msg, Purpose, Shared};
use netpol_web::protocol::{Overview, Subject};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::cluster_form::ObjectForm;
use super::inspect::{DetailsButton, Inspected, NodeDetails, Policies};
use super::judging::JudgedAs;
use super::nobody::ExamplesButton;
use crate::store::use_send;

/// So many pods of a namespace are listed.
const LISTED: usize = 200;

#[derive(PartialEq, Properties)]
pub(super) struct ClusterPanelProps {
    pub(super) overview: Shared<Overview>,
    pub(super) form: Form,
    /// The object that more is shown of.
    pub(super) subject: Option<Subject>,
    pub(super) inspected: Inspected,
}

/// Namespaces, pods and outside addresses, and the forms that change them.
#[component]
pub(super) fn ClusterPanel(props: &ClusterPanelProps) -> Html {
    let topology = &props.overview.topology;
    let namespaces: Vec<AttrValue> =
        topology.namespaces.iter().map(|namespace| namespace.name.clone().into()).collect();
    html! {
        <>
            <JudgedAs judging={props.overview.judging.clone()} />
            <AddButtons overview={props.overview.clone()} />
            if let Some(draft) = props.form.draft().filter(|draft| is_new(draft)) {
                <ObjectForm draft={draft.clone()} pending={props.form.pending().is_some()} {namespaces} />
            }
            for namespace in topology.namespaces.iter() {
                <NamespaceGroup key={namespace.name.clone()} namespace={namespace.clone()}
                    nodes={nodes_of(&topology.nodes, &namespace.name)} form={props.form.clone()}
                    subject={props.subject.clone()} inspected={props.inspected.clone()} />
            }
            if !topology.externals.is_empty() {
                <section class="group" aria-label="Outside the cluster">
                    <header class="group-head"><h2>{"Outside the cluster"}</h2></header>
                    <ul role="list">
                        for external in topology.externals.iter() {
                            <ExternalRow key={external.name.clone()} external={external.clone()}
                                form={props.form.clone()} />
                        }
                    </ul>
                </section>
            }
            <Policies policies={topology.policies.clone()} subject={props.subject.clone()}
                inspected={props.inspected.clone()} />
        </>
    }
}

fn nodes_of(nodes: &[NodeView], namespace: &str) -> Vec<NodeView> {
    nodes.iter().filter(|node| node.namespace == namespace).take(LISTED).cloned().collect()
}

fn is_new(draft: &Draft) -> bool {
    matches!(draft.purpose, Purpose::AddNamespace | Purpose::AddPod | Purpose::AddExternal)
}

#[derive(PartialEq, Properties)]
struct AddButtonsProps {
    overview: Shared<Overview>,
}

#[component]
fn AddButtons(props: &AddButtonsProps) -> Html {
    let send = use_send();
    let overview = props.overview.clone();
    let open = |draft: Draft| send.reform(move |_: MouseEvent| Msg::OpenForm(draft.clone()));
    html! {
        <div class="add-buttons" role="group" aria-label="Add">
            <button type="button" class="button" data-testid={test_ids::ADD_POD}
                onclick={open(Draft::pod(&overview.topology))}>{"+ Pod"}</button>
            <button type="button" class="button" data-testid={test_ids::ADD_NAMESPACE}
                onclick={open(Draft::new(Purpose::AddNamespace))}>{"+ Namespace"}</button>
            <button type="button" class="button" data-testid={test_ids::ADD_EXTERNAL}
                onclick={open(Draft::new(Purpose::AddExternal))}>{"+ Outside address"}</button>
            if overview.totals.policies > 0 {
                <ExamplesButton class="button" word="+ Examples" />
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct NamespaceGroupProps {
    namespace: NamespaceView,
    nodes: Vec<NodeView>,
    form: Form,
    subject: Option<Subject>,
    inspected: Inspected,
}

#[component]
fn NamespaceGroup(props: &NamespaceGroupProps) -> Html {
    let NamespaceView { name, labels, place, .. } = &props.namespace;
    let target = Target::Namespace { name: name.clone() };
    let note = match (props.namespace.default_deny_ingress, props.namespace.default_deny_egress) {
        (true, true) => Some("default deny, both ways"),
        (true, false) => Some("default deny ingress"),
        (false, true) => Some("default deny egress"),
        (false, false) => None,
    };
    html! {
        <section class="group" aria-label={format!("Namespace {name}")}>
            <ObjectRow id={name.clone()} title={name.clone()} heading=true note={note.map(str::to_owned)}
                badge={place.is_none().then_some("inferred")} place={place.clone()} details={own_labels(labels)}
                change={Draft::relabel(target.clone(), labels)} change_word="Labels"
                delete={place.is_some().then_some(target)} form={props.form.clone()} />
            <ul role="list">
                for node in props.nodes.iter() {
                    <NodeRow key={node.id.clone()} node={node.clone()} form={props.form.clone()}
                        subject={props.subject.clone()} inspected={props.inspected.clone()} />
                }
            </ul>
            if props.nodes.is_empty() {
                <p class="quiet">{"No pods."}</p>
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct NodeRowProps {
    node: NodeView,
    form: Form,
    subject: Option<Subject>,
    inspected: Inspected,
}

#[component]
fn NodeRow(props: &NodeRowProps) -> Html {
    let NodeView { id, name, namespace, kind, replicas, labels, ports, place, .. } = &props.node;
    let target = Target::Node { namespace: namespace.clone(), name: name.clone() };
    let ports: Vec<String> =
        ports.iter().map(|port| format!("{}/{}", port.number, port.protocol)).collect();
    let what = if kind == "Pod" {
        String::new()
    } else {
        format!("{kind}, {}", words::count(*replicas as usize, "pod", "pods"))
    };
    let note: Vec<String> =
        [what, ports.join(" ")].into_iter().filter(|it| !it.is_empty()).collect();
    let subject = Subject::Node(id.clone());
    let open = props.subject.as_ref() == Some(&subject);
    let inspected = props.inspected.clone().filter(|shown| shown.query == subject);
    html! {
        <li>
            <ObjectRow id={id.clone()} title={name.clone()} {subject} {open} note={(!note.is_empty()).then(|| note.join(" · "))}
                badge={place.is_none().then_some("in every cluster")} place={place.clone()} details={own_labels(labels)}
                change={place.is_some().then(|| Draft::relabel(target.clone(), labels))} change_word="Labels"
                delete={place.is_some().then_some(target)} form={props.form.clone()} />
            if open {
                <NodeDetails node={props.node.clone()} {inspected} />
            }
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct ExternalRowProps {
    external: ExternalView,
    form: Form,
}

#[component]
fn ExternalRow(props: &ExternalRowProps) -> Html {
    let ExternalView { id, name, addresses, place } = &props.external;
    html! {
        <li>
            <ObjectRow id={id.clone()} title={name.clone()} place={place.clone()} details={addresses.clone()}
                change={Draft::addresses(name, addresses)} change_word="Addresses"
                delete={Target::External { name: name.clone() }} form={props.form.clone()} />
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct ObjectRowProps {
    id: String,
    title: String,
    #[prop_or_default]
    heading: bool,
    #[prop_or_default]
    note: Option<String>,
    #[prop_or_default]
    badge: Option<&'static str>,
    /// What there is more to say about.
    #[prop_or_default]
    subject: Option<Subject>,
    /// Whether that is shown.
    #[prop_or_default]
    open: bool,
    /// Labels or addresses.
    details: Vec<String>,
    place: Option<Place>,
    change: Option<Draft>,
    change_word: &'static str,
    delete: Option<Target>,
    form: Form,
}

/// One object with what can be done to it; the form for it opens right below.
#[component]
fn ObjectRow(props: &ObjectRowProps) -> Html {
    let send = use_send();
    let title = if props.heading {
        html! { <h2>{props.title.clone()}</h2> }
    } else {
        html! { <b>{props.title.clone()}</b> }
    };
    let open = |draft: &Draft| {
        let draft = draft.clone();
        send.reform(move |_: MouseEvent| Msg::OpenForm(draft.clone()))
    };
    let delete = props.delete.clone().map(|target| Draft::new(Purpose::Delete(target)));
    let mine = |draft: &Draft| {
        [&props.change, &delete].into_iter().flatten().any(|own| own.purpose == draft.purpose)
    };
    html! {
        <>
            <div class={classes!("object", props.heading.then_some("group-head"))}
                data-testid={test_ids::OBJECT} data-id={props.id.clone()}>
                <span class="object-title">
                    {title}
                    if let Some(badge) = props.badge { <span class="count">{badge}</span> }
                    if let Some(note) = &props.note { <span class="quiet">{note.clone()}</span> }
                </span>
                <span class="object-details">
                    for detail in props.details.iter() { <code key={detail.clone()}>{detail.clone()}</code> }
                </span>
                <span class="object-actions">
                    if let Some(place) = props.place.clone() {
                        <button type="button" class="link" aria-label={format!("YAML of {}", props.title)}
                            onclick={send.reform(move |_| Msg::Reveal(place.clone()))}>{"YAML"}</button>
                    }
                    if let Some(subject) = props.subject.clone() {
                        <DetailsButton {subject} title={props.title.clone()} open={props.open} />
                    }
                    if let Some(draft) = &props.change {
                        <button type="button" class="link" data-testid={test_ids::CHANGE}
                            aria-label={format!("{} of {}", props.change_word, props.title)}
                            onclick={open(draft)}>{props.change_word}</button>
                    }
                    if let Some(draft) = &delete {
                        <button type="button" class="link danger" data-testid={test_ids::DELETE}
                            aria-label={format!("Delete {}", props.title)} onclick={open(draft)}>{"Delete"}</button>
                    }
                </span>
            </div>
            if let Some(draft) = props.form.draft().filter(|draft| mine(draft)) {
                <ObjectForm draft={draft.clone()} pending={props.form.pending().is_some()} namespaces={Vec::new()} />
            }
        </>
    }
}

fn own_labels(labels: &BTreeMap<String, String>) -> Vec<String> {
    let own = labels.iter().filter(|(key, _)| *key != "kubernetes.io/metadata.name");
    own.map(|(key, value)| format!("{key}={value}")).collect()
}
