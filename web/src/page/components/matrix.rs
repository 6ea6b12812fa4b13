use std::collections::BTreeSet;

use netpol::view::{
    Asked, ConnectionQuery, FoldedCell, FoldedMatrix, MatrixGroup, MatrixGroupKind, PortSpec,
};
use netpol_web::model::{MatrixFilter, Msg, Question, Shared};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::keys::cells;
use super::matrix_pages::{Pages, Part};
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct MatrixStageProps {
    pub(crate) matrix: Option<Shared<FoldedMatrix>>,
    pub(crate) question: Question,
    pub(crate) filter: MatrixFilter,
}

/// Who to whom.
#[component]
pub(crate) fn MatrixStage(props: &MatrixStageProps) -> Html {
    let content = match props.matrix.as_deref() {
        None => html! { <p class="stage-note">{"Working it out…"}</p> },
        Some(matrix) if matrix.endpoints == 0 => html! {
            <p class="stage-note">{"Nobody is there: define a pod under Cluster, or choose a scenario."}</p>
        },
        Some(matrix) => html! {
            <>
                <Pages filter={props.filter.clone()}
                    rows={Part { first: matrix.row, here: matrix.rows.len(), all: matrix.row_total }}
                    columns={Part { first: matrix.column, here: matrix.columns.len(), all: matrix.column_total }} />
                {table(matrix, props)}
            </>
        },
    };
    html! {
        <div class="stage matrix-stage" role="tabpanel" id="panel-matrix" aria-labelledby="tab-matrix" tabindex="0">
            {content}
        </div>
    }
}

fn table(matrix: &FoldedMatrix, props: &MatrixStageProps) -> Html {
    let MatrixStageProps { question, filter, .. } = props;
    let FoldedMatrix { rows, columns, cells: figures, .. } = matrix;
    let is_in = |group: &MatrixGroup, end: &String| group.id == *end || group.members.contains(end);
    html! {
        <table class="matrix" data-testid={test_ids::MATRIX}>
            <caption class="visually-hidden">{"Rows send, columns receive."}</caption>
            <thead>
                <tr>
                    <th class="corner" scope="col"><span>{"from ↓"}</span><span>{"to →"}</span></th>
                    for to in columns.iter() {
                        <th scope="col" key={to.id.clone()} title={about(to)}>{title(to)}<Count group={to.clone()} /></th>
                    }
                </tr>
            </thead>
            <tbody onkeydown={Callback::from(|event| cells(&event))}>
                for (index, (from, row)) in rows.iter().zip(figures).enumerate() {
                    <tr key={from.id.clone()}>
                        <RowHead group={from.clone()} filter={filter.clone()}
                            first={index == 0 || rows[index - 1].namespace != from.namespace} />
                        for (to, cell) in columns.iter().zip(row) {
                            <CellFigure key={to.id.clone()} from={from.clone()} to={to.clone()} cell={cell.clone()}
                                chosen={is_in(from, &question.from) && is_in(to, &question.to)} />
                        }
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// What a row or column is called.
fn title(group: &MatrixGroup) -> &str {
    match group.kind {
        MatrixGroupKind::Namespace => &group.id,
        _ => words::short(&group.id),
    }
}

/// Everyone who shares a row or column.
fn about(group: &MatrixGroup) -> String {
    let more = group.count.saturating_sub(group.members.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match group.kind {
        MatrixGroupKind::Endpoint => group.id.clone(),
        MatrixGroupKind::Alike => {
            format!("Alike for every connection: {}{more}", group.members.join(", "))
        }
        MatrixGroupKind::Namespace => {
            format!("Namespace {}: {}{more}", group.id, group.members.join(", "))
        }
    }
}

#[derive(PartialEq, Properties)]
struct CountProps {
    group: MatrixGroup,
}

/// How many share a row or column.
#[component]
fn Count(props: &CountProps) -> Html {
    let MatrixGroup { kind, count, .. } = &props.group;
    match kind {
        MatrixGroupKind::Endpoint => Html::default(),
        _ => html! { <span class="count">{format!("×{count}")}</span> },
    }
}

#[derive(PartialEq, Properties)]
struct RowHeadProps {
    group: MatrixGroup,
    filter: MatrixFilter,
    /// Whether it is the first of its namespace.
    first: bool,
}

/// Who sends; a button opens and folds what shares a row.
#[component]
fn RowHead(props: &RowHeadProps) -> Html {
    let send = use_send();
    let MatrixGroup { id, namespace, kind, .. } = &props.group;
    let turn = |name: &str, open: bool| {
        let filter = turned(&props.filter, name, open);
        send.reform(move |_: MouseEvent| Msg::SetMatrix(filter.clone()))
    };
    let name = title(&props.group);
    let folds = props.first && !namespace.is_empty() && *kind != MatrixGroupKind::Namespace;
    html! {
        <th scope="row" title={about(&props.group)}>
            if *kind == MatrixGroupKind::Endpoint {
                {name.to_owned()}
            } else {
                <button type="button" class="row-fold" aria-expanded="false" data-testid={test_ids::MATRIX_OPEN} data-id={id.clone()}
                    onclick={turn(id, true)}>
                    <span aria-hidden="true">{"▸ "}</span>{name.to_owned()}<Count group={props.group.clone()} />
                </button>
            }
            if folds {
                <button type="button" class="row-fold space" aria-expanded="true" data-testid={test_ids::MATRIX_FOLD} data-id={namespace.clone()}
                    aria-label={format!("Fold namespace {namespace}")} onclick={turn(namespace, false)}>
                    <span aria-hidden="true">{"▾ "}</span>{namespace.clone()}
                </button>
            } else if *kind != MatrixGroupKind::Namespace {
                <small>{if namespace.is_empty() { "external" } else { namespace }}</small>
            }
        </th>
    }
}

/// With this namespace, or what is alike, opened or folded.
fn turned(filter: &MatrixFilter, name: &str, open: bool) -> MatrixFilter {
    let mut filter = filter.clone();
    let (to, from): (&mut BTreeSet<String>, &mut BTreeSet<String>) = if open {
        (&mut filter.open, &mut filter.folded)
    } else {
        (&mut filter.folded, &mut filter.open)
    };
    from.remove(name);
    to.insert(name.to_owned());
    filter
}

#[derive(PartialEq, Properties)]
struct CellFigureProps {
    from: MatrixGroup,
    to: MatrixGroup,
    cell: FoldedCell,
    chosen: bool,
}

#[component]
fn CellFigure(props: &CellFigureProps) -> Html {
    let send = use_send();
    let CellFigureProps { from, to, cell, chosen } = props;
    let class = classes!("cell", cell.verdict.as_str(), chosen.then_some("chosen"));
    let spoken = words::cell(title(from), title(to), cell);
    let content = html! {
        <>{words::sign(cell.verdict)}<small>{words::cell_figures(cell)}</small></>
    };
    html! {
        <td {class} data-testid={test_ids::CELL} data-from={from.id.clone()} data-to={to.id.clone()}
            data-verdict={cell.verdict.as_str()} data-ports={cell.ports.join(" ")}>
            if let Some(Asked { from, to, port, protocol }) = cell.ask.clone() {
                <button type="button" title={spoken.clone()} aria-label={spoken} aria-pressed={chosen.to_string()}
                    onclick={send.reform(move |_| Msg::Explain(ConnectionQuery {
                        from: from.clone(),
                        to: to.clone(),
                        port: PortSpec::Number(port),
                        protocol,
                    }))}>
                    {content}
                </button>
            } else {
                {words::sign(cell.verdict)}
            }
        </td>
    }
}
