use std::collections::BTreeSet;

use netpol_diagram::Scene;
use netpol_web::model::Shared;
use netpol_web::protocol::Picture;
use yew::prelude::*;

use crate::js::page;

/// The first picture is drawn at once if it has so few cards and edges. That of the first view is.
const SMALL: usize = 60;

/// So many new ones are drawn at a time otherwise: few enough that the page does not stop for them.
const SLICE: usize = 12;

/// How much of a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// So many, or all.
    pub(crate) cards: Option<usize>,
    pub(crate) edges: usize,
    /// On so many edges something moves.
    pub(crate) moving: usize,
    /// Whether all of it is, but for what moves.
    pub(crate) whole: bool,
}

impl Drawn {
    /// So many pieces of a picture with these cards and edges, in the order in which they are drawn: cards, edges,
    /// and last, since it takes as long as the rest, what moves on these.
    fn of([cards, edges]: [usize; 2], pieces: usize) -> Self {
        let after = |before| pieces.saturating_sub(before);
        Self {
            cards: (pieces < cards).then_some(pieces),
            edges: after(cards).min(edges),
            moving: after(cards + edges).min(edges),
            whole: pieces >= cards + edges,
        }
    }
}

/// How much of a picture is drawn by now. What has been there stays; many new cards and edges come slice by slice,
/// when the browser has drawn what else there is, and what moves when it has nothing else to do. About `in_sight`
/// cards can be seen at once.
#[hook]
pub(crate) fn use_pieces(picture: &Shared<Picture>, in_sight: usize) -> Drawn {
    let known = use_mut_ref(|| None::<Shared<Picture>>);
    let pieces = use_mut_ref(|| 0);
    let again = use_force_update();
    let before = known.replace(Some(picture.clone()));
    if before.as_ref() != Some(picture) {
        let known = before.as_ref().map(|before| ids(&before.scene, in_sight).collect());
        let still: Vec<&str> = ids(&picture.scene, in_sight).collect();
        let all = still.len() + picture.scene.edges.len();
        pieces.replace_with(|pieces| next(known, &still, *pieces).min(all));
    }
    let now = *pieces.borrow();
    let (cards, edges) = (picture.scene.cards.len().min(in_sight), picture.scene.edges.len());
    use_effect_with((picture.clone(), now), move |(_, now)| {
        let (now, still) = (*now, cards + edges);
        let draw = move |to| {
            move || {
                // Unless another picture has come.
                if *pieces.borrow() == now {
                    pieces.replace(to);
                    again.force_update();
                }
            }
        };
        if now < still {
            page::when_drawn(draw(still.min(now + SLICE)));
        } else if now < still + edges {
            page::when_idle(draw(now + SLICE));
        }
    });
    Drawn::of([cards, edges], now)
}

/// How many pieces of a picture are drawn at first, after so many of the one before. `still` are those that do not
/// move, of which that one, if there was one, had the `known`.
fn next(known: Option<BTreeSet<&str>>, still: &[&str], pieces: usize) -> usize {
    let Some(known) = known else {
        return if still.len() <= SMALL { still.len() } else { 0 };
    };
    let drawn = pieces.max(SLICE);
    let new = still.iter().take(drawn).filter(|id| !known.contains(**id)).count();
    if new > SLICE { 0 } else { drawn }
}

/// The pieces that stand still.
fn ids(scene: &Scene, in_sight: usize) -> impl Iterator<Item = &str> {
    let cards = scene.cards.iter().take(in_sight).map(|card| card.id.as_str());
    cards.chain(scene.edges.iter().map(|edge| edge.id.as_str()))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    /// A picture of cards with these numbers, and as many edges.
    fn first_drawn(known: Option<Range<usize>>, cards: Range<usize>, pieces: usize) -> usize {
        let name = |kind: &str, numbers: &Range<usize>| {
            numbers.clone().map(|number| format!("{kind} {number}")).collect::<Vec<_>>()
        };
        let names = |cards: Range<usize>| [name("card", &cards), name("edge", &cards)].concat();
        let (known, still) = (known.map(names), names(cards));
        let known = known.as_ref().map(|known| known.iter().map(String::as_str).collect());
        next(known, &still.iter().map(String::as_str).collect::<Vec<_>>(), pieces)
    }

    #[test]
    fn many_new_pieces_wait_for_each_other_and_what_was_there_stays() {
        let cases = [
            ("the first, small: all but what moves", None, 0..20, 0, 40),
            ("the first, large", None, 0..100, 0, 0),
            ("nothing new", Some(0..100), 0..100, 300, 300),
            ("nothing new while it is being drawn", Some(0..100), 0..100, 50, 50),
            ("a little more", Some(0..100), 0..104, 300, 300),
            ("a little less", Some(0..100), 0..90, 300, 300),
            ("the first few", Some(0..0), 0..8, 0, SLICE),
            ("much more", Some(0..20), 0..100, 60, 0),
            ("another one", Some(0..100), 100..200, 300, 0),
        ];
        for (what, known, cards, pieces, expected) in cases {
            assert_eq!(first_drawn(known, cards, pieces), expected, "{what}");
        }
    }

    #[test]
    fn cards_come_first_then_edges_then_what_moves() {
        let drawn = |pieces| Drawn::of([10, 20], pieces);
        assert_eq!(drawn(4), Drawn { cards: Some(4), edges: 0, moving: 0, whole: false });
        assert_eq!(drawn(14), Drawn { cards: None, edges: 4, moving: 0, whole: false });
        assert_eq!(drawn(34), Drawn { cards: None, edges: 20, moving: 4, whole: true });
        assert_eq!(drawn(99), Drawn { cards: None, edges: 20, moving: 20, whole: true });
    }
}
