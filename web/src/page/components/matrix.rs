use netpol::view::{Cell, ConnectionQuery, Matrix, PortSpec, QueryError};
use netpol_web::model::{MatrixFilter, Msg, Question, Shared};
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::keys::cells;
use super::marked::Marked;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct MatrixStageProps {
    pub(crate) matrix: Option<Shared<Result<Matrix, QueryError>>>,
    pub(crate) question: Question,
    pub(crate) filter: MatrixFilter,
}

/// Who to whom.
#[component]
pub(crate) fn MatrixStage(props: &MatrixStageProps) -> Html {
    let content = match props.matrix.as_deref() {
        None => html! { <p class="stage-note">{"Working it out…"}</p> },
        Some(Err(error)) => html! {
            <p class="stage-note" data-testid={test_ids::QUERY_ERROR}><Marked text={error.to_string()} /></p>
        },
        Some(Ok(matrix)) if matrix.endpoints.is_empty() => html! {
            <p class="stage-note">{"Nobody is there: define a pod under Cluster, or choose a scenario."}</p>
        },
        Some(Ok(matrix)) => table(matrix, &props.question),
    };
    html! {
        <div class="stage matrix-stage" role="tabpanel" id="panel-matrix" aria-labelledby="tab-matrix" tabindex="0">
            {content}
        </div>
    }
}

fn table(matrix: &Matrix, question: &Question) -> Html {
    let Matrix { endpoints, cells: figures, total, .. } = matrix;
    let more = total.saturating_sub(endpoints.len());
    let rows = endpoints.iter().zip(figures);
    html! {
        <>
            <table class="matrix" data-testid={test_ids::MATRIX}>
                <caption class="visually-hidden">{"Rows send, columns receive."}</caption>
                <thead>
                    <tr>
                        <th class="corner" scope="col"><span>{"from ↓"}</span><span>{"to →"}</span></th>
                        for to in endpoints.iter() {
                            <th scope="col" key={to.clone()} title={to.clone()}><span class="column-name">{words::short(to).to_owned()}</span></th>
                        }
                    </tr>
                </thead>
                <tbody onkeydown={Callback::from(|event| cells(&event))}>
                    for (from, row) in rows {
                        <tr key={from.clone()}>
                            <th scope="row" title={from.clone()}>
                                {words::short(from).to_owned()}
                                <small>{from.rsplit_once('/').map(|(namespace, _)| namespace.to_owned())}</small>
                            </th>
                            for (to, cell) in endpoints.iter().zip(row) {
                                <CellFigure key={to.clone()} from={from.clone()} to={to.clone()} cell={cell.clone()}
                                    chosen={question.from == *from && question.to == *to} />
                            }
                        </tr>
                    }
                </tbody>
            </table>
            if more > 0 {
                <p class="stage-note">{format!("{more} more are not shown.")}</p>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct CellFigureProps {
    from: String,
    to: String,
    cell: Cell,
    chosen: bool,
}

#[component]
fn CellFigure(props: &CellFigureProps) -> Html {
    let send = use_send();
    let CellFigureProps { from, to, cell, chosen } = props;
    let ask = cell.ask.map(|(port, protocol)| ConnectionQuery {
        from: from.clone(),
        to: to.clone(),
        port: PortSpec::Number(port),
        protocol,
    });
    let content = html! {
        <>
            <span class="cell-sign" aria-hidden="true">{words::sign(cell.verdict)}</span>
            <span class="cell-ports" aria-hidden="true">{words::ports(&cell.ports)}</span>
            <span class="visually-hidden">{words::cell(from, to, cell)}</span>
        </>
    };
    html! {
        <td class={classes!("cell", cell.verdict.as_str(), chosen.then_some("chosen"))} data-testid={test_ids::CELL}
            data-from={from.clone()} data-to={to.clone()} data-verdict={cell.verdict.as_str()}
            data-ports={cell.ports.join(" ")}>
            if let Some(query) = ask {
                <button type="button" title={words::cell(from, to, cell)} aria-pressed={chosen.to_string()}
                    onclick={send.reform(move |_| Msg::Explain(query.clone()))}>
                    {content}
                </button>
            } else {
                <span class="cell-empty">{content}</span>
            }
        </td>
    }
}
