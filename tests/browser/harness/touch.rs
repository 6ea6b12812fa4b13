//! Fingers.

use std::time::Duration;

use fantoccini::actions::InputSource;
use fantoccini::actions::{MOUSE_BUTTON_LEFT, PointerAction, TouchActions};

use super::Page;

/// A point of the window.
pub(crate) type At = (f64, f64);

/// Longer than it takes to take hold of something.
const HOLD: Duration = Duration::from_millis(600);

/// The page's longer timers stand still.
const STAND_STILL: &str = "const go = window.passing = setTimeout;
    window.setTimeout = (action, wait, ...rest) => wait < 100 ? go(action, wait, ...rest) : 0";

/// They go on.
const GO_ON: &str = "window.setTimeout = window.passing";

impl Page {
    /// Holds a finger on a point, and then moves it to another one.
    #[track_caller]
    pub(crate) fn hold_and_drag(&self, from: At, to: At) {
        self.touch(vec![finger("finger", from, to, HOLD)]);
    }

    /// Moves a finger at once, as one does to scroll. A busy machine tells the page late that it moves: meanwhile
    /// the page must not find that it rests.
    #[track_caller]
    pub(crate) fn swipe(&self, from: At, to: At) {
        self.script::<()>(STAND_STILL, &[]);
        self.touch(vec![finger("finger", from, to, Duration::ZERO)]);
        self.script::<()>(GO_ON, &[]);
    }

    /// Moves two fingers.
    #[track_caller]
    pub(crate) fn pinch(&self, one: [At; 2], other: [At; 2]) {
        let [one, other] = [("one", one), ("other", other)]
            .map(|(id, [from, to])| finger(id, from, to, Duration::ZERO));
        self.touch(vec![one, other]);
    }

    #[track_caller]
    fn touch(&self, fingers: Vec<TouchActions>) {
        self.perform(fingers);
    }
}

fn finger(id: &str, from: At, to: At, hold: Duration) -> TouchActions {
    const STEPS: u32 = 6;
    let button = MOUSE_BUTTON_LEFT;
    let start = TouchActions::new(id.to_owned())
        .then(PointerAction::MoveTo { duration: None, x: from.0, y: from.1 })
        .then(PointerAction::Down { button })
        .then(PointerAction::Pause { duration: hold });
    let moved = (1..=STEPS).fold(start, |touch, step| {
        let part = f64::from(step) / f64::from(STEPS);
        let at = |a: f64, b: f64| (a + (b - a) * part).round();
        let duration = Some(Duration::from_millis(30));
        touch.then(PointerAction::MoveTo { duration, x: at(from.0, to.0), y: at(from.1, to.1) })
    });
    moved.then(PointerAction::Up { button })
}
