//! Traces to sentences. All prose about verdicts is made here, once for every front end.

mod lookup;
mod notes;
mod parts;
mod policy;
mod questions;
mod side;
mod summary;
mod words;

pub(crate) use policy::policy_sentence;
pub(crate) use summary::summary;

use netpol_eval::{Found, World};
use netpol_syntax::Sources;

use crate::connect::{self, LazyReachability, Path, Paths};
use crate::endpoint;
use crate::view::{
    Answer, ConnectionQuery, Direction, Explanation, PathView, PortSpec, Protocol, QueryError,
    Section, SideView,
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
    let written = connect::Written::of(&from_name, &to_name);
    let (port, protocol) = (&query.port, query.protocol);
    let result = connect::paths(world, reachability, &from, &to, port, protocol, written);
    let (paths, reason) = match result {
        Ok(paths) => (paths, None),
        Err(reason) => (Paths::default(), Some(reason)),
    };
    let views = path_views(context, &paths.all);
    let section = reason.as_ref().map(|_| match to {
        Found::Service(_) => Section::Services,
        _ => Section::Verdicts,
    });
    let summary = match reason {
        Some(reason) => summary::of_nothing(&reason),
        None => summary(world, &paths.all),
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
        section,
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

/// All paths, with what is open about each pair of ends.
fn path_views(context: Context<'_>, paths: &[Path]) -> Vec<PathView> {
    let same_pair = |a: &Path, b: &Path| (a.from, a.to, a.family()) == (b.from, b.to, b.family());
    let mut views = Vec::new();
    for ways in paths.chunk_by(same_pair) {
        let ways: Vec<&Path> = ways.iter().collect();
        let questions = questions::questions(context.world, &ways);
        let branches = questions::branches(context.world, &ways);
        views.extend(ways.into_iter().map(|path| PathView {
            questions: questions.clone(),
            branches: branches.clone(),
            ..path_view(context, path)
        }));
    }
    views
}

fn path_view(context: Context<'_>, path: &Path) -> PathView {
    let world = context.world;
    let side = |direction| match &path.judged {
        Ok(judged) => side::view(context, path, judged, direction),
        Err(_) => not_judged(direction),
    };
    PathView {
        from: path.from.name(world),
        to: path.to.name(world),
        seen_as: summary::seen_as(path.seen_as).map(str::to_owned),
        port: path.port,
        verdict: path.verdict(),
        summary: summary::of_path(world, path),
        section: path.nothing,
        questions: Vec::new(),
        branches: Vec::new(),
        egress: side(Direction::Egress),
        ingress: side(Direction::Ingress),
    }
}

fn not_judged(direction: Direction) -> SideView {
    SideView {
        direction,
        passes: Answer::Yes,
        isolated: false,
        summary: "Not judged.".to_owned(),
        section: Section::Verdicts,
        policies: Vec::new(),
        not_applicable: Vec::new(),
    }
}
