//! A verdict in one sentence.

use netpol_eval::{Answer, Side, SideReason, Topic, World};

use super::words;
use crate::connect::{self, Judged, Path, SeenAs};
use crate::view::Verdict;

/// One sentence about all paths of a question.
pub(crate) fn summary(world: &World, paths: &[Path]) -> String {
    let Some(first) = paths.first() else {
        return "There is nothing to judge: no pods are behind these names.".to_owned();
    };
    let is_first_pair = |path: &&Path| (path.from, path.to) == (first.from, first.to);
    let first_pair: Vec<&Path> = paths.iter().filter(is_first_pair).collect();
    if first_pair.len() == paths.len() {
        return of_pair(world, &first_pair);
    }
    match connect::combined(paths.iter().map(|path| path.joint)) {
        Verdict::Mixed => {
            let one_sender = paths.iter().all(|path| path.from == first.from);
            mixed(paths, "pod", |path| name_of_pair(world, path, one_sender))
        }
        _ => {
            format!("The same for every pod. {}", of_pair(world, &first_pair))
        }
    }
}

/// One pair of ends. It has several paths if address families differ, or if policies may see the
/// sender in several ways.
fn of_pair(world: &World, paths: &[&Path]) -> String {
    match paths {
        [] => String::new(),
        [only] => of_path(world, only),
        [first, rest @ ..] if rest.iter().any(|path| path.seen_as != first.seen_as) => {
            by_sight(world, first, paths)
        }
        several => mixed(several.iter().copied(), "address", |path| {
            let address = path.judged.as_ref().ok().and_then(|it| it.connection.to.address());
            address.map_or_else(|| path.to.short_name(world), |it| format!("to {it}"))
        }),
    }
}

/// One connection, as policies may see it.
pub(super) fn of_path(world: &World, path: &Path) -> String {
    match &path.judged {
        Ok(judged) => of_judged(world, path, judged),
        Err(reason) => of_nothing(reason),
    }
}

/// That there is nothing to judge, and why.
pub(super) fn of_nothing(reason: &str) -> String {
    format!("There is nothing to judge: {reason}.")
}

/// As whom policies see the sender, unless it is as who it is.
pub(super) fn seen_as(seen_as: SeenAs) -> Option<&'static str> {
    match seen_as {
        SeenAs::Itself => None,
        SeenAs::OwnNode => Some("the receiver's own node"),
        SeenAs::OtherNode => Some("another node"),
    }
}

/// One pair that policies may see in several ways.
fn by_sight(world: &World, first: &Path, paths: &[&Path]) -> String {
    let (from, to) = (first.from.short_name(world), first.to.short_name(world));
    let mut ways: Vec<String> = paths
        .iter()
        .map(|path| match seen_as(path.seen_as) {
            None => format!("{} as itself", path.verdict()),
            Some(seen_as) => format!("{} as {seen_as}", path.verdict()),
        })
        .collect();
    ways.dedup();
    format!("It depends on as whom the policies of {to} see {from}: {}.", ways.join(", "))
}

fn name_of_pair(world: &World, path: &Path, one_sender: bool) -> String {
    let to = path.to.short_name(world);
    if one_sender {
        format!("to {to}")
    } else {
        format!("from {} to {to}", path.from.short_name(world))
    }
}

/// Which of several have which verdict.
fn mixed<'a>(
    paths: impl IntoIterator<Item = &'a Path>,
    on: &str,
    name: impl Fn(&Path) -> String,
) -> String {
    let named: Vec<(Verdict, String)> =
        paths.into_iter().map(|path| (path.joint, name(path))).collect();
    let of = |wanted| {
        let mut with: Vec<&str> = named
            .iter()
            .filter(|(verdict, _)| *verdict == wanted)
            .map(|(_, name)| name.as_str())
            .collect();
        with.dedup();
        (!with.is_empty()).then(|| format!("{wanted} {}", words::list(&with)))
    };
    let parts: Vec<String> = Verdict::ALL.into_iter().filter_map(of).collect();
    format!("It depends on the {on}: {}.", parts.join("; "))
}

/// One sentence that answers the question.
fn of_judged(world: &World, path: &Path, judged: &Judged) -> String {
    let (egress, ingress) = (&judged.trace.egress, &judged.trace.ingress);
    let isolated = |side: &Side| side.reason == SideReason::Isolated;
    let from = path.from.short_name(world);
    let to = path.to.short_name(world);
    if judged.hinges_on_an_address() {
        return format!(
            "Nothing can be said: it hinges on the address of {to}, which is not known."
        );
    }
    match (egress.passes, ingress.passes) {
        (Answer::Depends, Answer::Depends) if judged.trace.passes() == Answer::No => {
            either_way(&from, &to, judged)
        }
        (Answer::Yes, Answer::Yes) if path.from == path.to => {
            format!("Nothing keeps {from} from reaching itself.")
        }
        (Answer::Yes, Answer::Yes) => allowed(world, &from, &to, judged),
        (Answer::No, Answer::No) => {
            format!("No policy lets {from} leave for {to}, and none lets it in.")
        }
        (Answer::No, _) => format!(
            "No policy lets {from} leave for {to}{}.",
            if isolated(ingress) {
                format!(", though {to} would let it in")
            } else {
                String::new()
            }
        ),
        (_, Answer::No) => format!(
            "No policy of {to} lets {from} in{}.",
            if isolated(egress) {
                format!(", though {from} may leave for it")
            } else {
                String::new()
            }
        ),
        _ => format!("Network plugins differ on whether {from} may connect to {to}."),
    }
}

/// Each answer to whether pods in their node's network are selected stops the connection, at
/// another side each.
fn either_way(from: &str, to: &str, judged: &Judged) -> String {
    // As their node, such pods have no policies of their own: the side that stops it then is that
    // of the other end.
    let (as_node, as_pod) = match judged.trace.egress.exempt.as_slice() {
        [.., Topic::HostNetworkPods] => ("lets it in", "lets it out"),
        _ => ("lets it out", "lets it in"),
    };
    format!(
        "{from} cannot connect to {to} whether hostNetwork pods count as their node or as pods: no \
         policy {as_node} in the first case, none {as_pod} in the second."
    )
}

fn allowed(world: &World, from: &str, to: &str, judged: &Judged) -> String {
    let (egress, ingress) = (&judged.trace.egress, &judged.trace.ingress);
    let [leaves, enters] = [egress, ingress].map(|side| words::policies(world, side, Answer::Yes));
    let let_verb = |policies: &[String]| if policies.len() == 1 { "lets" } else { "let" };
    let [let_leave, let_enter] = [let_verb(&leaves), let_verb(&enters)];
    let [leaves, enters] = [words::list(&leaves), words::list(&enters)];
    let is_pod = |side: &Side| side.reason != SideReason::NotAPod;
    let (from_pod, to_pod) = (is_pod(egress), is_pod(ingress));
    match (leaves.is_empty(), enters.is_empty()) {
        (false, false) => {
            format!("{leaves} {let_leave} {from} leave for {to}, and {enters} {let_enter} it in.")
        }
        (false, true) => format!(
            "{leaves} {let_leave} {from} leave for {to}{}.",
            if to_pod { ", and nothing restricts who enters" } else { "" }
        ),
        (true, false) => format!(
            "{enters} {let_enter} {from} enter {to}{}.",
            if from_pod { ", and nothing restricts where the sender goes" } else { "" }
        ),
        (true, true) => match ingress.reason {
            _ if egress.reason == SideReason::NotEnforced
                || ingress.reason == SideReason::NotEnforced =>
            {
                "The network plugin does not enforce policies: everything is allowed.".to_owned()
            }
            SideReason::OwnNode => {
                format!("{from} is the node that {to} runs on, which can always reach its pods.")
            }
            _ if !from_pod => format!("No policy restricts who enters {to}."),
            _ if !to_pod => format!("No policy restricts where {from} goes."),
            _ => format!("No policy restricts where {from} goes or who enters {to}."),
        },
    }
}
