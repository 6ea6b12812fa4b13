use gloo::timers::callback::Timeout;
use netpol_web::model::{GraphMsg, Msg};
use yew::prelude::*;

use crate::store::Send;

/// After so long without an edit the next one is another one.
const REST_MS: u32 = 2_000;

/// Tells the reducer when the text has stood still for a while.
#[hook]
pub(crate) fn use_rest(revision: u64, send: &Send) {
    let send = send.clone();
    use_effect_with(revision, move |_| {
        let rest = Timeout::new(REST_MS, move || send.emit(Msg::Graph(GraphMsg::Rested)));
        move || drop(rest)
    });
}
