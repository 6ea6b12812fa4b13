//! CodeMirror, behind the class that `web/editor/src/editor.ts` defines when it is loaded. Positions are bytes on
//! this side and UTF-16 units on the other.

use js_sys::Uint8Array;
use netpol::view::{Edit, FindingView, Place};
use netpol_web::json;
use netpol_web::model::{History, Mark, Msg};
use netpol_web::protocol::{AssistAnswer, AssistQuery, Wants};
use netpol_web::text::Units;
use netpol_web::words;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::store::Send;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = netpolLoadEditor)]
    async fn load_editor() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = NetpolEditor)]
    type RawEditor;

    #[wasm_bindgen(constructor, catch, js_class = NetpolEditor)]
    fn new(
        parent: &Element,
        doc: &JsValue,
        changed: &Closure<dyn Fn(bool)>,
        fix: &Closure<dyn Fn(usize)>,
        history: &Closure<dyn Fn(bool, bool)>,
        refused: &Closure<dyn Fn(f64)>,
        ask: &Closure<dyn Fn(bool, u32, String, u32)>,
        cursor: &Closure<dyn Fn(u32)>,
    ) -> Result<RawEditor, JsValue>;

    #[wasm_bindgen(method)]
    fn text(this: &RawEditor) -> String;
    #[wasm_bindgen(method, js_name = isLong)]
    fn is_long(this: &RawEditor) -> bool;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &RawEditor) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, static_method_of = RawEditor, js_class = NetpolEditor)]
    async fn hold(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn prepare(this: &RawEditor, doc: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn open(this: &RawEditor, prepared: &JsValue);
    #[wasm_bindgen(method)]
    fn replace(this: &RawEditor, text: &str);
    #[wasm_bindgen(method)]
    fn edit(this: &RawEditor, ranges: Vec<u32>, texts: Vec<String>);
    #[wasm_bindgen(method)]
    fn undo(this: &RawEditor);
    #[wasm_bindgen(method, js_name = stepFinding)]
    fn step_finding(this: &RawEditor, forward: bool);
    #[wasm_bindgen(method)]
    fn answer(this: &RawEditor, number: u32, json: &str);
    #[wasm_bindgen(method)]
    fn redo(this: &RawEditor);
    #[wasm_bindgen(method)]
    fn reveal(this: &RawEditor, from: u32, to: u32);
    #[wasm_bindgen(method)]
    fn show(this: &RawEditor, from: u32, to: u32);
    #[wasm_bindgen(method)]
    fn annotate(this: &RawEditor, findings: &str, notes: Option<String>);
    #[wasm_bindgen(method, js_name = setMarks)]
    fn set_marks(this: &RawEditor, json: &str);
    #[wasm_bindgen(method, js_name = setReadonly)]
    fn set_readonly(this: &RawEditor, readonly: bool);
    #[wasm_bindgen(method)]
    fn destroy(this: &RawEditor);
}

/// The editor. Dropping it removes it from the page.
pub(crate) struct Editor {
    raw: RawEditor,
    // The editor calls these as long as it lives.
    _changed: Closure<dyn Fn(bool)>,
    _fix: Closure<dyn Fn(usize)>,
    _history: Closure<dyn Fn(bool, bool)>,
    _refused: Closure<dyn Fn(f64)>,
    _ask: Closure<dyn Fn(bool, u32, String, u32)>,
    _cursor: Closure<dyn Fn(u32)>,
}

/// A text as the editor can open it.
pub(crate) struct Held(JsValue);

impl Held {
    /// Loads the editor, unless it is there, and takes a long text apart, in slices; `None` if the editor cannot
    /// be loaded.
    pub(crate) async fn new(text: &str) -> Option<Self> {
        load_editor().await.ok()?;
        RawEditor::hold(text).await.ok().map(Self)
    }
}

/// A document that the editor only has to show.
pub(crate) struct Prepared(JsValue);

#[derive(Serialize)]
struct RawFinding<'a> {
    from: u32,
    to: u32,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct RawMark {
    from: u32,
    to: u32,
    kind: &'static str,
}

#[derive(Serialize)]
struct RawNote<'a> {
    at: u32,
    text: &'a str,
}

impl Editor {
    /// An editor in `parent`; `None` if its script has not been loaded. `changed` hears of every
    /// change and whether a person typed it, `moved` of the cursor's place in UTF-16 units.
    pub(crate) fn new(
        parent: &Element,
        held: &Held,
        changed: impl Fn(bool) + 'static,
        moved: impl Fn(u32) + 'static,
        send: &Send,
    ) -> Option<Self> {
        let changed = Closure::<dyn Fn(bool)>::new(changed);
        let told = send.clone();
        let fix = Closure::<dyn Fn(usize)>::new(move |index| told.emit(Msg::Fix(index)));
        let told = send.clone();
        let history = Closure::<dyn Fn(bool, bool)>::new(move |undo, redo| {
            told.emit(Msg::HistoryIs(History { undo, redo }));
        });
        let told = send.clone();
        let refused = Closure::<dyn Fn(f64)>::new(move |units| {
            told.emit(Msg::Refused(words::too_large(units)));
        });
        let told = send.clone();
        let ask = move |complete: bool, number: u32, text: String, offset: u32| {
            let wants = if complete { Wants::Completions } else { Wants::Meaning };
            told.emit(Msg::Assist(AssistQuery { number, wants, text, offset }));
        };
        let ask = Closure::<dyn Fn(bool, u32, String, u32)>::new(ask);
        let cursor = Closure::<dyn Fn(u32)>::new(moved);
        // The drawn text, if there is any, was there instead.
        parent.set_text_content(None);
        let raw =
            RawEditor::new(parent, &held.0, &changed, &fix, &history, &refused, &ask, &cursor);
        Some(Self {
            raw: raw.ok()?,
            _changed: changed,
            _fix: fix,
            _history: history,
            _refused: refused,
            _ask: ask,
            _cursor: cursor,
        })
    }

    /// The text as it is.
    pub(crate) fn text(&self) -> String {
        self.raw.text()
    }

    /// Whether reading the text at once would hold up the page.
    pub(crate) fn is_long(&self) -> bool {
        self.raw.is_long()
    }

    /// The text, read in slices; `None` if it changes before the end.
    pub(crate) async fn read(&self) -> Option<String> {
        let bytes = self.raw.read().await.ok()?.dyn_into::<Uint8Array>().ok()?;
        String::from_utf8(bytes.to_vec()).ok()
    }

    /// Makes another document ready to be shown, in a task of its own; `None` if that fails.
    pub(crate) async fn prepare(&self, held: Held) -> Option<Prepared> {
        self.raw.prepare(&held.0).await.ok().map(Prepared)
    }

    /// Goes to another document, which has a history of its own.
    pub(crate) fn open(&self, prepared: &Prepared) {
        self.raw.open(&prepared.0);
    }

    /// Makes the text another one, as one step to undo.
    pub(crate) fn replace(&self, text: &str) {
        self.raw.replace(text);
    }

    /// Changes the text of `units`, which must be what the editor gave last, as one step to undo.
    pub(crate) fn edit(&self, units: Units<'_>, edits: &[Edit]) {
        let ranges = edits.iter().flat_map(|edit| [edit.start, edit.end]);
        let ranges = ranges.map(|byte| units.utf16(byte)).collect();
        self.raw.edit(ranges, edits.iter().map(|edit| edit.text.clone()).collect());
    }

    /// Whether who looks at the text may change it.
    pub(crate) fn set_readonly(&self, readonly: bool) {
        self.raw.set_readonly(readonly);
    }

    /// Goes to the next finding, or to the one before.
    pub(crate) fn step_finding(&self, forward: bool) {
        self.raw.step_finding(forward);
    }

    /// Takes the last change back.
    pub(crate) fn undo(&self) {
        self.raw.undo();
    }

    /// Makes the change again that was taken back last.
    pub(crate) fn redo(&self) {
        self.raw.redo();
    }

    /// Gives the help that the editor has asked for.
    pub(crate) fn answer(&self, number: u32, answer: &AssistAnswer) {
        let answer = match answer {
            AssistAnswer::Completions(completions) => json::to_string(completions),
            AssistAnswer::Meaning(meaning) => json::to_string(meaning),
        };
        self.raw.answer(number, &answer);
    }

    /// Shows a place of the text of `units` and puts the cursor there.
    pub(crate) fn reveal(&self, units: Units<'_>, place: &Place) {
        self.raw.reveal(units.utf16(place.start), units.utf16(place.end));
    }

    /// Brings a place of the text of `units` into sight.
    pub(crate) fn show(&self, units: Units<'_>, place: &Place) {
        self.raw.show(units.utf16(place.start), units.utf16(place.end));
    }

    /// Marks lines of the text of `units`.
    pub(crate) fn set_marks(&self, units: Units<'_>, marks: &[Mark]) {
        let marks: Vec<RawMark> = marks
            .iter()
            .map(|mark| RawMark {
                from: units.utf16(mark.place.start),
                to: units.utf16(mark.place.end),
                kind: mark.kind.name(),
            })
            .collect();
        self.raw.set_marks(&json::to_string(&marks));
    }

    /// Underlines findings in the text of `units`, and writes a sentence above each of the places of `notes`,
    /// or leaves those that are there.
    pub(crate) fn annotate<'a>(
        &self,
        units: Units<'_>,
        findings: &[FindingView],
        notes: Option<impl Iterator<Item = (&'a Place, &'a str)>>,
    ) {
        let findings: Vec<RawFinding> = findings
            .iter()
            .map(|finding| RawFinding {
                from: units.utf16(finding.place.start),
                to: units.utf16(finding.place.end),
                severity: words::severity(finding.severity),
                message: &finding.message,
                help: finding.help.as_deref(),
                fix: finding.fix.as_ref().map(|fix| fix.title.as_str()),
            })
            .collect();
        let note =
            |(place, text): (&Place, &'a str)| RawNote { at: units.utf16(place.start), text };
        let notes = notes.map(|notes| json::to_string(&notes.map(note).collect::<Vec<_>>()));
        self.raw.annotate(&json::to_string(&findings), notes);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.raw.destroy();
    }
}
