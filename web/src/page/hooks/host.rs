use std::rc::Rc;

use netpol_web::model::Model;
use yew::prelude::*;

use crate::js::host::Host;
use crate::store::Send;

/// Talks with the page around this one, if there is one: as soon as what the link names is open, or the answer to
/// the first question would be about something else.
#[hook]
pub(crate) fn use_host(model: &Rc<Model>, send: &Send) {
    let host = use_mut_ref(|| None::<Host>);
    let now = use_mut_ref(|| Rc::clone(model));
    *now.borrow_mut() = Rc::clone(model);
    let listens = use_mut_ref(|| false);
    *listens.borrow_mut() |= model.listens();
    let (made, told) = (Rc::clone(&host), send.clone());
    let listens = *listens.borrow();
    use_effect_with(listens, move |listens| {
        if *listens {
            *made.borrow_mut() = Host::new(&told, move || now.borrow().content());
        }
        move || drop(made.take())
    });
    use_effect_with(model.judged(), move |judged| {
        if let (Some(host), Some(judged)) = (&*host.borrow(), judged) {
            host.judged(judged);
        }
    });
}
