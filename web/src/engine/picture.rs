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
    let unfiltered = FlowQuery { source, limit, ..FlowQuery::default() };
    let all = analysis.flows(&unfiltered);
    // Judging all pairs of a large cluster takes seconds: not twice.
    let flows = if query.flows == unfiltered { all.clone() } else { analysis.flows(&query.flows) };
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

#[cfg(test)]
mod tests {
    use netpol::view::Verdict;
    use netpol::{Sources, analyse};

    use super::*;

    fn picture(text: &str, flows: FlowQuery) -> Picture {
        let flows = FlowQuery { limit: 100, ..flows };
        draw(&analyse(Sources::single("m", text)), &PictureQuery { flows, width: 900 })
    }

    #[test]
    fn filters_hide_flows_and_move_nothing() {
        let text = netpol_lessons::SCENARIOS[0].manifests;
        let all = picture(text, FlowQuery::default());
        let verdict = Some(Verdict::Denied);
        let denied = picture(text, FlowQuery { verdict, ..FlowQuery::default() });
        assert!(denied.flows.flows.len() < all.flows.flows.len());
        assert_eq!(denied.scene.cards, all.scene.cards);
        assert!(denied.scene.edges.iter().all(|edge| edge.verdict == Verdict::Denied));
    }

    #[test]
    fn a_large_cluster_is_thinned_out_and_says_so() {
        let pod = |i: usize| {
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}, namespace: n}}\n---\n")
        };
        let text: String = (0..NODES + 30).map(pod).collect();
        let picture = picture(&text, FlowQuery::default());
        assert!(picture.scene.cards.len() <= NODES, "{} cards", picture.scene.cards.len());
        assert!(picture.hidden >= 30, "{} hidden", picture.hidden);
    }
}
