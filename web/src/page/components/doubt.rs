use netpol::edit::EditCommand;
use netpol::view::{AnswerView, BranchView, PluginView, QuestionView};
use netpol_web::model::Msg;
use netpol_web::test_ids;
use yew::prelude::*;

use super::marked::Marked;
use super::section::SectionLink;
use super::stamp::Stamp;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct DoubtProps {
    pub(super) questions: Vec<QuestionView>,
    pub(super) branches: Vec<BranchView>,
}

/// What a verdict hinges on: each plugin and each answer with what comes of it, to choose from.
#[component]
pub(super) fn Doubt(props: &DoubtProps) -> Html {
    html! {
        <section class="doubt" aria-label="What it depends on" data-testid={test_ids::DOUBT}>
            if !props.branches.is_empty() {
                <h4>{"With your network plugin"}</h4>
                <ul class="branches">
                    for branch in props.branches.iter() {
                        <li key={branch.verdict.as_str()} data-branch={branch.verdict.as_str()}>
                            <Stamp verdict={branch.verdict} />
                            <span class="choices">
                                for plugin in branch.plugins.iter() {
                                    <Plugin key={plugin.id.clone()} plugin={plugin.clone()} />
                                }
                            </span>
                        </li>
                    }
                </ul>
            }
            for question in props.questions.iter() {
                <Question key={question.option.clone()} question={question.clone()} />
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct PluginProps {
    plugin: PluginView,
}

/// Judges as this plugin does from now on.
#[component]
fn Plugin(props: &PluginProps) -> Html {
    let send = use_send();
    let PluginView { id, title, reported } = &props.plugin;
    let command = EditCommand::SetPlugin { plugin: id.clone() };
    let how = if *reported { "Users report this; its documentation does not say. " } else { "" };
    html! {
        <button type="button" class="chip" data-testid={test_ids::PLUGIN} data-plugin={id.clone()}
            title={format!("{how}Judge as {title} does: writes it into the Settings")}
            onclick={send.reform(move |_| Msg::Order(command.clone()))}>
            {title.clone()}
            if *reported { <small>{"(reported)"}</small> }
        </button>
    }
}

#[derive(PartialEq, Properties)]
struct QuestionProps {
    question: QuestionView,
}

/// One thing that Kubernetes leaves open.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let send = use_send();
    let QuestionView { summary, option, answers, section, .. } = &props.question;
    let answer = |AnswerView { value, verdict }: &AnswerView| {
        let command = EditCommand::SetOption { option: option.clone(), value: value.clone() };
        html! {
            <li key={value.clone()}>
                <Stamp verdict={*verdict} />
                <button type="button" class="chip" data-testid={test_ids::ANSWER} data-value={value.clone()}
                    title="Writes this answer into the Settings"
                    onclick={send.reform(move |_| Msg::Order(command.clone()))}>
                    <code>{format!("{option}: {value}")}</code>
                </button>
            </li>
        }
    };
    html! {
        <div class="open-question">
            <p><Marked text={summary.clone()} />{" "}<SectionLink section={*section} /></p>
            <ul class="branches">{ for answers.iter().map(answer) }</ul>
        </div>
    }
}
