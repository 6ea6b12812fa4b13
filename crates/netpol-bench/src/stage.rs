//! The engine's stages, one function each, so that each can be measured alone.

use netpol::view::{ConnectionQuery, PortSpec, Protocol};
use netpol::{Analysis, Sources};
use netpol_eval::{Answer, Connection, End, PodId, Reachability, Traffic, World, trace};
use netpol_model::{Objects, Reading};

/// What the text is called in findings.
const NAME: &str = "cluster.yaml";

/// From text to objects: parsing, decoding, defaults, validation.
pub fn read(text: &str) -> Objects {
    Reading::of(&Sources::single(NAME, text)).objects().0
}

/// From text to what a front end asks: reading, resolving, findings.
pub fn analyse(text: &str) -> Analysis {
    netpol::analyse(Sources::single(NAME, text))
}

/// From objects to the cluster as policies see it.
pub fn resolve(objects: Objects) -> World {
    World::resolve(objects)
}

/// All pairs on all ports. Valgrind counts between its start and its end.
#[inline(never)]
pub fn judge(world: &World) -> Reachability {
    Reachability::of(world)
}

/// The baseline: [`trace`] for every pod to every other on TCP 8080, one after another. Says how
/// many of those connections are made.
pub fn judge_naively(world: &World) -> usize {
    let pods: Vec<PodId> = world.pod_ids().collect();
    let pairs = pods.iter().flat_map(|from| pods.iter().map(move |to| (*from, *to)));
    let made = |(from, to): &(PodId, PodId)| {
        let connection = connection(world, *from, *to);
        connection.is_some_and(|connection| trace(world, &connection).passes() == Answer::Yes)
    };
    pairs.filter(|(from, to)| from != to).filter(made).count()
}

fn connection(world: &World, from: PodId, to: PodId) -> Option<Connection> {
    let end = |pod| {
        let address = world.pod(pod).addresses.first().copied();
        address.map(|address| End::Pod { pod, address })
    };
    let (from, to) = (end(from)?, end(to)?);
    Some(Connection {
        from,
        to,
        traffic: Traffic::Port(netpol_model::Protocol::default(), 8080),
        via_service: false,
    })
}

/// Questions about connections of an analysed cluster, spread over its pods.
pub fn questions(analysis: &Analysis) -> Vec<ConnectionQuery> {
    const QUESTIONS: usize = 64;
    /// Neighbours in the list are often of one namespace, and most connections cross namespaces.
    const STRIDE: usize = 7919;
    let nodes = analysis.topology().nodes;
    let id = |number: usize| nodes[number % nodes.len()].id.clone();
    let question = |number: usize| ConnectionQuery {
        from: id(number * STRIDE),
        to: id(number * STRIDE + number % 3 * STRIDE + 1),
        port: PortSpec::Number(8080),
        protocol: Protocol::Tcp,
    };
    (0..QUESTIONS).map(question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Form, SHAPES};

    #[test]
    fn the_baseline_counts_what_reachability_counts() {
        let world = resolve(read(&SHAPES[0].text(Form::Yaml)));
        let reachability = judge(&world);
        let mut made = 0;
        for from in world.pod_ids() {
            for to in world.pod_ids().filter(|to| *to != from) {
                let ends = (reachability.of_pod(from), reachability.of_pod(to));
                let (Some(from), Some(to)) = ends else { continue };
                let answer = reachability.connects(from, to, netpol_model::Protocol::Tcp, 8080);
                made += usize::from(answer == Some(Answer::Yes));
            }
        }
        assert!(made > 0);
        assert_eq!(judge_naively(&world), made);
    }

    #[test]
    fn every_question_has_an_answer() {
        let analysis = analyse(&SHAPES[0].text(Form::Yaml));
        for question in questions(&analysis) {
            assert!(analysis.explain(&question).is_ok(), "{question:?}");
        }
    }
}
