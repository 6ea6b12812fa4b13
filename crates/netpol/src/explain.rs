//! Traces to sentences. All prose about verdicts is made here, once for every front end.

mod parts;
mod policy;
mod side;
mod words;

pub(crate) use policy::policy_sentence;

use netpol_eval::{Found, World};
use netpol_syntax::Sources;

use crate::connect::{self, LazyReachability, Path};
use crate::endpoint::{self, EndRef};
use crate::view::{
    Answer, ConnectionQuery, Direction, Explanation, PathView, PortSpec, QueryError, SideView,
    Verdict,
};

/// What sentences are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) world: &'a World,
    pub(crate) sources: &'a Sources,
}

/// The verdict about one connection, with its reasons.
pub(crate) fn explain(
    context: Context<'_>,
    reachability: &LazyReachability<'_>,
    query: &ConnectionQuery,
) -> Result<Explanation, QueryError> {
    let Context { world, sources } = context;
    let (from_name, from) = endpoint::find(world, &query.from)?;
    let (to_name, to) = endpoint::find(world, &query.to)?;
    let protocol = query.protocol.into();
    let result = connect::paths(world, reachability, &from, &to, &query.port, protocol);
    let (paths, reason) = match result {
        Ok(paths) => (paths, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let verdict = connect::combined(paths.iter().map(Path::verdict));
    let views: Vec<PathView> = paths.iter().map(|path| path_view(context, path)).collect();
    let summary = match reason {
        Some(reason) => format!("There is nothing to judge: {reason}."),
        None => summary(context, &paths),
    };
    Ok(Explanation {
        from: endpoint::view(world, sources, &from_name, &from),
        to: endpoint::view(world, sources, &to_name, &to),
        port: query.port.clone(),
        protocol: query.protocol,
        verdict,
        summary,
        notes: notes(context, &to, &query.port, &paths),
        paths: views,
    })
}

/// One sentence about all paths of a question: for lists of results.
pub(crate) fn summary(context: Context<'_>, paths: &[Path]) -> String {
    match paths {
        [only] => summary_of_one(context, only),
        several => summary_of_several(context, several),
    }
}

fn summary_of_one(context: Context<'_>, path: &Path) -> String {
    match &path.judged {
        Ok(judged) => {
            let (egress, ingress) = sides(context, path, judged);
            words::summary(context.world, path, judged, &egress, &ingress)
        }
        Err(reason) => format!("There is nothing to judge: {reason}."),
    }
}

fn sides(context: Context<'_>, path: &Path, judged: &connect::Judged) -> (SideView, SideView) {
    let side_of = |direction| side::view(context, path, judged, direction);
    (side_of(Direction::Egress), side_of(Direction::Ingress))
}

fn path_view(context: Context<'_>, path: &Path) -> PathView {
    let world = context.world;
    let (egress, ingress, summary) = match &path.judged {
        Ok(judged) => {
            let (egress, ingress) = sides(context, path, judged);
            let summary = words::summary(world, path, judged, &egress, &ingress);
            (egress, ingress, summary)
        }
        Err(reason) => {
            let side = |direction| SideView {
                direction,
                passes: Answer::Yes,
                isolated: false,
                summary: "Not judged.".to_owned(),
                policies: Vec::new(),
                not_applicable: Vec::new(),
            };
            let summary = format!("There is nothing to judge: {reason}.");
            (side(Direction::Egress), side(Direction::Ingress), summary)
        }
    };
    PathView {
        from: path.from.name(world),
        to: path.to.name(world),
        port: path.port,
        verdict: path.verdict(),
        summary,
        egress,
        ingress,
    }
}

/// Several paths in one sentence.
fn summary_of_several(context: Context<'_>, paths: &[Path]) -> String {
    let verdict = connect::combined(paths.iter().map(Path::verdict));
    match (verdict, paths.first()) {
        (_, None) => "There is nothing to judge: no pods are behind these names.".to_owned(),
        (Verdict::Mixed, _) => mixed(context.world, paths),
        (_, Some(first)) => format!("The same for every pod. {}", summary_of_one(context, first)),
    }
}

/// Which of the pods have which verdict.
fn mixed(world: &World, paths: &[Path]) -> String {
    let one_sender = paths.iter().all(|path| path.from == paths[0].from);
    let one_receiver = paths.iter().all(|path| path.to == paths[0].to);
    let name = |path: &Path| {
        if let (true, true, Ok(judged)) = (one_sender, one_receiver, &path.judged) {
            format!("to {}", judged.connection.to.address())
        } else if one_sender {
            format!("to {}", path.to.short_name(world))
        } else {
            format!("from {} to {}", path.from.short_name(world), path.to.short_name(world))
        }
    };
    let parts: Vec<String> = Verdict::ALL
        .into_iter()
        .filter_map(|wanted| {
            let with: Vec<String> =
                paths.iter().filter(|path| path.verdict() == wanted).map(name).collect();
            (!with.is_empty()).then(|| format!("{wanted} {}", words::list(&with)))
        })
        .collect();
    let on = if one_sender && one_receiver { "address" } else { "pod" };
    format!("It depends on the {on}: {}.", parts.join("; "))
}

/// What else to know about a connection.
fn notes(context: Context<'_>, to: &Found, port: &PortSpec, paths: &[Path]) -> Vec<String> {
    let world = context.world;
    let mut notes = Vec::new();
    for path in paths {
        if let (Found::Service(id), Some(target)) = (to, path.port)
            && *port != PortSpec::Number(target)
        {
            let service = &world.service(*id).meta.name;
            notes.push(format!(
                "Service `{service}` sends {port} to port {target} of {}; policies see the pod's port",
                path.to.short_name(world)
            ));
        }
        if let (EndRef::Pod(pod), Some(number), Ok(judged)) = (path.to, path.port, &path.judged) {
            let declared = &world.template(world.pod(pod)).ports;
            let protocol = judged.connection.protocol;
            let listens = declared.iter().any(|p| p.number == number && p.protocol == protocol);
            if !listens {
                notes.push(format!(
                    "{} does not declare port {number}/{protocol}; policies do not care who listens",
                    path.to.short_name(world)
                ));
            }
        }
        if let Ok(judged) = &path.judged {
            notes.extend(words::topics(judged));
        }
    }
    notes.sort();
    notes.dedup();
    notes
}
