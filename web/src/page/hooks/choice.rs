use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Makes a `select` show what the state has chosen; the result is to be given to the `select`.
///
/// The attribute `selected` of its options cannot do that: a browser ignores it once a person has
/// chosen the option, and resets the choice when an option before it goes.
#[hook]
pub(crate) fn use_choice(value: &str) -> NodeRef {
    let node = use_node_ref();
    let (select, value) = (node.clone(), value.to_owned());
    // After every drawing, since options may have come and gone.
    use_effect(move || {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            select.set_value(&value);
        }
    });
    node
}
