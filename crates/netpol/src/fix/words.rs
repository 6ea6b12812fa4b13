//! What suggestions are called, and why there are none.

use netpol_eval::SideReason;
use netpol_model::Direction;

use super::plan::Attempt;
use super::{Names, Question};
use crate::connect::Path;
use crate::view::{QueryError, Verdict};

/// What an edit does, in plain words.
pub(super) fn title(question: &Question<'_>, attempt: &Attempt<'_, '_>) -> String {
    let (from, to) = (short(&question.query.from), short(&question.query.to));
    if attempt.ways.is_empty() && attempt.lookup {
        return format!("let {from} look names up");
    }
    let own = match (question.wanted, attempt.ways.as_slice()) {
        (Verdict::Allowed, [Direction::Egress]) => format!("let {from} leave for {to}"),
        (Verdict::Allowed, [Direction::Ingress]) => format!("let {to} admit {from}"),
        (Verdict::Allowed, _) => format!("let {from} leave for {to}, and let it in"),
        (_, [Direction::Egress]) => format!("keep {from} from leaving for {to}"),
        _ => format!("keep {from} out of {to}"),
    };
    if attempt.lookup { format!("{own}, and let {from} look names up") } else { own }
}

/// The name without the namespace.
fn short(endpoint: &str) -> &str {
    endpoint.trim().rsplit('/').next().unwrap_or(endpoint)
}

/// What no policy can change, or else what to do.
pub(super) fn hindrance(paths: &[Path]) -> &'static str {
    let judged = paths.iter().filter_map(|path| path.judged.as_ref().ok());
    let sides = judged.flat_map(|judged| [&judged.trace.egress, &judged.trace.ingress]);
    let reasons: Vec<SideReason> = sides.map(|side| side.reason).collect();
    let said = [
        (SideReason::NotEnforced, "the network plugin does not enforce policies"),
        (SideReason::OwnPod, "nothing keeps a pod from itself"),
        (SideReason::OwnNode, "nothing keeps a node from its own pods"),
        (SideReason::HostNetwork, "no policy applies to a pod in its node's network"),
    ];
    let said = said.into_iter().find(|(reason, _)| reasons.contains(reason));
    said.map_or("see the explanation, and change the policies by hand", |(_, why)| why)
}

/// Everything is as wanted.
pub(super) fn already(wanted: Verdict, names: Names) -> QueryError {
    let help = "ask for the opposite verdict";
    match names {
        Names::AsTheyAre => none(format!("the connection is {wanted} already"), help),
        Names::LookedUp => {
            none("the connection is allowed already, and so is looking names up", help)
        }
    }
}

/// Why there is nothing to suggest.
pub(super) fn none(message: impl Into<String>, help: &str) -> QueryError {
    QueryError { message: message.into(), help: Some(help.to_owned()) }
}
