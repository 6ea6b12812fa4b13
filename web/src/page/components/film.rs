use gloo::timers::callback::Timeout;
use netpol_diagram::{Edge, Scene};
use netpol_web::measure::written as n;
use netpol_web::model::{Film, FilmMsg, Msg, Row, Speed, Spot, Step};
use netpol_web::{test_ids, words};
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::chosen_value;
use super::marked::Marked;
use crate::hooks::use_choice;
use crate::js::page;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct FilmBarProps {
    pub(crate) film: Film,
}

/// The step that is shown, and the keys of a film.
#[component]
pub(crate) fn FilmBar(props: &FilmBarProps) -> Html {
    let send = use_send();
    let Film { at, playing, speed, steps, .. } = &props.film;
    let (at, playing, count) = (*at, *playing, steps.len());
    use_timer(at, playing, *speed);
    let first = use_node_ref();
    use_effect_with(first.clone(), |first| {
        let opener = page::focused();
        page::focus(first.cast::<Element>());
        move || {
            // Who has gone elsewhere stays there.
            let is_here = |it: Element| it.closest(".film").is_ok_and(|film| film.is_some());
            if page::focused().is_none_or(is_here) {
                page::focus(opener);
            }
        }
    });
    let select = use_choice(speed.name());
    let tell = |msg: FilmMsg| send.reform(move |_: MouseEvent| Msg::Film(msg));
    let button = |sign: &'static str, name: &'static str, id: &'static str, msg, disabled: bool| {
        html! {
            <button type="button" class="button icon" title={name} aria-label={name} data-testid={id} aria-disabled={disabled.to_string()}
                onclick={tell(msg)}>{sign}</button>
        }
    };
    let to = send.clone();
    let onslide = Callback::from(move |event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        let number = (1..=count).take_while(|it| f64::from(*it as u32) <= value).count();
        to.emit(Msg::Film(FilmMsg::Go(number.saturating_sub(1))));
    });
    let to = send.clone();
    let onspeed = Callback::from(move |event: Event| {
        let name = chosen_value(&event);
        let speed = Speed::ALL.into_iter().find(|it| it.name() == name).unwrap_or_default();
        to.emit(Msg::Film(FilmMsg::SetSpeed(speed)));
    });
    let (play, sign) = if playing { ("Pause", "❚❚") } else { ("Play", "▶") };
    html! {
        <section class="film" aria-label="One connection, step by step" data-testid={test_ids::FILM}
            data-step={(at + 1).to_string()} data-steps={count.to_string()} data-spot={props.film.step().map(|step| step.spot.name())}
            onkeydown={keys(send.reform(Msg::Film), count)}>
            <div class="film-tools" role="group" aria-label="Steps">
                { button("←", "Step back", test_ids::FILM_BACK, FilmMsg::Back, at == 0) }
                <button ref={first} type="button" class="button icon" title={play} aria-label={play} data-testid={test_ids::FILM_PLAY}
                    onclick={tell(FilmMsg::TogglePlay)}>{sign}</button>
                { button("→", "Step forward", test_ids::FILM_FORWARD, FilmMsg::Forward, props.film.is_over()) }
                <input type="range" min="1" max={count.to_string()} value={(at + 1).to_string()} aria-label="Step"
                    aria-valuetext={format!("{} of {count}", at + 1)} oninput={onslide} />
                <span class="film-count">{format!("{} / {count}", at + 1)}</span>
                <select ref={select} aria-label="Speed" onchange={onspeed} data-testid={test_ids::FILM_SPEED}>
                    for it in Speed::ALL { <option key={it.name()} value={it.name()}>{it.name()}</option> }
                </select>
                <button type="button" class="button icon film-close" title="Close" aria-label="Close" data-testid={test_ids::FILM_CLOSE}
                    onclick={tell(FilmMsg::Close)}>{"✕"}</button>
            </div>
            { for props.film.step().map(spoken) }
        </section>
    }
}

/// The step in words, also for those who only hear it.
fn spoken(step: &Step) -> Html {
    let answer = step.answer.map(words::answer_name);
    html! {
        <p class={classes!("film-step", answer)} role="status" aria-live="polite" data-testid={test_ids::FILM_STEP} data-answer={answer}>
            if let Some(answer) = step.answer {
                <span class={classes!("sign", words::answer_name(answer))} aria-hidden="true">{words::answer_sign(answer)}</span>
            }
            <span><Marked text={step.text.clone()} /></span>
        </p>
    }
}

/// Shows the next step when the time of this one is over.
#[hook]
fn use_timer(at: usize, playing: bool, speed: Speed) {
    let send = use_send();
    use_effect_with((at, playing, speed), move |_| {
        let over = move || send.emit(Msg::Film(FilmMsg::Over(at)));
        let timer = playing.then(|| Timeout::new(speed.milliseconds(), over));
        move || drop(timer)
    });
}

/// Arrow keys step, Home and End go to the ends, Escape closes.
fn keys(tell: Callback<FilmMsg>, count: usize) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let in_choice = event.target_dyn_into::<HtmlSelectElement>().is_some();
        let msg = match event.key().as_str() {
            "Escape" => FilmMsg::Close,
            _ if in_choice || event.ctrl_key() || event.meta_key() || event.alt_key() => return,
            "ArrowRight" => FilmMsg::Forward,
            "ArrowLeft" => FilmMsg::Back,
            "Home" => FilmMsg::Go(0),
            "End" => FilmMsg::Go(count),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        tell.emit(msg);
    })
}

/// The row of the explanation that the film has come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filmed(pub(super) Option<Row>);

/// Whether the film has come to this row, which is then brought into sight within its pane; the
/// first result is to be given to the row's element.
#[hook]
pub(super) fn use_filmed(row: Option<&Row>) -> (NodeRef, bool) {
    let node = use_node_ref();
    let filmed = use_context::<Filmed>().unwrap_or_default();
    let is_it = row.is_some() && row == filmed.0.as_ref();
    use_effect_with((node.clone(), is_it), |(node, is_it)| {
        if let Some(element) = node.cast::<Element>().filter(|_| *is_it) {
            page::show_in_explanation(&element);
        }
    });
    (node, is_it)
}

/// Where the connection is: a dot on its line, and a ring around the gate or card that has the word.
pub(super) fn film_layer(step: &Step, edge: &Edge, scene: &Scene) -> Html {
    let dropped = step.row.is_none() && step.spot == Spot::Leaving;
    let part = match step.spot {
        Spot::Leaving if dropped => 100,
        Spot::Sender | Spot::Leaving => 0,
        Spot::Way => 50,
        Spot::Entering | Spot::Receiver => 100,
    };
    let gate = match step.spot {
        Spot::Leaving => Some(edge.egress.at),
        Spot::Entering => Some(edge.ingress.at),
        _ => None,
    };
    let at = match step.spot {
        Spot::Sender => Some(&edge.from),
        Spot::Receiver => Some(&edge.to),
        _ => None,
    };
    let card = at.and_then(|id| scene.cards.iter().find(|card| card.id == *id));
    let answer = step.answer.map(words::answer_name);
    html! {
        <g class={classes!("film-layer", answer)} data-testid={test_ids::FILM_DOT} data-part={part.to_string()} aria-hidden="true">
            if let Some(at) = gate { <circle class="film-ring" cx={n(at.x)} cy={n(at.y)} r="13" /> }
            if let Some(card) = card {
                <rect class="film-ring" x={n(card.rect.x - 5.0)} y={n(card.rect.y - 5.0)} width={n(card.rect.width + 10.0)}
                    height={n(card.rect.height + 10.0)} rx="14" />
            }
            <path class="film-dot" d={edge.path.clone()} pathLength="100" style={format!("stroke-dashoffset:-{part}")} />
        </g>
    }
}
