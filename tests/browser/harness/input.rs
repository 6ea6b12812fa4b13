//! Mouse and keyboard.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use serde_json::json;

use super::Page;

impl Page {
    /// Clicks in the middle of an element.
    #[track_caller]
    pub(crate) fn click(&self, css: &str) {
        self.until(&format!("`{css}` can be clicked"), || {
            let click = async { self.client.find(Locator::Css(css)).await?.click().await };
            self.runtime.block_on(click).map_err(|error| error.to_string())
        });
        self.settle();
    }

    /// The middle of an element on the screen, as soon as there is one.
    #[track_caller]
    pub(crate) fn middle(&self, css: &str) -> (f64, f64) {
        self.script(
            "const box = arguments[0].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]",
            &[json!(self.element(css))],
        )
    }

    /// Lets keys and pointers act.
    #[track_caller]
    pub(super) fn perform(&self, actions: impl Into<Actions>) {
        self.wait_for(self.client.perform_actions(actions));
        self.settle();
    }

    /// Waits until the page has drawn what it was told last. Yew does at once what it has time for, and the
    /// rest behind a timer of no delay, of which browsers make up to 4 ms: this one is due later.
    pub(crate) fn settle(&self) {
        let later = self.client.execute_async("setTimeout(arguments[0], 5)", Vec::new());
        // There is nothing to wait for on a page that was just left.
        let _ = self.runtime.block_on(later);
    }

    /// Clicks at a point of the window.
    #[track_caller]
    pub(crate) fn click_at(&self, (x, y): (f64, f64)) {
        let button = MOUSE_BUTTON_LEFT;
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        self.perform(mouse);
    }

    /// Drags from a point of the window to another one.
    #[track_caller]
    pub(crate) fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        self.drag_and_hold(from, to);
        self.let_go();
    }

    /// Lets the mouse's button go.
    #[track_caller]
    pub(crate) fn let_go(&self) {
        let up = PointerAction::Up { button: MOUSE_BUTTON_LEFT };
        self.perform(MouseActions::new("mouse".to_owned()).then(up));
    }

    /// Drags, and does not yet let go.
    #[track_caller]
    pub(crate) fn drag_and_hold(&self, (x, y): (f64, f64), to: (f64, f64)) {
        let button = MOUSE_BUTTON_LEFT;
        let duration = Some(Duration::from_millis(100));
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button })
            .then(PointerAction::MoveTo {
                duration,
                x: f64::midpoint(x, to.0),
                y: f64::midpoint(y, to.1),
            })
            .then(PointerAction::MoveTo { duration, x: to.0, y: to.1 });
        self.perform(mouse);
    }

    /// Moves the mouse to a point of the window.
    #[track_caller]
    pub(crate) fn point(&self, (x, y): (f64, f64)) {
        let mouse = MouseActions::new("mouse".to_owned());
        let to = PointerAction::MoveTo { duration: None, x, y };
        self.perform(mouse.then(to));
    }

    /// Moves the mouse over an element.
    #[track_caller]
    pub(crate) fn point_at(&self, css: &str) {
        let element = self.element(css);
        self.script::<()>("arguments[0].scrollIntoView({ block: 'center' })", &[json!(element)]);
        let mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: 0.0,
            y: 0.0,
        });
        self.perform(mouse);
    }

    /// Presses keys, one after another, wherever the focus is.
    #[track_caller]
    pub(crate) fn press(&self, keys: impl IntoIterator<Item = Key>) {
        let keys = keys.into_iter().map(char::from);
        self.type_keys(keys);
    }

    /// Presses a key while the others are held down.
    #[track_caller]
    pub(crate) fn chord(&self, held: &[Key], key: char) {
        let held: Vec<char> = held.iter().map(|key| char::from(*key)).collect();
        let mut keyboard = KeyActions::new("keyboard".to_owned());
        for value in held.iter().chain([&key]) {
            keyboard = keyboard.then(KeyAction::Down { value: *value });
        }
        for value in [&key].into_iter().chain(held.iter().rev()) {
            keyboard = keyboard.then(KeyAction::Up { value: *value });
        }
        self.perform(keyboard);
    }

    /// Types, wherever the focus is.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        self.type_keys(text.chars());
    }

    #[track_caller]
    fn type_keys(&self, keys: impl Iterator<Item = char>) {
        let keyboard = keys.fold(KeyActions::new("keyboard".to_owned()), |keyboard, value| {
            let value = if value == '\n' { char::from(Key::Enter) } else { value };
            keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.perform(keyboard);
    }

    /// Chooses the option with that value.
    #[track_caller]
    pub(crate) fn choose(&self, css: &str, value: &str) {
        self.wait_for(self.element(css).select_by_value(value));
        self.settle();
    }

    /// Puts a text into a field, in the place of what it holds.
    #[track_caller]
    pub(crate) fn fill(&self, css: &str, text: &str) {
        let field = self.element(css);
        self.wait_for(field.click());
        self.chord(&[Key::Control], 'a');
        if text.is_empty() {
            self.press([Key::Delete]);
        } else {
            self.type_text(text);
        }
    }
}
