use netpol_web::model::{MatrixFilter, Msg};
use netpol_web::test_ids;
use netpol_web::words::capital;
use yew::prelude::*;

use super::input_text;
use crate::store::use_send;

/// Rows or columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Rows,
    Columns,
}

impl Axis {
    fn title(self) -> &'static str {
        match self {
            Self::Rows => "from",
            Self::Columns => "to",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Columns => "columns",
        }
    }

    fn test_id(self) -> &'static str {
        match self {
            Self::Rows => test_ids::MATRIX_FROM,
            Self::Columns => test_ids::MATRIX_TO,
        }
    }

    /// Its search, and where it begins.
    fn of(self, filter: &mut MatrixFilter) -> (&mut String, &mut usize) {
        match self {
            Self::Rows => (&mut filter.from, &mut filter.row),
            Self::Columns => (&mut filter.to, &mut filter.column),
        }
    }
}

/// Which part of an axis is here: its first number, how many there are, and how many in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) first: usize,
    pub(super) here: usize,
    pub(super) all: usize,
}

#[derive(PartialEq, Properties)]
pub(super) struct PagesProps {
    pub(super) filter: MatrixFilter,
    pub(super) rows: Part,
    pub(super) columns: Part,
}

/// Where in a large matrix one is; nothing, as long as all of it is here.
#[component]
pub(super) fn Pages(props: &PagesProps) -> Html {
    let PagesProps { filter, rows, columns } = props;
    let whole = [rows, columns].iter().all(|part| part.here == part.all);
    if whole && filter.from.is_empty() && filter.to.is_empty() {
        return Html::default();
    }
    html! {
        <div class="matrix-pages" role="group" aria-label="Part of the matrix">
            <Pager axis={Axis::Rows} part={*rows} filter={filter.clone()} />
            <Pager axis={Axis::Columns} part={*columns} filter={filter.clone()} />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PagerProps {
    axis: Axis,
    part: Part,
    filter: MatrixFilter,
}

/// A search, and buttons to the part before and after.
#[component]
fn Pager(props: &PagerProps) -> Html {
    let send = use_send();
    let PagerProps { axis, part: Part { first, here, all }, filter } = props.clone();
    let like = axis.of(&mut filter.clone()).0.clone();
    let oninput = {
        let (send, filter) = (send.clone(), filter.clone());
        Callback::from(move |event: InputEvent| {
            let mut filter = filter.clone();
            let (like, at) = axis.of(&mut filter);
            *like = input_text(&event);
            *at = 0;
            send.emit(Msg::SetMatrix(filter));
        })
    };
    let go = |to: usize| {
        let mut filter = filter.clone();
        *axis.of(&mut filter).1 = to;
        send.reform(move |_: MouseEvent| Msg::SetMatrix(filter.clone()))
    };
    let turn = |word: &'static str, sign: &'static str, to: Option<usize>| {
        html! {
            <button type="button" class="button small" disabled={to.is_none()} data-testid={format!("{}-{word}", axis.test_id())}
                aria-label={format!("{} {word}", capital(axis.plural()))} onclick={go(to.unwrap_or(first))}>{sign}</button>
        }
    };
    let numbers = if all == 0 {
        "none".to_owned()
    } else {
        format!("{}–{} of {all}", first + 1, first + here)
    };
    html! {
        <div class="pager">
            <label class="chip">
                <span>{axis.title()}</span>
                <input type="text" size="14" placeholder="namespace or pod" value={like} {oninput} data-testid={axis.test_id()}
                    autocomplete="off" spellcheck="false" autocapitalize="off" />
            </label>
            <span class="quiet" role="status">{format!("{} {numbers}", axis.plural())}</span>
            { turn("before", "‹", first.checked_sub(here.max(1)).or((first > 0).then_some(0))) }
            { turn("after", "›", (first + here < all).then_some(first + here)) }
        </div>
    }
}
