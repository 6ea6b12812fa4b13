use netpol_web::model::Msg;
use netpol_web::shortcuts::LIST;
use netpol_web::test_ids;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct DialogProps {
    pub(super) title: &'static str,
    pub(super) test_id: &'static str,
    #[prop_or_default]
    pub(super) class: Classes,
    /// What closing it means besides.
    #[prop_or_default]
    pub(super) onclose: Callback<()>,
    pub(super) children: Html,
}

/// A window above the page. The browser keeps the focus in it, closes it on Escape, and gives the
/// focus back.
#[component]
pub(super) fn Dialog(props: &DialogProps) -> Html {
    let send = use_send();
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // It fails only if it is open already.
            let _ = dialog.show_modal();
        }
        // Closed before it goes: only then the focus returns to where it was.
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let close = || {
        let (send, onclose) = (send.clone(), props.onclose.clone());
        move || {
            send.emit(Msg::ShowDialog(None));
            onclose.emit(());
        }
    };
    let (by_key, by_button) = (close(), close());
    let closed = Callback::from(move |_: Event| by_key());
    let close = Callback::from(move |_: MouseEvent| by_button());
    html! {
        <dialog class={classes!("dialog", props.class.clone())} ref={node} data-testid={props.test_id} aria-labelledby="dialog-title"
            onclose={closed}>
            <header>
                <h2 id="dialog-title">{props.title}</h2>
                <button type="button" class="button icon" aria-label="Close" data-testid="close"
                    onclick={close}>{"✕"}</button>
            </header>
            {props.children.clone()}
        </dialog>
    }
}

/// What the keys do.
#[component]
pub(crate) fn ShortcutsDialog() -> Html {
    let key = |key: &'static str| {
        let parts = key.split(", then ").flat_map(|part| part.split('+'));
        html! { <>{ for parts.map(|part| html! { <kbd>{shown(part)}</kbd> }) }</> }
    };
    html! {
        <Dialog title="Keys" test_id={test_ids::SHORTCUTS}>
            for (place, rows) in LIST {
                <section class="keys">
                    <h3>{*place}</h3>
                    <dl>
                        for (keys, what) in *rows {
                            <div><dt>{key(keys)}</dt><dd>{*what}</dd></div>
                        }
                    </dl>
                </section>
            }
        </Dialog>
    }
}

/// `Mod` is the key that the system uses for commands.
fn shown(key: &'static str) -> &'static str {
    match key {
        "Mod" if crate::js::page::is_mac() => "⌘",
        "Mod" => "Ctrl",
        other => other,
    }
}
