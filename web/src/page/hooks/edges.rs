use std::collections::BTreeSet;

use netpol_web::model::Shared;
use netpol_web::protocol::Picture;
use yew::prelude::*;

use crate::js::page;

/// So many new edges are drawn at a time: more than most pictures have, and not so many that the page stops for them.
const SLICE: usize = 40;

/// How many edges of a picture are drawn by now. Those that have been there stay; of many new ones the others follow
/// when the browser has drawn the first.
#[hook]
pub(crate) fn use_edges(picture: &Shared<Picture>) -> usize {
    let before = use_mut_ref(|| None::<Shared<Picture>>);
    let drawn = use_mut_ref(|| SLICE);
    let again = use_force_update();
    let known = before.replace(Some(picture.clone()));
    let known = known.iter().flat_map(|picture| ids(picture)).collect::<BTreeSet<_>>();
    let new = ids(picture).take(*drawn.borrow()).filter(|id| !known.contains(id)).count();
    if new > SLICE {
        drawn.replace(SLICE);
    }
    let (now, all) = (*drawn.borrow(), picture.scene.edges.len());
    use_effect_with((picture.clone(), now), move |_| {
        if now < all {
            page::when_drawn(move || {
                drawn.replace_with(|drawn| (*drawn).max(now + SLICE));
                again.force_update();
            });
        }
    });
    now
}

fn ids(picture: &Picture) -> impl Iterator<Item = &str> {
    picture.scene.edges.iter().map(|edge| edge.id.as_str())
}
