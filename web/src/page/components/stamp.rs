use netpol::view::Verdict;
use netpol_web::{test_ids, words};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct StampProps {
    pub(super) verdict: Verdict,
}

/// The verdict, by sign and word and colour.
#[component]
pub(super) fn Stamp(props: &StampProps) -> Html {
    let verdict = props.verdict;
    html! {
        <span class="stamp" data-testid={test_ids::VERDICT} data-verdict={verdict.as_str()}>
            <span aria-hidden="true">{words::sign(verdict)}</span>{" "}{words::word(verdict)}
        </span>
    }
}
