use netpol::edit::EditCommand;
use netpol_web::model::Msg;
use netpol_web::test_ids;
use yew::prelude::*;

use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct NobodyProps {
    /// Whether there are policies that speak of somebody.
    pub(super) policies: bool,
}

/// What stands in the picture while there are no pods.
#[component]
pub(super) fn Nobody(props: &NobodyProps) -> Html {
    html! {
        <div class="stage-note" role="status" data-testid={test_ids::REMARKS}>
            if props.policies {
                <p>{"No pods yet: there is nobody whom the policies could let in or keep out."}</p>
                <ExamplesButton class="button primary" word="Add example pods" />
            } else {
                <p>{"Nothing to draw: define a pod under Cluster, or choose a scenario."}</p>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct ExamplesButtonProps {
    pub(super) class: &'static str,
    pub(super) word: &'static str,
}

/// Adds whom the policies speak of and who is not there.
#[component]
pub(super) fn ExamplesButton(props: &ExamplesButtonProps) -> Html {
    let send = use_send();
    html! {
        <button type="button" class={props.class} data-testid={test_ids::ADD_EXAMPLES}
            title="A pod for each selector of the policies that selects nobody, an address for each block, and somebody whom no rule means"
            onclick={send.reform(|_| Msg::Order(EditCommand::AddExamples))}>{props.word}</button>
    }
}
