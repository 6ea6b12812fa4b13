use std::rc::Rc;

use netpol::view::{Answer, Direction, NotApplicable, PartView, PolicyView, RuleView, SideView};
use netpol_web::model::{Mark, MarkKind, Msg, Row};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::film::use_filmed;
use super::marked::Marked;
use super::section::SectionLink;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct SideProps {
    pub(super) side: SideView,
    /// The pod or address.
    pub(super) who: String,
    pub(super) labels: Vec<String>,
    /// The number of its pair of pods; `None`: it is of a lookup.
    #[prop_or_default]
    pub(super) path: Option<usize>,
}

/// Leaving the sender, or entering the receiver: isolated or not, by what, and every rule.
#[component]
pub(super) fn Side(props: &SideProps) -> Html {
    let SideView { direction, passes, summary, section, policies, not_applicable, .. } =
        &props.side;
    let verb = match direction {
        Direction::Egress => "Leaving",
        Direction::Ingress => "Entering",
    };
    let row = props.path.map(|path| Row { path, direction: *direction, policy: None, rule: None });
    let (node, filmed) = use_filmed(row.as_ref());
    html! {
        <section class="side" data-testid={test_ids::SIDE} data-direction={direction.as_str()}
            data-passes={words::answer_name(*passes)}>
            <h3 ref={node} class={filmed.then_some("filmed")} aria-current={filmed.then_some("step")}>
                <Sign answer={*passes} />
                <span>{verb}{" "}{words::short(&props.who).to_owned()}</span>
                <span class="count">{direction.as_str()}</span>
            </h3>
            if !props.labels.is_empty() {
                <p class="labels">{ for props.labels.iter().map(|label| html! { <code>{label.clone()}</code> }) }</p>
            }
            <p class="side-summary"><Marked text={summary.clone()} />{" "}<SectionLink section={*section} /></p>
            for (index, policy) in policies.iter().enumerate() {
                <Policy key={index} policy={policy.clone()} side={row.clone()} />
            }
            if !not_applicable.is_empty() {
                <Others others={not_applicable.clone()} />
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct OthersProps {
    others: Vec<NotApplicable>,
}

/// More policies than this are drawn when somebody wants to see them: a namespace may have hundreds.
const AT_ONCE: usize = 8;

/// The namespace's policies that say nothing about this pod, and why.
#[component]
fn Others(props: &OthersProps) -> Html {
    let asked = use_state_eq(|| false);
    let ask = {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    let drawn = if *asked || props.others.len() <= AT_ONCE { &props.others[..] } else { &[] };
    let count = words::count(props.others.len(), "other policy", "other policies");
    let verb = if props.others.len() == 1 { "does" } else { "do" };
    html! {
        <details class="others">
            <summary onclick={ask}>{format!("{count} of the namespace {verb} not apply")}</summary>
            for other in drawn {
                <div key={other.policy.name.clone()} class="rule-line">
                    <Pointer class="policy-head" place={other.place.clone()}
                        marks={Rc::from([Mark { place: other.place.clone(), kind: MarkKind::Miss }])}>
                        <b>{other.policy.name.clone()}</b>
                        <span class="quiet">{format!("line {}", other.place.line)}</span>
                        <small><Marked text={other.why.clone()} /></small>
                    </Pointer>
                    <SectionLink section={other.section} />
                </div>
            }
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct SignProps {
    answer: Answer,
}

#[component]
fn Sign(props: &SignProps) -> Html {
    let word = match props.answer {
        Answer::Yes => "passes",
        Answer::No => "stops",
        Answer::Depends => "depends",
    };
    html! {
        <span class={classes!("sign", words::answer_name(props.answer))} title={word}>
            <span aria-hidden="true">{words::answer_sign(props.answer)}</span>
            <span class="visually-hidden">{word}</span>
        </span>
    }
}

#[derive(PartialEq, Properties)]
struct PolicyProps {
    policy: PolicyView,
    /// The row of its side.
    side: Option<Row>,
}

/// A policy with its rules. A policy without rules speaks for itself.
#[component]
fn Policy(props: &PolicyProps) -> Html {
    let PolicyView { policy, selector, admits, summary, rules } = &props.policy;
    let marks: Rc<[Mark]> = Rc::new([
        Mark { place: policy.place.clone(), kind: MarkKind::Part },
        Mark { place: selector.clone(), kind: MarkKind::Hit },
    ]);
    let row = props.side.clone().map(|side| Row { policy: Some(policy.name.clone()), ..side });
    let (node, filmed) = use_filmed(row.as_ref());
    html! {
        <div ref={node} class={classes!("policy", filmed.then_some("filmed"))} aria-current={filmed.then_some("step")} data-testid={test_ids::POLICY} data-policy={policy.name.clone()}
            data-admits={words::answer_name(*admits)}>
            <Pointer class="policy-head" {marks} place={policy.place.clone()}>
                <b>{policy.name.clone()}</b>
                <span class="quiet">{format!("line {}", policy.place.line)}</span>
                // Its rules say so themselves.
                if rules.is_empty() || *admits != Answer::No {
                    <small><Marked text={summary.clone()} /></small>
                }
            </Pointer>
            if !rules.is_empty() {
                <ol class="rules">
                    for rule in rules.iter() {
                        <Rule key={rule.number} rule={rule.clone()} policy={policy.name.clone()} of={row.clone()}
                            selector={Mark { place: selector.clone(), kind: MarkKind::Hit }} />
                    }
                </ol>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RuleProps {
    rule: RuleView,
    policy: String,
    selector: Mark,
    /// The row of its policy.
    of: Option<Row>,
}

/// A rule in a line: whether it matches, and why. Its peers and ports open on demand.
#[component]
fn Rule(props: &RuleProps) -> Html {
    let RuleView { number, matches, summary, place, peers, ports, .. } = &props.rule;
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let mut marks =
        vec![props.selector.clone(), Mark { place: place.clone(), kind: MarkKind::Part }];
    marks.extend(peers.iter().chain(ports).map(mark));
    let parts = words::count(peers.len(), "peer", "peers");
    let parts = format!("{parts}, {}", words::count(ports.len(), "port", "ports"));
    let row = props.of.clone().map(|of| Row { rule: Some(*number), ..of });
    let (node, filmed) = use_filmed(row.as_ref());
    html! {
        <li ref={node} class={classes!("rule", filmed.then_some("filmed"))} aria-current={filmed.then_some("step")} data-testid={test_ids::RULE} data-policy={props.policy.clone()}
            data-rule={number.to_string()} data-matches={words::answer_name(*matches)}>
            <div class="rule-line">
                <Pointer class="rule-row" marks={Rc::from(marks)} place={place.clone()}>
                    <Sign answer={*matches} />
                    <span class="rule-text">
                        <b>{format!("rule {number}")}</b>
                        <span class="quiet">{format!(" line {} ", place.line)}</span>
                        <span class="rule-why"><Marked text={summary.clone()} /></span>
                    </span>
                </Pointer>
                if peers.len() + ports.len() > 0 {
                    <button type="button" class="rule-more" data-testid={test_ids::RULE_PARTS} title={parts.clone()}
                        aria-expanded={open.to_string()} onclick={toggle}
                        aria-label={format!("{} rule {number}: {parts}", props.policy)}>
                        <span aria-hidden="true">{if *open { "▾" } else { "▸" }}</span>
                    </button>
                }
            </div>
            if *open {
                <ul class="parts">
                    { for peers.iter().chain(ports).map(part) }
                </ul>
            }
        </li>
    }
}

fn mark(part: &PartView) -> Mark {
    let kind = if part.matches == Answer::No { MarkKind::Miss } else { MarkKind::Hit };
    Mark { place: part.place.clone(), kind }
}

fn part(part: &PartView) -> Html {
    html! {
        <li class="rule-line" data-matches={words::answer_name(part.matches)}>
            <Pointer class="part" marks={Rc::from([mark(part)])} place={part.place.clone()}>
                <Sign answer={part.matches} />
                <span>
                    <Marked text={part.wants.clone()} />
                    if !part.why.is_empty() {
                        <small><Marked text={part.why.clone()} /></small>
                    }
                </span>
            </Pointer>
            <SectionLink section={part.section} />
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct PointerProps {
    class: &'static str,
    /// The lines to mark while it is pointed at or has the focus.
    marks: Rc<[Mark]>,
    /// Where a click goes.
    place: netpol::view::Place,
    children: Html,
}

/// Something that belongs to lines of the text: pointing at it marks them, a click goes there.
#[component]
fn Pointer(props: &PointerProps) -> Html {
    let send = use_send();
    let point = {
        let marks = Rc::clone(&props.marks);
        move || Msg::Point(Rc::clone(&marks))
    };
    let (over, focus) = (point.clone(), point);
    let place = props.place.clone();
    html! {
        <button type="button" class={props.class} title="Show these lines"
            onmouseenter={send.reform(move |_| over())} onfocus={send.reform(move |_| focus())}
            onmouseleave={send.reform(|_| Msg::Point(Rc::default()))}
            onblur={send.reform(|_| Msg::Point(Rc::default()))}
            onclick={send.reform(move |_| Msg::Reveal(place.clone()))}>
            {props.children.clone()}
        </button>
    }
}
