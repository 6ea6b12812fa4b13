//! The editor, used by keyboard, mouse and clipboard.

use fantoccini::key::Key;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::harness::Page;

/// Where the cursor is: the text of its line, and how many characters stand before it.
pub(crate) type Caret = (String, usize);

impl Page {
    /// Goes to the editor without moving its cursor.
    #[track_caller]
    pub(crate) fn focus_editor(&self) {
        self.script::<()>("document.querySelector('.cm-content').focus()", &[]);
    }

    /// Selects the first place with that text, by the editor's search.
    #[track_caller]
    pub(crate) fn select(&self, text: &str) {
        // In a search, the line break is written so.
        let escaped = text.replace('\\', "\\\\").replace('\n', "\\n");
        self.focus_editor();
        self.chord(&[Key::Control], char::from(Key::Home));
        self.chord(&[Key::Control], 'f');
        self.wait_for_focus(".cm-search [name=search]");
        self.type_text(&escaped);
        self.press([Key::Enter, Key::Escape]);
        self.wait_for_focus(".cm-content");
        self.expect("the text to be selected", &text.to_owned(), || self.copied());
    }

    /// Puts the cursor right behind the first place with that text.
    #[track_caller]
    pub(crate) fn put_cursor_after(&self, text: &str) {
        self.select(text);
        self.press([Key::Right]);
    }

    /// Replaces the first place with that text by typing, and waits until the result is judged.
    #[track_caller]
    pub(crate) fn replace(&self, text: &str, by: &str) {
        self.select(text);
        self.change(|| if by.is_empty() { self.press([Key::Delete]) } else { self.type_text(by) });
    }

    /// Replaces the whole text by pasting, and waits until the result is judged.
    #[track_caller]
    pub(crate) fn replace_all(&self, by: &str) {
        self.focus_editor();
        self.chord(&[Key::Control], 'a');
        self.change(|| self.paste(by));
    }

    /// Pastes at the cursor.
    #[track_caller]
    pub(crate) fn paste(&self, text: &str) {
        self.paste_times(text, 1);
    }

    /// Pastes a text that consists of another one so many times.
    #[track_caller]
    pub(crate) fn paste_times(&self, text: &str, times: usize) {
        let script = "clipboard('paste', (it) => it.setData('text/plain', arguments[0].repeat(arguments[1])))";
        self.clipboard::<()>(script, &[json!(text), json!(times)]);
    }

    /// Runs a script that may let the editor use the clipboard. Firefox gives an event that a script has made no
    /// clipboard but this.
    #[track_caller]
    fn clipboard<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        let clipboard = "const clipboard = (type, prepare) => {
            const value = new DataTransfer();
            prepare(value);
            const event = new ClipboardEvent(type, { bubbles: true, cancelable: true });
            document.querySelector('.cm-content').dispatchEvent(
                Object.defineProperty(event, 'clipboardData', { value }));
            return value;
        };";
        self.script(&format!("{clipboard}\n{script}"), arguments)
    }

    /// What the editor puts into the clipboard: the selection, or the cursor's line if nothing is
    /// selected.
    #[track_caller]
    fn copied(&self) -> String {
        self.clipboard("return clipboard('copy', () => {}).getData('text/plain')", &[])
    }

    /// The whole text. Selects it.
    #[track_caller]
    pub(crate) fn whole_text(&self) -> String {
        self.focus_editor();
        self.chord(&[Key::Control], 'a');
        self.copied()
    }

    /// The line with the cursor. Nothing must be selected.
    #[track_caller]
    pub(crate) fn cursor_line(&self) -> String {
        self.copied().trim_end_matches('\n').to_owned()
    }

    /// The number of the line with the cursor.
    #[track_caller]
    pub(crate) fn cursor_line_number(&self) -> String {
        self.text(".cm-lineNumbers .cm-activeLineGutter")
    }

    /// Where the cursor is.
    #[track_caller]
    pub(crate) fn caret(&self) -> Caret {
        self.script(
            "const { focusNode, focusOffset } = getSelection();
            const element = focusNode instanceof Element ? focusNode : focusNode.parentElement;
            const line = element.closest('.cm-line');
            const before = document.createRange();
            before.setStart(line, 0);
            before.setEnd(focusNode, focusOffset);
            return [line.textContent, before.toString().length]",
            &[],
        )
    }

    /// How far the editor is scrolled down, once it has drawn twice without moving. It moves when it
    /// draws, some time after it was told to.
    #[track_caller]
    pub(crate) fn settled_scroll(&self) -> f64 {
        let mut last = None;
        self.until("the editor to stand still", || {
            let now: f64 =
                self.after_drawing("return document.querySelector('.cm-scroller').scrollTop");
            let before = last.replace(now);
            if before == Some(now) {
                Ok(now)
            } else {
                Err(format!("it went from {before:?} to {now}"))
            }
        })
    }

    /// The texts of the lines that are marked, of those in view.
    #[track_caller]
    pub(crate) fn marked_lines(&self) -> Vec<String> {
        self.script(
            "return [...document.querySelectorAll('.cm-line')]
                .filter((line) => /cm-mark-/.test(line.className)).map((line) => line.textContent)",
            &[],
        )
    }

    /// The numbers of the lines that have a sign of that severity beside them, of those in view.
    #[track_caller]
    pub(crate) fn lines_with_sign(&self, severity: &str) -> Vec<String> {
        self.script(
            "const top = (element) => Math.round(element.getBoundingClientRect().top);
            const signs = [...document.querySelectorAll('.cm-gutter-lint .cm-lint-marker-' + arguments[0])]
                .map((sign) => top(sign.closest('.cm-gutterElement')));
            return [...document.querySelectorAll('.cm-lineNumbers .cm-gutterElement')]
                .filter((number) => signs.includes(top(number)) && number.offsetHeight > 0)
                .map((number) => number.textContent)",
            &[json!(severity)],
        )
    }

    #[track_caller]
    pub(crate) fn wait_for_focus(&self, css: &str) {
        self.until(&format!("the focus on `{css}`"), || {
            let focused = self.script(
                "return document.activeElement?.matches(arguments[0]) ?? false",
                &[json!(css)],
            );
            if focused { Ok(()) } else { Err("it is elsewhere".to_owned()) }
        });
    }
}
