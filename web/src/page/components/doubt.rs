use netpol::edit::EditCommand;
use netpol::view::{AnswerView, BranchView, PluginView, QuestionView};
use netpol_web::model::Msg;
use netpol_web::test_ids;
use yew::prelude::*;

use super::marked::Marked;
use super::section::SectionLink;
use super::stamp::Stamp;
use crate::store::{Readonly, use_send};

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
    let PluginView { id, title, reported } = &props.plugin;
    let how = if *reported { "Users report this; its documentation does not say. " } else { "" };
    html! {
        <Choice command={EditCommand::SetPlugin { plugin: id.clone() }} test_id={test_ids::PLUGIN} value={id.clone()}
            title={format!("{how}Judge as {title} does: writes it into the Settings")}>
            {title.clone()}
            if *reported { <small>{"(reported)"}</small> }
        </Choice>
    }
}

#[derive(PartialEq, Properties)]
struct QuestionProps {
    question: QuestionView,
}

/// One thing that Kubernetes leaves open.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let QuestionView { summary, option, answers, section, .. } = &props.question;
    let answer = |AnswerView { value, verdict }: &AnswerView| {
        let command = EditCommand::SetOption { option: option.clone(), value: value.clone() };
        html! {
            <li key={value.clone()}>
                <Stamp verdict={*verdict} />
                <Choice {command} test_id={test_ids::ANSWER} value={value.clone()} title="Writes this answer into the Settings">
                    <code>{format!("{option}: {value}")}</code>
                </Choice>
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

#[derive(PartialEq, Properties)]
struct ChoiceProps {
    command: EditCommand,
    test_id: &'static str,
    value: String,
    /// What a press does.
    title: AttrValue,
    children: Html,
}

/// A button that writes a choice into the Settings, or its name where they stay as they are.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let send = use_send();
    let ChoiceProps { command, test_id, value, title, children } = props;
    if use_context::<Readonly>().unwrap_or_default().0 {
        return html! { <span class="chip" data-testid={*test_id} data-value={value.clone()}>{children.clone()}</span> };
    }
    let command = command.clone();
    html! {
        <button type="button" class="chip" data-testid={*test_id} data-value={value.clone()} {title}
            onclick={send.reform(move |_| Msg::Order(command.clone()))}>
            {children.clone()}
        </button>
    }
}
