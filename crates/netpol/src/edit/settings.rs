//! Saying how to judge: what the `Settings` name.

use netpol_eval::{PLUGINS, Topic};
use netpol_model::KubernetesVersion;
use netpol_sort::Gather;
use netpol_syntax::Value;

use super::write::{Writer, scalar, value};
use super::{Changes, Plan, Scene, error, manifest};
use crate::view::QueryError;

impl Scene<'_> {
    /// Names the network plugin.
    pub(super) fn set_plugin(&self, id: &str) -> Plan {
        if PLUGINS.iter().all(|plugin| plugin.id != id) {
            let known: Vec<&str> = PLUGINS.iter().map(|plugin| plugin.id).collect();
            let help = format!("choose one of {}", known.join(", "));
            return Err(error(format!("there is no network plugin `{id}`"), help));
        }
        self.set(&["spec", "plugin"], id)
    }

    /// Names the Kubernetes version.
    pub(super) fn set_version(&self, version: &str) -> Plan {
        if KubernetesVersion::parse(version).is_none() {
            let help = "a version is written like `1.36`";
            return Err(error(format!("`{version}` is no Kubernetes version"), help));
        }
        self.set(&["spec", "kubernetesVersion"], version)
    }

    /// Answers a question that Kubernetes leaves open.
    pub(super) fn set_option(&self, option: &str, answer: &str) -> Plan {
        let words = words(option)?;
        if !words.contains(&answer) {
            return Err(error(
                format!("the option `{option}` cannot be `{answer}`"),
                format!("it is {} or {}", words[0], words[1]),
            ));
        }
        self.set(&["spec", "options", option], answer)
    }

    /// Writes a value into the `Settings`; new ones go to the end of the first text.
    fn set(&self, path: &[&str], word: &str) -> Plan {
        let Some(settings) = &self.objects.settings else {
            // As a number, 1.30 would be 1.3.
            let word = match value(word) {
                Value::Bool(_) => word.to_owned(),
                _ => scalar(word),
            };
            let lines = path.iter().enumerate().map(|(depth, key)| {
                let word = if depth + 1 == path.len() { format!(" {word}") } else { String::new() };
                format!("{}{key}:{word}\n", "  ".repeat(depth))
            });
            let spec: String = lines.collect();
            return self.append(&[format!(
                "apiVersion: netpol/v1\nkind: Settings\nmetadata:\n  name: settings\n{spec}"
            )]);
        };
        let (index, node) = self.manifest(settings.span)?;
        let mut writer = Writer::new(self.sources, node);
        writer.set_value(node, path, word)?;
        let mut expected = node.clone();
        manifest::set(&mut expected, path, value(word));
        let changed = [(index, Some(expected))].into_iter().gather();
        Ok((writer.into_edits(), Changes { changed, added: 0 }))
    }
}

/// The values of an option.
fn words(option: &str) -> Result<[&'static str; 2], QueryError> {
    let topic = Topic::ALL.iter().find(|topic| topic.option() == Some(option));
    topic.map(|topic| topic.words()).ok_or_else(|| {
        error(format!("there is no option `{option}`"), "docs/semantics.md lists the options")
    })
}
