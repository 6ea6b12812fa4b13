use netpol::view::{ConnectionQuery, EndpointView, Explanation, LookupView, PathView, QueryError};
use netpol_web::model::{FilmMsg, Msg, Question, Row, Shared, Shown, Wishes};
use netpol_web::protocol::Overview;
use netpol_web::test_ids;
use netpol_web::words::{self, capital};
use yew::prelude::*;

use super::doubt::Doubt;
use super::film::Filmed;
use super::fixes::Fixes;
use super::marked::Marked;
use super::question::QuestionFields;
use super::section::SectionLink;
use super::side::Side;
use super::stamp::Stamp;
use crate::hooks::use_arrival;
use crate::store::use_send;

/// So many paths are told in full.
const PATHS: usize = 12;

#[derive(PartialEq, Properties)]
pub(crate) struct ExplanationPaneProps {
    pub(crate) question: Question,
    pub(crate) shown: Option<Shown<ConnectionQuery, Result<Explanation, QueryError>>>,
    pub(crate) overview: Shared<Overview>,
    /// What to ask instead of what cannot be answered.
    pub(crate) offer: Option<Question>,
    pub(crate) wishes: Wishes,
    /// Whether what is shown can be gone through step by step by now.
    pub(crate) can_film: bool,
    /// The row that the film has come to.
    pub(crate) filmed: Option<Row>,
}

/// The question, the verdict and its reasons.
#[component]
pub(crate) fn ExplanationPane(props: &ExplanationPaneProps) -> Html {
    let node = use_arrival(&props.question);
    let send = use_send();
    let answer = props.shown.as_ref().map(|shown| &*shown.answer);
    let verdict = match answer {
        Some(Ok(explanation)) => explanation.verdict.as_str(),
        _ => "none",
    };
    html! {
        <ContextProvider<Filmed> context={Filmed(props.filmed.clone())}>
        <section class="explanation" ref={node} aria-label="Explanation" data-testid={test_ids::EXPLANATION}
            data-verdict={verdict}>
            <QuestionFields question={props.question.clone()} overview={props.overview.clone()} />
            {
                match (props.question.missing(), answer) {
                    (Some(missing), _) => html! { <p class="quiet" data-testid={test_ids::QUERY_ERROR}>{capital(missing)}</p> },
                    (None, Some(Ok(explanation))) => explained(explanation, &props.wishes, props.can_film.then(|| send.reform(|_| Msg::Film(FilmMsg::Open)))),
                    (None, Some(Err(error))) => html! { <Refused error={error.clone()} offer={props.offer.clone()} /> },
                    (None, None) => html! { <p class="quiet">{"Working it out…"}</p> },
                }
            }
        </section>
        </ContextProvider<Filmed>>
    }
}

#[derive(PartialEq, Properties)]
struct RefusedProps {
    error: QueryError,
    offer: Option<Question>,
}

/// Why there is no answer, and another question.
#[component]
fn Refused(props: &RefusedProps) -> Html {
    let send = use_send();
    let QueryError { message, help } = &props.error;
    let offer = props.offer.as_ref().and_then(Question::query);
    html! {
        <div class="refused" role="status" data-testid={test_ids::QUERY_ERROR}>
            <p><Marked text={capital(message)} /></p>
            if let Some(help) = help {
                <p class="quiet"><Marked text={capital(help)} /></p>
            }
            if let Some(query) = offer {
                <button type="button" class="button small" data-testid={test_ids::ASK_INSTEAD}
                    onclick={send.reform({ let query = query.clone(); move |_| Msg::Explain(query.clone()) })}>
                    {format!("Explain {}", words::connection(&query))}
                </button>
            }
        </div>
    }
}

fn explained(
    explanation: &Explanation,
    wishes: &Wishes,
    film: Option<Callback<MouseEvent>>,
) -> Html {
    let Explanation { verdict, summary, section, notes, paths, lookup, .. } = explanation;
    let only = paths.len() == 1;
    let nothing = section.as_ref().or_else(|| paths.first().filter(|_| only)?.section.as_ref());
    // What is open is told with its answers.
    let questions: Vec<&str> =
        paths.iter().flat_map(|it| &it.questions).map(|it| it.summary.as_str()).collect();
    let notes: Vec<&String> = notes.iter().filter(|it| !questions.contains(&it.as_str())).collect();
    let more = paths.len().saturating_sub(PATHS);
    html! {
        <>
            <div class="answer">
                <div class="sentence" aria-live="polite">
                    <Stamp verdict={*verdict} />
                    <h2 data-testid={test_ids::SUMMARY}><Marked text={capital(summary)} /></h2>
                    if let Some(section) = nothing {
                        <SectionLink section={*section} />
                    }
                </div>
                if !paths.is_empty() {
                    <button type="button" class="button small film-open" data-testid={test_ids::FILM_OPEN}
                        aria-disabled={film.is_none().to_string()} onclick={film}>{"▶ Step through"}</button>
                }
            </div>
            if !notes.is_empty() {
                <ul class="notes">
                    for (index, note) in notes.iter().enumerate() {
                        <li key={index}><Marked text={(*note).clone()} /></li>
                    }
                </ul>
            }
            <div class="reasons">
                <div class="paths">
                    if let Some(lookup) = lookup {
                        <Lookup lookup={lookup.clone()} />
                    }
                    for (index, path) in paths.iter().take(PATHS).enumerate() {
                        <Path key={index} {index} path={path.clone()} {only} ends={ends(explanation)} />
                    }
                    if more > 0 {
                        <p class="quiet">{format!("and {more} more pairs of pods")}</p>
                    }
                </div>
                <Fixes wishes={wishes.clone()} />
            </div>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct LookupProps {
    lookup: LookupView,
}

/// Whether the sender can look up the receiver's name, which comes before the connection.
#[component]
fn Lookup(props: &LookupProps) -> Html {
    let LookupView { verdict, summary, section, steps, .. } = &props.lookup;
    html! {
        <details class="lookup" data-testid={test_ids::LOOKUP} data-verdict={verdict.as_str()}>
            <summary><Stamp verdict={*verdict} /><span><Marked text={capital(summary)} /></span></summary>
            <p class="quiet">{"A client asks DNS first. "}<SectionLink section={*section} /></p>
            for step in steps.iter() {
                <section key={step.protocol.as_str()} aria-label={format!("Lookup over {}", step.protocol)}>
                    <h3>{format!("Over {}", step.protocol)}</h3>
                    <p><Marked text={capital(&step.summary)} /></p>
                    for path in step.paths.iter() {
                        <div key={path.to.clone()} class="sides">
                            <Side side={path.egress.clone()} who={path.from.clone()} labels={Vec::new()} />
                            <Side side={path.ingress.clone()} who={path.to.clone()} labels={Vec::new()} />
                        </div>
                    }
                </section>
            }
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct PathProps {
    index: usize,
    path: PathView,
    /// Whether there is no other path, so that its verdict is the one above.
    only: bool,
    ends: [EndpointView; 2],
}

/// One pair of pods: leaving the one, entering the other.
#[component]
fn Path(props: &PathProps) -> Html {
    let path = &props.path;
    let [from, to] = &props.ends;
    html! {
        <section class="path" aria-label={format!("{} to {}", path.from, path.to)}>
            if !props.only {
                <h3 class="path-title">
                    <Stamp verdict={path.verdict} />
                    <span>{words::short(&path.from).to_owned()}{" → "}{words::short(&path.to).to_owned()}
                        if let Some(port) = path.port { {format!(" on {port}")} }
                        if let Some(seen_as) = &path.seen_as { {format!(", seen as {seen_as}")} }</span>
                    <small><Marked text={path.summary.clone()} /></small>
                    if let Some(section) = path.section {
                        <SectionLink {section} />
                    }
                </h3>
            }
            if !path.questions.is_empty() || !path.branches.is_empty() {
                <Doubt questions={path.questions.clone()} branches={path.branches.clone()} />
            }
            <div class="sides">
                <Side side={path.egress.clone()} path={props.index} who={path.from.clone()} labels={labels(from, &path.from)} />
                <Side side={path.ingress.clone()} path={props.index} who={path.to.clone()} labels={labels(to, &path.to)} />
            </div>
        </section>
    }
}

fn ends(explanation: &Explanation) -> [EndpointView; 2] {
    [explanation.from.clone(), explanation.to.clone()]
}

/// The labels of an end of a path, if the question names it itself.
fn labels(end: &EndpointView, id: &str) -> Vec<String> {
    if end.id != id {
        return Vec::new();
    }
    end.labels.iter().map(|(key, value)| format!("{key}={value}")).collect()
}
