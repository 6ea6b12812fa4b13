use netpol::view::FindingView;
use netpol_web::model::{Msg, Shared};
use netpol_web::protocol::Overview;
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::marked::Marked;
use crate::store::use_send;

/// So many findings are listed; the rest is in the editor.
const LISTED: usize = 100;

#[derive(PartialEq, Properties)]
pub(super) struct FindingsProps {
    pub(super) overview: Shared<Overview>,
    /// Whether the engine has answered at all.
    pub(super) known: bool,
}

/// What is wrong with the text, or worth knowing.
#[component]
pub(super) fn Findings(props: &FindingsProps) -> Html {
    let findings = &props.overview.findings;
    let more = props.overview.finding_total.saturating_sub(LISTED.min(findings.len()));
    html! {
        <section class="findings" aria-label="Findings" data-testid={test_ids::FINDINGS}>
            if props.known && findings.is_empty() {
                <p class="quiet">{"No findings: the API server would take all of it."}</p>
            }
            <ul role="list">
                for (index, finding) in findings.iter().take(LISTED).enumerate() {
                    <Finding key={index} {index} finding={finding.clone()} />
                }
            </ul>
            if more > 0 {
                <p class="quiet">{format!("and {more} more")}</p>
            }
        </section>
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
        netpol::view::Severity::Error => "✕",
        netpol::view::Severity::Warning => "!",
        netpol::view::Severity::Info => "i",
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
