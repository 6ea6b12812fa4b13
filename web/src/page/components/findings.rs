use netpol::view::{FindingView, Severity};
use netpol_web::model::{Msg, Problems, Shared};
use netpol_web::protocol::Overview;
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::marked::Marked;
use crate::hooks::use_slices;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct FindingsProps {
    pub(super) overview: Shared<Overview>,
    pub(super) problems: Problems,
    /// Whether the engine has answered at all.
    pub(super) known: bool,
}

/// The severities, as [`Overview::finding_counts`] counts them.
const SEVERITIES: [(Severity, &str, &str); 3] = [
    (Severity::Error, "error", "errors"),
    (Severity::Warning, "warning", "warnings"),
    (Severity::Info, "hint", "hints"),
];

/// What is wrong with the text, or worth knowing.
#[component]
pub(super) fn Findings(props: &FindingsProps) -> Html {
    let FindingsProps { overview, problems, known } = props;
    let total: usize = overview
        .finding_counts
        .iter()
        .zip(problems.hidden)
        .map(|(count, hidden)| if hidden { 0 } else { *count })
        .sum();
    let shown: Vec<(usize, FindingView)> = overview
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| !is_hidden(problems, finding.severity))
        .take(problems.listed)
        .map(|(index, finding)| (index, finding.clone()))
        .collect();
    let drawn = use_slices(shown.len());
    // Below the first rows, and from then on it stays, with the focus that it may have.
    let complete = drawn >= shown.len().min(Problems::STEP);
    html! {
        <section class="findings" aria-label="Problems" data-testid={test_ids::FINDINGS}>
            if overview.finding_total() > 0 {
                <FindingsBar counts={overview.finding_counts} problems={*problems} />
            } else if *known {
                <p class="quiet">{"No problems: the API server would take all of it."}</p>
            }
            // The worst come first: the engine has sorted them.
            <ul role="list">
                for (index, finding) in shown.iter().take(drawn) {
                    <Finding key={*index} index={*index} finding={finding.clone()} />
                }
            </ul>
            if total > shown.len() && complete {
                <More shown={shown.len()} {total} problems={*problems} />
            }
        </section>
    }
}

fn is_hidden(problems: &Problems, severity: Severity) -> bool {
    SEVERITIES.iter().zip(problems.hidden).any(|((it, ..), hidden)| hidden && *it == severity)
}

#[derive(PartialEq, Properties)]
struct FindingsBarProps {
    counts: [usize; 3],
    problems: Problems,
}

/// How many there are, and the way from one to the next.
#[component]
fn FindingsBar(props: &FindingsBarProps) -> Html {
    let send = use_send();
    let FindingsBarProps { counts, problems } = *props;
    let chip = |(index, count): (usize, usize)| {
        let (severity, one, many) = SEVERITIES.get(index).filter(|_| count > 0)?;
        let mut next = problems;
        if let Some(hidden) = next.hidden.get_mut(index) {
            *hidden = !*hidden;
        }
        let word = words::severity(*severity);
        Some(html! {
            <button type="button" class={classes!("severity", word)} key={index} data-testid={test_ids::SEVERITY}
                data-severity={word} aria-pressed={(!is_hidden(&problems, *severity)).to_string()}
                onclick={send.reform(move |_| Msg::SetProblems(next))}>
                {words::count(count, one, many)}
            </button>
        })
    };
    let step = |forward: bool,
                label: &'static str,
                keys: &str,
                sign: &'static str,
                id: &'static str| {
        html! {
            <button type="button" class="button icon" data-testid={id} aria-label={label} title={format!("{label} ({keys})")}
                onclick={send.reform(move |_| Msg::StepFinding(forward))}>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    html! {
        <div class="findings-bar" role="toolbar" aria-label="Problems">
            { for counts.into_iter().enumerate().filter_map(chip) }
            <span class="grow" />
            { step(false, "Problem before", "Shift+F8", "↑", test_ids::PREVIOUS_FINDING) }
            { step(true, "Next problem", "F8", "↓", test_ids::NEXT_FINDING) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct MoreProps {
    shown: usize,
    total: usize,
    problems: Problems,
}

#[component]
fn More(props: &MoreProps) -> Html {
    let send = use_send();
    let MoreProps { shown, total, problems } = *props;
    let next = Problems { listed: problems.listed + Problems::STEP, ..problems };
    html! {
        <p class="quiet more">
            {format!("{shown} of {total} are listed. ")}
            <button type="button" class="link" data-testid={test_ids::MORE_FINDINGS}
                onclick={send.reform(move |_| Msg::SetProblems(next))}>{"List more"}</button>
        </p>
    }
}

#[derive(PartialEq, Properties)]
struct FindingProps {
    index: usize,
    finding: FindingView,
}

#[component]
fn Finding(props: &FindingProps) -> Html {
    let send = use_send();
    let FindingView { code, severity, message, help, place, fix } = &props.finding;
    let word = words::severity(*severity);
    let sign = match *severity {
        Severity::Error => "✕",
        Severity::Warning => "!",
        Severity::Info => "i",
    };
    let (index, there) = (props.index, place.clone());
    let show = send.reform(move |_: MouseEvent| Msg::Reveal(there.clone()));
    html! {
        <li class={classes!("finding", word)} data-testid={test_ids::FINDING} data-severity={word} data-code={code.clone()}>
            <span class="mark" aria-hidden="true">{sign}</span>
            <button type="button" class="finding-text" onclick={show} title={format!("{word}: {code}")}>
                <span class="visually-hidden">{word}{": "}</span>
                <Marked text={message.clone()} />
                <span class="quiet">{format!(" · line {}", place.line)}</span>
                if let Some(help) = help {
                    <span class="finding-help"><Marked text={help.clone()} /></span>
                }
            </button>
            if let Some(fix) = fix {
                <button type="button" class="link" data-testid={test_ids::FIX}
                    onclick={send.reform(move |_| Msg::Fix(index))}>
                    {fix.title.clone()}
                </button>
            }
        </li>
    }
}
