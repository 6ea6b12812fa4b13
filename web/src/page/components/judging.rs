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
                unset="not named" options={plugins.clone()} setting={Setting::Plugin} />
            <SettingChoice title="Kubernetes version" test_id={test_ids::JUDGED_VERSION} chosen={version.clone()}
                unset={format!("not named: {first}")} options={versions} setting={Setting::Version} />
        </div>
    }
}

/// What is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    Plugin,
    Version,
}

impl Setting {
    fn set(self, value: String) -> EditCommand {
        match self {
            Self::Plugin => EditCommand::SetPlugin { plugin: value },
            Self::Version => EditCommand::SetVersion { version: value },
        }
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
    setting: Setting,
}

#[component]
fn SettingChoice(props: &SettingChoiceProps) -> Html {
    let send = use_send();
    let SettingChoiceProps { title, test_id, chosen, unset, options, setting } = props;
    let value = chosen.clone().unwrap_or_default();
    let select = use_choice(&value);
    let setting = *setting;
    let onchange = send.reform(move |event: Event| Msg::Order(setting.set(chosen_value(&event))));
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
