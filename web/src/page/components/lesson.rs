use netpol_web::model::{LessonMsg, LessonStep, Msg, Pane, Shared, Tab};
use netpol_web::protocol::Overview;
use netpol_web::test_ids;
use yew::prelude::*;

use super::marked::Marked;
use crate::store::{Readonly, use_send};

#[derive(PartialEq, Properties)]
pub(crate) struct LessonBarProps {
    pub(crate) step: LessonStep,
    /// Whether what is to be done is done.
    pub(crate) done: Option<bool>,
    pub(crate) tests: Shared<Overview>,
}

/// A step of a lesson: what to read, what to do, and the way to the others.
#[component]
pub(crate) fn LessonBar(props: &LessonBarProps) -> Html {
    let send = use_send();
    let readonly = use_context::<Readonly>().unwrap_or_default().0;
    let place = props.step;
    let step = place.step();
    let tell = |msg: LessonMsg| send.reform(move |_: MouseEvent| Msg::Lesson(msg));
    let way = |label: &'static str, test_id: &'static str, to: Option<LessonStep>, main: bool| {
        let onclick = to.map(|to| tell(LessonMsg::Go(to)));
        html! {
            <button type="button" class={classes!("button", main.then_some("primary"))} data-testid={test_id}
                aria-disabled={onclick.is_none().to_string()} {onclick}>{label}</button>
        }
    };
    let link = |label: &'static str, test_id: &'static str, msg: LessonMsg| {
        html! { <button type="button" class="link" data-testid={test_id} onclick={tell(msg)}>{label}</button> }
    };
    let has_task = !step.solution.is_empty();
    let ready = !has_task || props.done == Some(true);
    html! {
        <section class="lesson" aria-label={format!("Lesson: {}", place.lesson.title)} data-testid={test_ids::LESSON}
            data-step={place.name()} data-done={props.done.map(|done| done.to_string())}>
            <details class="lesson-text" open={true}>
                <summary>
                    <span class="lesson-name">{place.lesson.title}</span>
                    <span class="lesson-count">{format!("{} of {}", place.number(), place.lesson.steps.len())}</span>
                    <h2>{step.title}</h2>
                </summary>
                <div aria-live="polite">
                    for paragraph in step.text.split("\n\n") {
                        <p><Marked text={paragraph} /></p>
                    }
                </div>
            </details>
            if !readonly {
                <div class="lesson-tools">
                    <div class="lesson-ways" role="group" aria-label="Steps">
                        if has_task { <Progress done={props.done} tests={props.tests.clone()} /> }
                        { way("Back", test_ids::LESSON_BACK, place.before(), false) }
                        { way("Next", test_ids::LESSON_NEXT, place.after(), ready && place.after().is_some()) }
                        <button type="button" class="button icon" title="End the lesson" aria-label="End the lesson"
                            data-testid={test_ids::LESSON_END} onclick={tell(LessonMsg::End)}>{"✕"}</button>
                    </div>
                    <div class="lesson-links">
                        if has_task { { link("Show a solution", test_ids::LESSON_SOLVE, LessonMsg::Solve) } }
                        { link("Begin this step again", test_ids::LESSON_AGAIN, LessonMsg::Go(place)) }
                    </div>
                </div>
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct ProgressProps {
    done: Option<bool>,
    tests: Shared<Overview>,
}

/// How many of the expectations hold, and the way to them.
#[component]
fn Progress(props: &ProgressProps) -> Html {
    let send = use_send();
    let tests = &props.tests.tests;
    let (class, text) = match props.done {
        Some(true) => ("good", "✓ Done".to_owned()),
        Some(false) => ("bad", format!("✕ {} of {} as wanted", tests.passed, tests.results.len())),
        None => ("", "…".to_owned()),
    };
    let onclick = move |_: MouseEvent| {
        send.emit(Msg::SelectTab(Tab::Tests));
        send.emit(Msg::SelectPane(Pane::Document));
    };
    html! {
        <p class={classes!("lesson-progress", class)} role="status">
            <button type="button" class="link" title="Show what is wanted"
                {onclick}>{text}</button>
        </p>
    }
}
