use std::rc::Rc;

use netpol_web::model::Model;
use yew::prelude::*;

use crate::js::host::Host;
use crate::store::Send;

/// Talks with the page around this one, if there is one.
#[hook]
pub(crate) fn use_host(model: &Rc<Model>, send: &Send) {
    let host = use_mut_ref(|| None::<Host>);
    let now = use_mut_ref(|| Rc::clone(model));
    *now.borrow_mut() = Rc::clone(model);
    let (made, told) = (Rc::clone(&host), send.clone());
    use_effect_with(model.embed.framed, move |framed| {
        if *framed {
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
