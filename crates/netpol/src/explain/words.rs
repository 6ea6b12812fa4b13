//! Small pieces of prose.

use netpol_eval::{Side, World};
use netpol_model::{LabelSelector, Operator, Requirement};

use crate::view::Answer;

/// The answer of a side that was judged.
pub(super) fn answer(answer: netpol_eval::Answer) -> Answer {
    match answer {
        netpol_eval::Answer::No => Answer::No,
        netpol_eval::Answer::Depends => Answer::Depends,
        netpol_eval::Answer::Yes => Answer::Yes,
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Names of a side's policies that answer so, in backticks.
pub(super) fn policies(world: &World, side: &Side, wanted: netpol_eval::Answer) -> Vec<String> {
    side.policies
        .iter()
        .filter(|policy| policy.admits == wanted)
        .map(|policy| format!("`{}`", world.policy(policy.policy).meta.name))
        .collect()
}

/// `app=storefront`, `env in (a, b)`, in backticks.
pub(super) fn requirement(requirement: &Requirement) -> String {
    let Requirement { key, values, .. } = requirement;
    match (requirement.operator, values.as_slice()) {
        (Operator::In, [value]) => format!("`{key}={value}`"),
        (Operator::In, _) => format!("`{key} in ({})`", values.join(", ")),
        (Operator::NotIn, [value]) => format!("`{key}!={value}`"),
        (Operator::NotIn, _) => format!("`{key} not in ({})`", values.join(", ")),
        (Operator::Exists, _) => format!("a label `{key}`"),
        (Operator::DoesNotExist, _) => format!("no label `{key}`"),
    }
}

/// All requirements of a selector; empty if it has none.
pub(super) fn selector(selector: &LabelSelector) -> String {
    list(&selector.requirements.iter().map(requirement).collect::<Vec<_>>())
}
