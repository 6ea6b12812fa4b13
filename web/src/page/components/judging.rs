use netpol::edit::EditCommand;
use netpol::view::Judging;
use netpol_web::model::Msg;
use netpol_web::test_ids;
use yew::prelude::*;

use super::chosen_value;
use crate::hooks::use_choice;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct JudgedAsProps {
    pub(super) judging: Judging,
}

/// The network plugin and the Kubernetes version that verdicts are about. A choice is written into the
/// `Settings`.
#[component]
pub(super) fn JudgedAs(props: &JudgedAsProps) -> Html {
    let Judging { plugin, version, plugins, versions } = &props.judging;
    let first = versions.first().cloned().unwrap_or_default();
    let versions = versions.iter().map(|it| (it.clone(), it.clone())).collect::<Vec<_>>();
    html! {
        <div class="judging" role="group" aria-label="How it is judged">
            <SettingChoice title="Network plugin" test_id={test_ids::JUDGED_PLUGIN} chosen={plugin.clone()}
                unset="not named" options={plugins.clone()}
                command={Command(|plugin| EditCommand::SetPlugin { plugin })} />
            <SettingChoice title="Kubernetes version" test_id={test_ids::JUDGED_VERSION} chosen={version.clone()}
                unset={format!("not named: {first}")} options={versions}
                command={Command(|version| EditCommand::SetVersion { version })} />
        </div>
    }
}

/// What a choice does.
#[derive(Clone, Copy)]
struct Command(fn(String) -> EditCommand);

impl PartialEq for Command {
    fn eq(&self, _: &Self) -> bool {
        // A field's command never changes.
        true
    }
}

#[derive(PartialEq, Properties)]
struct SettingChoiceProps {
    title: &'static str,
    test_id: &'static str,
    chosen: Option<String>,
    /// What it says as long as nothing is chosen.
    unset: AttrValue,
    /// Values with their words.
    options: Vec<(String, String)>,
    command: Command,
}

#[component]
fn SettingChoice(props: &SettingChoiceProps) -> Html {
    let send = use_send();
    let SettingChoiceProps { title, test_id, chosen, unset, options, command: Command(command) } =
        props;
    let value = chosen.clone().unwrap_or_default();
    let select = use_choice(&value);
    let command = *command;
    let onchange = send.reform(move |event: Event| Msg::Order(command(chosen_value(&event))));
    // What the text names and nobody knows is a choice all the same.
    let stranger = chosen.iter().filter(|it| options.iter().all(|(value, _)| value != *it));
    html! {
        <label>
            <span>{*title}</span>
            <select ref={select} data-testid={*test_id} {onchange}>
                if chosen.is_none() {
                    <option value="">{unset.clone()}</option>
                }
                for value in stranger {
                    <option key={value.clone()} value={value.clone()}>{value.clone()}</option>
                }
                for (value, word) in options.iter() {
                    <option key={value.clone()} value={value.clone()}>{word.clone()}</option>
                }
            </select>
        </label>
    }
}
