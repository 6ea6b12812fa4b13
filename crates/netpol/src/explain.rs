//! Traces to sentences. All prose about verdicts is made here, once for every front end.

mod lookup;
mod notes;
mod parts;
mod policy;
mod side;
mod summary;
mod words;

pub(crate) use policy::policy_sentence;
pub(crate) use summary::summary;

use netpol_eval::World;
use netpol_syntax::Sources;

use crate::connect::{self, LazyReachability, Path, Paths};
use crate::endpoint;
use crate::view::{
    Answer, ConnectionQuery, Direction, Explanation, PathView, PortSpec, Protocol, QueryError,
    SideView,
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
    let result = connect::paths(world, reachability, &from, &to, &query.port, query.protocol);
    let (paths, reason) = match result {
        Ok(paths) => (paths, None),
        Err(reason) => (Paths::default(), Some(reason)),
    };
    let views: Vec<PathView> = paths.all.iter().map(|path| path_view(context, path)).collect();
    let summary = match reason {
        Some(reason) => format!("There is nothing to judge: {reason}."),
        None => summary(context, &paths.all),
    };
    let lookup = connect::lookup(world, reachability, &from, &to);
    Ok(Explanation {
        lookup: lookup.map(|lookup| lookup::view(context, &lookup)),
        from: endpoint::view(world, sources, &from_name, &from),
        to: endpoint::view(world, sources, &to_name, &to),
        port: asked_port(query),
        protocol: query.protocol,
        verdict: paths.verdict(),
        summary,
        notes: notes::notes(context, &to, &query.port, &paths),
        paths: views,
    })
}

/// The port as asked, if the protocol has any.
fn asked_port(query: &ConnectionQuery) -> PortSpec {
    match query.protocol {
        Protocol::Icmp => PortSpec::None,
        _ => query.port.clone(),
    }
}

fn sides(context: Context<'_>, path: &Path, judged: &connect::Judged) -> (SideView, SideView) {
    let side_of = |direction| side::view(context, path, judged, direction);
    (side_of(Direction::Egress), side_of(Direction::Ingress))
}

fn path_view(context: Context<'_>, path: &Path) -> PathView {
    let world = context.world;
    let (egress, ingress) = match &path.judged {
        Ok(judged) => sides(context, path, judged),
        Err(_) => (not_judged(Direction::Egress), not_judged(Direction::Ingress)),
    };
    PathView {
        from: path.from.name(world),
        to: path.to.name(world),
        seen_as: summary::seen_as(path.seen_as).map(str::to_owned),
        port: path.port,
        verdict: path.verdict(),
        summary: summary::of_path(context, path),
        egress,
        ingress,
    }
}

fn not_judged(direction: Direction) -> SideView {
    SideView {
        direction,
        passes: Answer::Yes,
        isolated: false,
        summary: "Not judged.".to_owned(),
        policies: Vec::new(),
        not_applicable: Vec::new(),
    }
}
