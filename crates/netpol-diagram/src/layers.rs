//! Who comes before whom: vertices in layers, so that most flows go forward.

use std::collections::BTreeMap;

use netpol_sort::Gather;

/// Weighted pairs of vertices.
pub(crate) type Weights = BTreeMap<(usize, usize), usize>;

/// The layer of each vertex, from 0; `None`: no pair says where it belongs.
///
/// Pairs that go both ways with the same weight cancel each other. What is left is made acyclic
/// by the order of Eades, Lin and Smyth ("A fast and effective heuristic for the feedback arc set
/// problem", 1993), and layered by longest paths.
pub(crate) fn layers(vertices: usize, weights: &Weights) -> Vec<Option<usize>> {
    let arcs = net(weights);
    let order = order(vertices, &arcs);
    let mut place = vec![0; vertices];
    for (position, vertex) in order.iter().enumerate() {
        place[*vertex] = position;
    }
    let mut successors = vec![Vec::new(); vertices];
    let mut layer = vec![None; vertices];
    for (from, to) in arcs.keys().copied() {
        layer[from] = Some(0);
        layer[to] = Some(0);
        if place[from] < place[to] {
            successors[from].push(to);
        }
    }
    for vertex in order {
        let next = layer[vertex].map(|it| it + 1);
        for successor in &successors[vertex] {
            layer[*successor] = layer[*successor].max(next);
        }
    }
    layer
}

/// What remains when opposite pairs are set against each other.
fn net(weights: &Weights) -> Weights {
    weights
        .iter()
        .filter_map(|(&(from, to), &weight)| {
            let back = weights.get(&(to, from)).copied().unwrap_or(0);
            (from != to && weight > back).then(|| ((from, to), weight - back))
        })
        .gather()
}

/// All vertices, so that the arcs that go backward weigh little.
fn order(vertices: usize, arcs: &Weights) -> Vec<usize> {
    let mut surplus = vec![0_isize; vertices];
    let mut outgoing = vec![0_usize; vertices];
    let mut incoming = vec![0_usize; vertices];
    let mut neighbours = vec![Vec::new(); vertices];
    for (&(from, to), &weight) in arcs {
        let weight = weight.cast_signed();
        surplus[from] += weight;
        surplus[to] -= weight;
        outgoing[from] += 1;
        incoming[to] += 1;
        neighbours[from].push((to, -weight, true));
        neighbours[to].push((from, weight, false));
    }
    let mut left: Vec<usize> = (0..vertices).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let sink = left.iter().rposition(|it| outgoing[*it] == 0);
        let source = || left.iter().position(|it| incoming[*it] == 0);
        // Of equals the first, which is the first by name.
        let best = || (0..left.len()).rev().max_by_key(|it| surplus[left[*it]]);
        let Some(position) = sink.or_else(source).or_else(best) else { break };
        let vertex = left.remove(position);
        if sink.is_some() { &mut back } else { &mut front }.push(vertex);
        for (other, weight, is_successor) in &neighbours[vertex] {
            surplus[*other] -= weight;
            let count = if *is_successor { &mut incoming[*other] } else { &mut outgoing[*other] };
            *count = count.saturating_sub(1);
        }
    }
    front.extend(back.into_iter().rev());
    front
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vertices: usize, pairs: &[(usize, usize)]) -> Vec<Option<usize>> {
        layers(vertices, &pairs.iter().map(|pair| (*pair, 1)).collect())
    }

    #[test]
    fn a_chain_has_a_layer_for_each_link() {
        assert_eq!(of(3, &[(2, 0), (0, 1)]), [Some(1), Some(2), Some(0)]);
    }

    #[test]
    fn both_ways_say_nothing() {
        assert_eq!(of(3, &[(0, 1), (1, 0), (0, 2)]), [Some(0), None, Some(1)]);
    }

    #[test]
    fn a_cycle_is_cut_once() {
        let layers = of(3, &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(layers, [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn the_heavier_direction_wins() {
        let weights = [((0, 1), 1), ((1, 0), 3)].into();
        assert_eq!(layers(2, &weights), [Some(1), Some(0)]);
    }
}
