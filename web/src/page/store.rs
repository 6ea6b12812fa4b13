//! The reducer as Yew wants it, and how components reach it.

use std::rc::Rc;

use netpol_web::model::{Model, Msg, update};
use yew::prelude::*;

use crate::engine::Engine;

/// The state in Yew's hands.
#[derive(Debug, PartialEq)]
pub(crate) struct Store(pub(crate) Rc<Model>);

impl Reducible for Store {
    type Action = Msg;

    fn reduce(self: Rc<Self>, msg: Msg) -> Rc<Self> {
        let next = update((*self.0).clone(), msg);
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

/// Tells the reducer what happened. It never changes, so that who has it need not be drawn again.
pub(crate) type Send = Callback<Msg>;

/// Asks the engine what the state wants to know: the state as it is then, which may be newer than what is drawn.
#[derive(Clone)]
pub(crate) struct Asker {
    store: UseReducerHandle<Store>,
    engine: Engine,
}

impl Asker {
    pub(crate) fn new(store: &UseReducerHandle<Store>, engine: &Engine) -> Self {
        Self { store: store.clone(), engine: engine.clone() }
    }

    /// Asks, if there is anything to ask.
    pub(crate) fn ask(&self) {
        // A handle keeps each state that is read through it: this one goes at once.
        let now = Rc::clone(&self.store.clone().0);
        if let Some(sent) = self.engine.ask(&now) {
            self.store.dispatch(sent);
        }
    }
}

/// How the reducer of `store` is told what happened.
///
/// What somebody types, and what an answer makes somebody ask, goes to the engine at once: the page is drawn
/// while that works. Anything else may come in several messages: it is asked about when all of them are drawn.
pub(crate) fn sender(store: &UseReducerHandle<Store>, asker: &Asker) -> Send {
    let (store, asker) = (store.clone(), asker.clone());
    Callback::from(move |msg| {
        let whole = matches!(msg, Msg::Edited(_) | Msg::Answered(_));
        store.dispatch(msg);
        if whole {
            asker.ask();
        }
    })
}

/// How a component tells the reducer what happened.
#[hook]
pub(crate) fn use_send() -> Send {
    use_context::<Send>().unwrap_or_default()
}

/// Whether the text stays as it is, so that what would write into it is no button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Readonly(pub(crate) bool);
