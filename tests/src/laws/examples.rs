//! Pods for policies to be tried on: they come once, and nobody who was there notices.

use netpol::edit::{EditCommand, edits};
use netpol::{Analysis, Sources, analyse};
use proptest::prelude::*;

use super::answers::{answers_of, read};
use super::cases;
use super::generate::{Pods, cluster};
use super::text::Form;

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn examples_come_once_and_change_no_verdict(cluster in cluster(Pods::Any), alone: bool) {
        let manifests = if alone { cluster.policies.clone() } else { cluster.manifests() };
        let before = read(&manifests, Form::Flow);
        let Some(text) = with_examples(&before) else { return Ok(()) };
        let after = analyse(Sources::single("after.yaml", text.as_str()));
        prop_assert_eq!(with_examples(&after), None, "{}", text);
        prop_assert_eq!(
            after.validate(None).refused, before.validate(None).refused, "{}", &text
        );
        let answers = answers_of(&after);
        for (pair, cells) in answers_of(&before).cells {
            prop_assert_eq!(&answers.cells[&pair], &cells, "{:?} in\n{}", pair, text);
        }
    }
}

/// The text with those who come, if anybody does.
fn with_examples(analysis: &Analysis) -> Option<String> {
    let edits = edits(analysis, &EditCommand::AddExamples).ok()?;
    let text: String = analysis.sources().iter().map(|(_, source)| source.text()).collect();
    Some(edits.into_iter().fold(text, |text, edit| text + &edit.text))
}
