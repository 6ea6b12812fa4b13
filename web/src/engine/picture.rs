//! The flows, placed: done in the worker, so that the page's thread only draws.

use netpol::view::{FlowQuery, Flows, Topology};
use netpol_diagram::{Contents, Fold, LastLayout, Options};

use super::Current;
use crate::protocol::{Picture, PictureQuery, Totals};

/// So many pods, services and policies of a large cluster are told, and so many of those that a
/// policy selects. The page lists no more, and reading all of them would take it too long.
const TOLD: usize = 600;
const SELECTED: usize = 50;

/// Draws the flows of a query. Filters hide flows but move nothing.
pub(super) fn draw(current: &Current, layout: &mut LastLayout, query: &PictureQuery) -> Picture {
    let Current { analysis, topology, .. } = current;
    let before = current.since(query.since);
    let fold = Fold::of(topology, &query.folding);
    let FlowQuery { source, most, limit, .. } = query.flows;
    let unfiltered = FlowQuery { source, most, limit, ..FlowQuery::default() };
    let all = analysis.bundled_flows(&unfiltered, fold.cards(), before);
    let filtered = (query.flows != unfiltered)
        .then(|| analysis.bundled_flows(&query.flows, fold.cards(), before));
    let shown = filtered.as_ref().unwrap_or(&all);
    let contents = Contents { topology, fold: &fold, all: &all, shown, places: &query.places };
    let scene = layout.scene(&contents, Options { width: query.width, height: query.height });
    let folded = [fold.folded_namespaces(), topology.namespaces.len()];
    let changed = all.changed.clone();
    Picture { scene, folded, changed, flows: filtered.unwrap_or(all) }
}

/// The flows that a picture lists.
pub(super) fn flows(current: &Current, query: &PictureQuery) -> Flows {
    let fold = Fold::of(&current.topology, &query.folding);
    current.analysis.bundled_flows(&query.flows, fold.cards(), current.since(query.since))
}

/// As much of a topology as the page lists.
pub(super) fn told(topology: &Topology) -> (Topology, Totals) {
    let Topology { namespaces, nodes, externals, services, policies, other_kinds, .. } = topology;
    let totals = Totals { nodes: nodes.len(), services: services.len(), policies: policies.len() };
    let mut told = Topology::default();
    told.namespaces.clone_from(namespaces);
    told.nodes = nodes.iter().take(TOLD).cloned().collect();
    told.externals.clone_from(externals);
    told.services = services.iter().take(TOLD).cloned().collect();
    told.policies = policies.iter().take(TOLD).cloned().collect();
    for policy in &mut told.policies {
        policy.selects.truncate(SELECTED);
    }
    told.other_kinds.clone_from(other_kinds);
    (told, totals)
}

#[cfg(test)]
mod tests {
    use netpol::view::Verdict;
    use netpol::{Sources, analyse};
    use netpol_diagram::{CardKind, Folding, Places};

    use super::*;

    fn picture(text: &str, flows: FlowQuery, folding: Folding) -> Picture {
        let analysis = analyse(Sources::single("m", text));
        let flows = FlowQuery { limit: 100, most: Some(100), ..flows };
        let topology = analysis.topology();
        let current = Current { revision: 1, analysis, topology, text: None, before: None };
        draw(
            &current,
            &mut LastLayout::default(),
            &PictureQuery {
                flows,
                folding,
                places: Places::new(),
                since: None,
                width: 900,
                height: None,
            },
        )
    }

    #[test]
    fn filters_hide_flows_and_move_nothing() {
        let text = netpol_lessons::SCENARIOS[0].manifests;
        let all = picture(text, FlowQuery::default(), Folding::default());
        let verdicts = vec![Verdict::Denied];
        let query = FlowQuery { verdicts, ..FlowQuery::default() };
        let denied = picture(text, query, Folding::default());
        assert!(denied.flows.flows.len() < all.flows.flows.len());
        assert_eq!(denied.scene.cards, all.scene.cards);
        assert!(denied.scene.edges.iter().all(|edge| edge.verdict == Verdict::Denied));
    }

    /// Pods that differ, in namespaces of ten.
    fn pods(count: usize) -> String {
        let pod = |i: usize| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}, namespace: n{}, labels: {{app: a{i}}}}}\n\
                spec: {{containers: [{{name: c, ports: [{{containerPort: 80}}]}}]}}\n---\n",
                i / 10
            )
        };
        (0..count).map(pod).collect()
    }

    #[test]
    fn a_large_cluster_is_folded_until_somebody_opens_it() {
        let query = || FlowQuery { endpoints: vec!["n0/p1".to_owned()], ..FlowQuery::default() };
        let folded = picture(&pods(150), query(), Folding::default());
        assert_eq!((folded.scene.cards.len(), folded.folded), (15, [15, 15]));
        assert!(folded.scene.cards.iter().all(|card| card.kind == CardKind::Namespace));
        let mut counts: Vec<u64> = folded.scene.edges.iter().map(|edge| edge.count).collect();
        counts.sort_unstable();
        // To and from ten pods of each other namespace, and nine of its own, both ways.
        assert_eq!(counts, [vec![10; 28], vec![18]].concat());

        let open = Folding { open: ["n0".to_owned()].into(), ..Folding::default() };
        let opened = picture(&pods(150), query(), open);
        assert_eq!((opened.scene.cards.len(), opened.folded), (24, [14, 15]));
        assert!(opened.scene.edges.iter().all(|it| it.from == "n0/p1" || it.to == "n0/p1"));
    }

    #[test]
    fn what_the_page_is_told_is_bounded() {
        let analysis = analyse(Sources::single("m", pods(TOLD + 30)));
        let (topology, totals) = told(&analysis.topology());
        assert_eq!((topology.nodes.len(), totals.nodes), (TOLD, TOLD + 30));
    }
}
