//! The document around the page: its address, what it remembers, and its last words.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::utils::{document_element, window};
use netpol_web::json;
use netpol_web::model::{DocumentId, Listing, Msg, Start, StoredDocument, Theme, Unsaved};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent, SvgElement, UrlSearchParams};

use crate::store::Send;

/// The name of the theme in the browser's storage; `web/start.js` reads it, too.
const THEME: &str = "netpol-theme";

/// The name of the document that is open: in the tab's own storage, for a reload, and in the common
/// one, for the next visit.
const OPEN: &str = "netpol-open";

/// The name of the text that could not be kept in time.
const UNSAVED: &str = "netpol-unsaved";

/// How long the worker may take for an answer.
const PATIENCE_MS: u32 = 10_000;

thread_local! {
    /// Who hears of a panic. The panic hook outlives every component.
    static LAST_WORDS: RefCell<Option<Send>> = const { RefCell::new(None) };
}

/// What the page's address asks for. All of it serves the browser tests: the address of a document
/// is in the fragment.
#[derive(Clone, Debug)]
pub(crate) struct TestHooks {
    /// `?worker-timeout-ms=N`: how long the worker may take for an answer.
    pub(crate) patience_ms: u32,
    /// `?hang-worker=WORD`: before the first text with this word is sent, the worker is made to hang.
    hang_at: Option<String>,
}

impl Default for TestHooks {
    fn default() -> Self {
        Self { patience_ms: PATIENCE_MS, hang_at: None }
    }
}

impl TestHooks {
    /// Reads the address.
    pub(crate) fn from_address() -> Self {
        let query = window().location().search().unwrap_or_default();
        let parameters = UrlSearchParams::new_with_str(&query).ok();
        let parameter = |name: &str| parameters.as_ref()?.get(name);
        let patience_ms = parameter("worker-timeout-ms").and_then(|text| text.parse().ok());
        Self { patience_ms: patience_ms.unwrap_or(PATIENCE_MS), hang_at: parameter("hang-worker") }
    }

    /// Whether the worker is to hang before it gets this text.
    pub(crate) fn hang_before(&mut self, text: &str) -> bool {
        self.hang_at.take_if(|word| text.contains(&**word)).is_some()
    }
}

/// Shows the theme, and remembers it.
pub(crate) fn set_theme(theme: Theme, remember: bool) {
    // Neither can fail in a way that matters: without storage the theme is forgotten.
    let _ = document_element().set_attribute("data-theme", theme.name());
    if remember && let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(THEME, theme.name());
    }
}

/// What the page begins with, as far as it is known without the storage of documents.
pub(crate) fn start() -> Start {
    let window = window();
    if is_framed() {
        return Start::framed(address());
    }
    let item = |storage: Option<web_sys::Storage>| storage?.get_item(OPEN).ok().flatten();
    let here = item(window.session_storage().ok().flatten());
    let id = here.or_else(|| item(window.local_storage().ok().flatten())).unwrap_or_default();
    Start {
        address: address(),
        theme: stored_theme(),
        listing: Ok(Listing::default()),
        seed: js_sys::Math::random().to_bits() as u32,
        last: StoredDocument { id: id.into(), ..StoredDocument::default() },
        unsaved: take_unsaved(),
        framed: false,
    }
}

/// Whether the page is in a frame; `web/start.js` has seen it first.
pub(crate) fn is_framed() -> bool {
    document_element().has_attribute("data-framed")
}

/// What this tab had not yet kept when it was closed. It is told once.
fn take_unsaved() -> Option<Unsaved> {
    let storage = window().session_storage().ok().flatten()?;
    let json = storage.get_item(UNSAVED).ok().flatten()?;
    let _ = storage.remove_item(UNSAVED);
    serde_json::from_str(&json).ok()
}

/// Keeps a document until the tab is loaded again. A page that is being closed has no time to wait for
/// the storage of documents.
pub(crate) fn remember_unsaved(unsaved: &Unsaved) {
    let storage = window().session_storage().ok().flatten();
    if let Some(storage) = storage {
        // What is too large for it is lost as far as it is of the last moment.
        let _ = storage.set_item(UNSAVED, &json::to_string(unsaved));
    }
}

/// Remembers which document is open.
pub(crate) fn remember_open(key: &DocumentId) {
    let window = window();
    for storage in [window.session_storage(), window.local_storage()] {
        if let Ok(Some(storage)) = storage {
            // Without storage the page begins with the first scenario.
            let _ = storage.set_item(OPEN, key);
        }
    }
}

/// A listener on the window, until dropped.
pub(crate) struct Listener {
    kind: &'static str,
    heard: Closure<dyn Fn(web_sys::Event)>,
}

impl Listener {
    fn new(kind: &'static str, heard: impl Fn(web_sys::Event) + 'static) -> Self {
        let heard = Closure::<dyn Fn(web_sys::Event)>::new(heard);
        // A window takes every listener.
        let _ = window().add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref());
        Self { kind, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = window().remove_event_listener_with_callback(self.kind, heard);
    }
}

/// Hears when the page is closed, reloaded or put away.
pub(crate) fn on_leaving(leaving: impl Fn() + 'static) -> Listener {
    Listener::new("pagehide", move |_| leaving())
}

/// Hears of keys that nobody else has used.
pub(crate) fn on_key(pressed: impl Fn(KeyboardEvent) + 'static) -> Listener {
    Listener::new("keydown", move |event| pressed(event.unchecked_into()))
}

/// Hears when the address gets another fragment.
pub(crate) fn on_fragment(changed: impl Fn() + 'static) -> Listener {
    Listener::new("hashchange", move |_| changed())
}

/// What the entry of the tab's history is marked with whose link is open.
const OPENED: &str = "opened";

/// The address's fragment, unless what it names was opened already: a reload shows the document as it
/// has become since.
pub(crate) fn new_fragment() -> Option<String> {
    let window = window();
    let state = window.history().and_then(|history| history.state()).ok()?;
    let fragment = window.location().hash().ok()?;
    let fragment = fragment.strip_prefix('#').filter(|fragment| !fragment.is_empty())?;
    (state.as_string().as_deref() != Some(OPENED)).then(|| fragment.to_owned())
}

/// What the address names is open. The address stays, so that it can be copied.
pub(crate) fn mark_as_opened() {
    if let Ok(history) = window().history() {
        // Without an address the entry keeps its own: an empty one would be the base.
        let _ = history.replace_state_with_url(&OPENED.into(), "", None);
    }
}

/// The page's address without what follows its path.
fn address() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

/// The theme that was chosen last.
pub(crate) fn stored_theme() -> Theme {
    let storage = window().local_storage().ok().flatten();
    let name = storage.and_then(|storage| storage.get_item(THEME).ok().flatten());
    name.and_then(|name| Theme::named(&name)).unwrap_or_default()
}

/// Gives an element the focus, if it is there.
pub(crate) fn focus(element: Option<Element>) {
    // HTML and SVG elements have the same method, in two interfaces.
    if let Some(element) = element {
        let _ = match element.dyn_into::<HtmlElement>() {
            Ok(html) => html.focus(),
            Err(other) => other.dyn_into::<SvgElement>().map_or(Ok(()), |svg| svg.focus()),
        };
    }
}

/// The element that has the focus.
pub(crate) fn focused() -> Option<Element> {
    let element = gloo::utils::document().active_element()?;
    (!element.matches("body").unwrap_or_default()).then_some(element)
}

/// Brings a row into sight within the explanation, below what stays at its top. Nothing else
/// scrolls.
pub(crate) fn show_in_explanation(row: &Element) {
    let Ok(Some(pane)) = row.closest(".explanation") else { return };
    let (room, at) = (pane.get_bounding_client_rect(), row.get_bounding_client_rect());
    let head = pane.query_selector(".answer").ok().flatten();
    let top = head.map_or(room.top(), |head| head.get_bounding_client_rect().bottom());
    if at.top() < top || at.bottom() > room.bottom() {
        pane.scroll_by_with_x_and_y(0.0, at.top() - top - 8.0);
    }
}

/// Whether this is a Mac, where commands have another key.
pub(crate) fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|name| name.starts_with("Mac"))
}

/// Whether the style sheets give an element a property of that name.
pub(crate) fn has_property(element: &Element, name: &str) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(name).ok()).is_some_and(|it| !it.is_empty())
}

/// Whether the element that has the focus is in this one.
pub(crate) fn has_focus_within(element: &Element) -> bool {
    element.matches(":focus-within").unwrap_or_default()
}

/// The address of the engine that belongs to this page: `index.html` holds the names of its two
/// scripts, with hashes.
pub(crate) fn engine() -> String {
    let meta = gloo::utils::document().query_selector("meta[name=netpol-engine]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Shows the page in the place of the static shell, and tells `web/start.js`. The text of the first view is where the
/// editor will be.
pub(crate) fn show() {
    let document = gloo::utils::document();
    if let Some(shell) = document.get_element_by_id("shell") {
        shell.remove();
        let text = shell.query_selector(".editor-text").ok().flatten();
        if let (Some(text), Ok(Some(editor))) = (text, document.query_selector(".editor:empty")) {
            let _ = editor.append_child(&text);
        }
    }
    let _ = document_element().set_attribute("data-shown", "");
}

/// A function that several may call, and that does something the first time.
fn once(then: impl FnOnce() + 'static) -> impl Fn() + Clone + 'static {
    let then = Rc::new(Cell::new(Some(then)));
    move || {
        if let Some(then) = then.take() {
            then();
        }
    }
}

/// Of a frame that is out of sight nothing is drawn; then it is late enough after so long.
const DRAWN_MS: u32 = 500;

/// Calls a function when the browser has drawn what the page is by now.
pub(crate) fn when_drawn(then: impl FnOnce() + 'static) {
    let once = once(then);
    let late = Timeout::new(DRAWN_MS, once.clone());
    with_next_frame(move || {
        late.cancel();
        Timeout::new(0, once).forget();
    });
}

/// Calls a function right before the browser draws the next time: what wants to know where something is waits for no
/// layout but the one that is due.
pub(crate) fn with_next_frame(then: impl FnOnce() + 'static) {
    // It takes every function.
    let _ = window().request_animation_frame(Closure::once_into_js(then).unchecked_ref());
}

/// Where the browser does not tell of idle moments, or has none, it is late enough after so long.
const IDLE_MS: u32 = 300;

/// Calls a function when what the page is by now has been drawn and the browser has nothing else to do.
pub(crate) fn when_idle(then: impl FnOnce() + 'static) {
    let once = once(then);
    when_drawn(move || {
        let idle = Closure::once_into_js(once.clone());
        // Safari has no such function: the timer is for it.
        let _ = window().request_idle_callback(idle.unchecked_ref());
        Timeout::new(IDLE_MS, once).forget();
    });
}

/// Hands over once what the browser is told for each of hundreds of elements, besides the names of attributes, which
/// Yew hands over by itself.
pub(crate) fn intern_names() {
    for name in ["http://www.w3.org/2000/svg", "circle", "g", "path", "rect", "text", "title"] {
        wasm_bindgen::intern(name);
    }
}

/// Makes panics visible: on the page, and in the console. Yew would put a hook of its own in the place of another.
pub(crate) fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&message.as_str().into());
        LAST_WORDS.with_borrow(|send| {
            // Without anybody to tell, `web/start.js` says that there is no page.
            if let Some(send) = send {
                show();
                send.emit(Msg::Panicked(message));
            }
        });
    }));
}

/// Says who hears of a panic.
pub(crate) fn listen_for_panics(send: &Send) {
    LAST_WORDS.set(Some(send.clone()));
}
