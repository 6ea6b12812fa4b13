use netpol::edit::EditCommand;
use netpol::view::{ConnectionQuery, ExpectationResult, Verdict};
use netpol_web::model::{Msg, Question, Shared};
use netpol_web::protocol::Overview;
use netpol_web::{test_ids, words};
use yew::prelude::*;

use super::marked::Marked;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(super) struct TestsPanelProps {
    pub(super) overview: Shared<Overview>,
    pub(super) question: Question,
    /// The connection that is explained, and its verdict.
    pub(super) seen: Option<(ConnectionQuery, Verdict)>,
}

/// What the document's expectations say, and whether it holds.
#[component]
pub(super) fn TestsPanel(props: &TestsPanelProps) -> Html {
    let tests = &props.overview.tests;
    if tests.results.is_empty() {
        return html! { <><NoTests /><ExpectSeen seen={props.seen.clone()} /></> };
    }
    let total = words::count(tests.results.len(), "expectation", "expectations");
    html! {
        <>
            <p class={classes!("verdict-line", if tests.failed == 0 { "good" } else { "bad" })}>
                if tests.failed == 0 {
                    {format!("✓ {total}: all as expected")}
                } else {
                    {format!("✕ {} of {total} not as expected", tests.failed)}
                }
            </p>
            <ul class="results" role="list">
                for (index, result) in tests.results.iter().enumerate() {
                    <ResultRow key={index} result={result.clone()}
                        chosen={Question::from(query(result)) == props.question} />
                }
            </ul>
            <ExpectSeen seen={props.seen.clone()} />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct ExpectSeenProps {
    seen: Option<(ConnectionQuery, Verdict)>,
}

/// Writes down the verdict that is shown, so that later changes are held to it.
#[component]
fn ExpectSeen(props: &ExpectSeenProps) -> Html {
    let send = use_send();
    let Some((connection, verdict)) = props.seen.clone() else { return Html::default() };
    let text = format!("{} is {}", words::connection(&connection), words::word(verdict));
    let command = EditCommand::Expect { connection, verdict };
    html! {
        <p class="expect-seen">
            <button type="button" class="button" data-testid={test_ids::EXPECT}
                onclick={send.reform(move |_| Msg::Order(command.clone()))}>{"Expect what I see"}</button>
            <span class="quiet">{text}</span>
        </p>
    }
}

#[component]
fn NoTests() -> Html {
    html! {
        <div class="empty">
            <p>{"No expectations. Write down what must hold, and every change is checked against it:"}</p>
            <pre>{EXAMPLE}</pre>
        </div>
    }
}

const EXAMPLE: &str = "apiVersion: netpol/v1
kind: Expectation
metadata: {name: only-the-frontend}
spec:
  connections:
  - {from: shop/frontend, to: shop/web, port: 8080, verdict: allowed}
  - {from: shop/other, to: shop/web, port: 8080, verdict: denied}";

#[derive(PartialEq, Properties)]
struct ResultRowProps {
    result: ExpectationResult,
    chosen: bool,
}

#[component]
fn ResultRow(props: &ResultRowProps) -> Html {
    let send = use_send();
    let result = &props.result;
    let ask = query(result);
    let place = result.place.clone();
    let remove = EditCommand::Unexpect {
        name: result.name.clone(),
        connection: query(result),
        verdict: result.expected,
    };
    let actual = result.actual.map_or("no answer", words::word);
    html! {
        <li class={classes!("result", if result.ok { "good" } else { "bad" }, props.chosen.then_some("chosen"))}
            data-testid={test_ids::RESULT} data-ok={result.ok.to_string()} data-from={result.from.clone()}
            data-to={result.to.clone()} data-verdict={result.actual.map_or("none", Verdict::as_str)}>
            <span class="result-sign" aria-hidden="true">{if result.ok { "✓" } else { "✕" }}</span>
            <button type="button" class="result-text" onclick={send.reform(move |_| Msg::Explain(ask.clone()))}>
                <span class="result-flow">
                    <b>{words::short(&result.from).to_owned()}</b>{" → "}
                    <b>{words::short(&result.to).to_owned()}</b>
                    <code>{format!("{}/{}", result.port, result.protocol)}</code>
                </span>
                <span class="result-why">
                    if result.ok {
                        {format!("{actual}, as expected")}
                    } else {
                        {format!("{actual}, expected {}: ", words::word(result.expected))}
                        <Marked text={result.reason.clone()} />
                    }
                </span>
            </button>
            <button type="button" class="link remove" data-testid={test_ids::UNEXPECT} title="Expect this no more"
                aria-label={format!("Expect nothing of {} any more", words::connection(&query(result)))}
                onclick={send.reform(move |_| Msg::Order(remove.clone()))}>{"✕"}</button>
            <button type="button" class="link" aria-label={format!("Go to line {}", place.line)}
                onclick={send.reform(move |_| Msg::Reveal(place.clone()))}>
                {format!("line {}", result.place.line)}
            </button>
        </li>
    }
}

fn query(result: &ExpectationResult) -> ConnectionQuery {
    let ExpectationResult { from, to, port, protocol, .. } = result.clone();
    ConnectionQuery { from, to, port, protocol }
}
