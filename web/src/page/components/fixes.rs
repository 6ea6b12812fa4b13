use gloo::timers::callback::Timeout;
use netpol::view::{
    ConnectionQuery, OtherChanges, PairChange, PolicyChange, QueryError, Suggestion, Verdict,
};
use netpol_web::model::{Msg, Wish, Wishes};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::marked::Marked;
use crate::store::{Send, use_send};

/// So long after the verdict came the edits are worked out: whoever types on is not kept waiting.
const CALM_MS: u32 = 350;

/// So many suggestions are shown: those after them change more.
const SHOWN: usize = 3;

/// So many other pairs are named.
const PAIRS: usize = 6;

#[derive(PartialEq, Properties)]
pub(super) struct FixesProps {
    pub(super) wishes: Wishes,
}

/// The smallest edits that turn the verdict, each with what it changes, and a button that makes it.
#[component]
pub(super) fn Fixes(props: &FixesProps) -> Html {
    let send = use_send();
    let Wishes { offered, late, unasked, asked, answer, busy } = &props.wishes;
    let (late, busy) = (*late, *busy);

    let told = send.clone();
    use_effect_with(unasked.clone(), move |wish: &Option<Wish>| {
        let wish = wish.clone();
        let timer =
            wish.map(|wish| Timeout::new(CALM_MS, move || told.emit(Msg::WishUnasked(wish))));
        move || drop(timer)
    });

    // It stays when there is nothing to say, too: it keeps the focus of the button that was pressed.
    let empty = offered.is_empty() && asked.is_none();
    let node = use_node_ref();
    let apply = {
        let node = node.clone();
        send.reform(move |index| {
            if let Some(card) = node.cast::<web_sys::HtmlElement>() {
                let _ = card.focus();
                // The new verdict is to be seen from its beginning.
                if let Ok(Some(pane)) = card.closest(".explanation") {
                    pane.set_scroll_top(0);
                }
            }
            Msg::Apply(index)
        })
    };
    // Whoever has drawn a connection is brought to what it takes.
    let drawn = asked.as_ref().filter(|wish| wish.names).map(|wish| wish.connection.clone());
    let card = node.clone();
    use_effect_with(drawn, move |drawn: &Option<ConnectionQuery>| {
        if let Some(card) = card.cast::<web_sys::HtmlElement>().filter(|_| drawn.is_some()) {
            let _ = card.focus();
        }
    });
    let wanted = asked.as_ref().map(|wish| wish.wanted);
    let names = asked.as_ref().is_some_and(|wish| wish.names);
    let offers = offered.iter().filter(|Wish { query, .. }| {
        let same = wanted == Some(query.wanted);
        if query.names { same && !names } else { !same }
    });
    html! {
        <section class={classes!("fixes", empty.then_some("empty"))} ref={node} tabindex="-1" aria-label="Smallest edits" aria-busy={busy.to_string()} data-testid={test_ids::FIXES}>
            if let Some(wanted) = wanted {
                <h3>{format!("Smallest edit that would {}", verb(wanted, names))}</h3>
                {
                    match answer.as_deref() {
                        None => html! { <p class="quiet">{"Trying edits…"}</p> },
                        Some(Err(error)) => none(error),
                        Some(Ok(suggestions)) => html! {
                            for (index, suggestion) in suggestions.iter().take(SHOWN).enumerate() {
                                <Fix key={index} {index} suggestion={suggestion.clone()} {busy} apply={apply.clone()} />
                            }
                        },
                    }
                }
            }
            for wish in offers {
                <button key={verb(wish.query.wanted, wish.query.names)} type="button" class="button" data-testid={test_ids::WISH}
                    aria-disabled={late.to_string()} onclick={(!late).then(|| wished(&send, wish))}>
                    {format!("What would {}?", verb(wish.query.wanted, wish.query.names))}
                </button>
            }
        </section>
    }
}

fn wished(send: &Send, wish: &Wish) -> Callback<MouseEvent> {
    let wish = wish.clone();
    send.reform(move |_| Msg::Wish(wish.clone()))
}

fn verb(wanted: Verdict, names: bool) -> &'static str {
    match (wanted, names) {
        (Verdict::Denied, _) => "deny it",
        (_, false) => "allow it",
        (_, true) => "allow it and name lookups",
    }
}

fn none(error: &QueryError) -> Html {
    html! {
        <p><Marked text={error.to_string()} /></p>
    }
}

#[derive(PartialEq, Properties)]
struct FixProps {
    index: usize,
    suggestion: Suggestion,
    /// Whether it is about an earlier text.
    busy: bool,
    apply: Callback<usize>,
}

/// One suggestion. The best one is open.
#[component]
fn Fix(props: &FixProps) -> Html {
    let Suggestion { title, changes, others, notes, .. } = &props.suggestion;
    let (index, busy) = (props.index, props.busy);
    html! {
        <details class="fix" open={index == 0} data-testid={test_ids::SUGGESTION}>
            <summary><Marked text={what(changes)} /></summary>
            for (number, change) in changes.iter().enumerate() {
                <Change key={number} change={change.clone()} />
            }
            <Others others={others.clone()} />
            for (number, note) in notes.iter().enumerate() {
                <p key={number} class="fix-note"><Marked text={note.clone()} /></p>
            }
            <button type="button" class="button primary" data-testid={test_ids::APPLY}
                aria-disabled={busy.to_string()} onclick={(!busy).then(|| props.apply.reform(move |_| index))}>
                {"Apply"}<span class="visually-hidden">{format!(": {title}")}</span>
            </button>
        </details>
    }
}

/// `allow-dns: one more sender in rule 1`
fn what(changes: &[PolicyChange]) -> String {
    let each = changes.iter().map(|change| format!("{}: {}", change.name, change.summary));
    each.collect::<Vec<_>>().join("; ")
}

#[derive(PartialEq, Properties)]
struct ChangeProps {
    change: PolicyChange,
}

/// What becomes of one policy: the lines that go and those that come.
#[component]
fn Change(props: &ChangeProps) -> Html {
    let PolicyChange { namespace, name, created, applies_to_others, diff, .. } = &props.change;
    let also =
        words::count(*applies_to_others, "other pod or workload", "other pods and workloads");
    html! {
        <>
            <p class="fix-policy">
                <b>{name.clone()}</b>
                <span class="quiet">{if *created { format!(" new in {namespace}") } else { String::new() }}</span>
            </p>
            <pre class="diff" tabindex="0" aria-label={format!("Changes of {name}")}>
                for (number, line) in diff.iter().enumerate() {
                    <span key={number} class={if line.added { "added" } else { "removed" }}>
                        {if line.added { "+ " } else { "- " }}{line.text.clone()}{"\n"}
                    </span>
                }
            </pre>
            if *applies_to_others > 0 {
                <p class="fix-note">{format!("The policy applies to {also}, too.")}</p>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct OthersProps {
    others: OtherChanges,
}

/// What else becomes different.
#[component]
fn Others(props: &OthersProps) -> Html {
    let OtherChanges { total, pairs } = &props.others;
    if *total == 0 {
        return html! { <p class="fix-others">{"Changes no other connection."}</p> };
    }
    let more = total.saturating_sub(pairs.len().min(PAIRS));
    html! {
        <div class="fix-others">
            <p>{format!("Also changes {}:", words::count(*total, "other pair", "other pairs"))}</p>
            <ul>
                for (number, pair) in pairs.iter().take(PAIRS).enumerate() {
                    <li key={number}>{changed(pair)}</li>
                }
                if more > 0 {
                    <li>{format!("and {more} more")}</li>
                }
            </ul>
        </div>
    }
}

/// `catalog → postgres: opens TCP/5432`
fn changed(PairChange { from, to, added, removed }: &PairChange) -> String {
    let list = |verb: &str, ports: &[String]| match ports {
        [] => String::new(),
        ports => format!(" {verb} {}", ports.join(", ")),
    };
    let (from, to) = (words::short(from), words::short(to));
    format!("{from} → {to}:{}{}", list("opens", added), list("closes", removed))
}
