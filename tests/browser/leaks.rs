//! What was opened, edited and closed is gone, however often.

use serde::Deserialize;

use crate::harness::{Page, Setup, visit};

/// So many rounds until the page has all that it keeps for good.
const WARM: usize = 10;

/// So many rounds more leave nothing.
const MORE: usize = 100;

/// As many as one script does: the driver does not wait for ever.
const AT_ONCE: usize = 1;

/// Counts the workers that run.
const WATCH: &str = "window.workers = 0;
    window.Worker = class extends Worker {
        constructor(...all) { super(...all); window.workers += 1; }
        terminate() { super.terminate(); window.workers -= 1; }
    };";

/// Goes through the views, opens and closes what there is to open, types and takes it back. Nothing that the
/// driver is told of: it would keep that.
const ROUNDS: &str = "
    const [done] = arguments;
    const get = (css) => document.querySelector(css);
    const named = (id) => get(`[data-testid=${id}]`);
    const app = named('app').dataset;
    const until = async (holds) => {
        while (!holds()) await new Promise((go) => setTimeout(go));
    };
    const click = async (id, holds) => {
        await until(() => named(id));
        named(id).click();
        await until(() => holds() && app.state === 'ready');
    };
    const go = (tab) => click(`tab-${tab}`, () => get(`[data-testid=tab-${tab}][aria-selected=true]`));
    const edit = async (action) => {
        const { revision } = app;
        action();
        await until(() => app.revision !== revision && app.state === 'ready');
    };
    const escape = () => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    // Not a command of the browser's own editing: its list of what could be undone keeps nodes.
    const paste = () => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', '# ');
        get('.cm-content').dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    };
    (async () => {
        for (let round = 0; round < rounds; round++) {
            for (const tab of ['matrix', 'log', 'changes', 'graph', 'tests', 'cluster']) await go(tab);
            await click('details', () => named('inspection'));
            await click('details', () => !named('inspection'));
            await click('add-pod', () => named('form')?.contains(document.activeElement));
            escape();
            await until(() => !named('form'));
            await go('manifests');
            await click('keys', () => named('shortcuts')?.open);
            named('shortcuts').close();
            await until(() => !named('shortcuts'));
            await edit(paste);
            await edit(() => named('undo-change').click());
        }
    })().then(() => done(''), (error) => done(String(error)));";

/// What the browser holds for the page.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct Held {
    documents: usize,
    nodes: usize,
    js_event_listeners: usize,
}

fn held(page: &Page) -> Held {
    // What comes after a moment of calm has come. Asked by a script: the driver would keep what it finds.
    let calm = "return document.querySelector('[data-testid=suggestion]') !== null";
    page.expect("a suggestion", &true, || page.script(calm, &[]));
    page.developers("HeapProfiler.collectGarbage");
    serde_json::from_value(page.developers("Memory.getDOMCounters")).unwrap()
}

#[track_caller]
fn go_round(page: &Page, count: usize) {
    let script = format!("const rounds = {AT_ONCE}; {ROUNDS}");
    for _ in 0..count / AT_ONCE {
        assert_eq!(page.script_async::<String>(&script), "");
    }
}

#[test]
fn what_was_closed_is_gone() {
    visit(Setup { before: WATCH, ..Setup::USUAL }, |page| {
        go_round(page, WARM);
        let before = held(page);
        go_round(page, MORE);
        let after = held(page);
        // Whatever a round leaves is there so many times; the browser's own may differ by some.
        let grown = |of: fn(&Held) -> usize| of(&after).saturating_sub(of(&before));
        assert!(grown(|it| it.nodes) < MORE / 2, "nodes: {before:?}, then {after:?}");
        let listeners = grown(|it| it.js_event_listeners);
        assert!(listeners < MORE / 2, "listeners: {before:?}, then {after:?}");
        assert_eq!(grown(|it| it.documents), 0, "{before:?}, then {after:?}");
        assert_eq!(page.script::<usize>("return window.workers", &[]), 1);
    });
}
