//! The flows, placed: done in the worker, so that the page's thread only draws.

use std::collections::BTreeSet;

use netpol::Analysis;
use netpol::view::{FlowQuery, Flows, Topology};
use netpol_diagram::{Options, filtered_scene};

use crate::protocol::{Picture, PictureQuery};

/// So many pods are drawn at once.
const NODES: usize = 120;

/// Draws the flows of a query. Filters hide flows but move nothing.
pub(super) fn draw(analysis: &Analysis, query: &PictureQuery) -> Picture {
    let FlowQuery { source, limit, .. } = query.flows;
    let all = analysis.flows(&FlowQuery { source, limit, ..FlowQuery::default() });
    let flows = analysis.flows(&query.flows);
    let mut topology = analysis.topology();
    let hidden = thin_out(&mut topology, &flows, &all);
    let scene = filtered_scene(&topology, &all, &flows, Options { width: query.width });
    Picture { flows, scene, hidden }
}

/// Leaves out pods until the picture can be read, those without flows first. Says how many.
fn thin_out(topology: &mut Topology, shown: &Flows, all: &Flows) -> usize {
    let before = topology.nodes.len();
    if before <= NODES {
        return 0;
    }
    let mut kept = BTreeSet::new();
    let ends = [shown, all].into_iter().flat_map(|flows| &flows.flows).flat_map(|flow| &flow.edges);
    for id in
        ends.flat_map(|edge| [&edge.from, &edge.to]).chain(topology.nodes.iter().map(|n| &n.id))
    {
        if kept.len() == NODES {
            break;
        }
        kept.insert(id.clone());
    }
    topology.nodes.retain(|node| kept.contains(&node.id));
    let namespaces: BTreeSet<&str> =
        topology.nodes.iter().map(|node| node.namespace.as_str()).collect();
    topology.namespaces.retain(|namespace| namespaces.contains(namespace.name.as_str()));
    before - topology.nodes.len()
}
