// The YAML editor, as the page sees it. Positions are CodeMirror's: UTF-16 units.
// web/src/page/js/editor.rs is the other half of this contract.

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorSelection, EditorState, type ChangeSpec, type Extension, type Text, type TransactionSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

import { findingsTransaction, type Finding } from "./findings";
import { markedLines, setMarks, type Mark } from "./marks";
import { difference } from "./difference";
import { newlineBelowKey } from "./newline";
import { notes, notesEffect, type Note } from "./notes";
import { encoded, held, LONG, longPaste, others } from "./slices";
import { still } from "./still";
import { highlighting, theme } from "./theme";
import { yaml } from "./yaml";

/** Marks changes that the page made, as opposed to the person who types. */
const byThePage = Annotation.define<boolean>();

/** What the editor tells the page. */
export interface Listeners {
  /** The text is another; `typed` unless the page changed it. */
  changed: (typed: boolean) => void;
  /** The person asked for the fix of the finding with this index. */
  fix: (index: number) => void;
  /** Whether there is something to undo and to redo is another matter than before. */
  history: (undo: boolean, redo: boolean) => void;
  /** A change was refused: the text would have had so many units. */
  refused: (units: number) => void;
  /** Who is writing wants to know what may stand at a byte of a document, or what the field there means. */
  ask: (complete: boolean, number: number, text: string, offset: number) => void;
  /** The cursor is there. */
  cursor: (unit: number) => void;
}

/** Whether the page is in a frame; `web/start.js` has seen it first. */
const framed = document.documentElement.hasAttribute("data-framed");

/** A text of more units is refused: the browser would not get through with it. */
const LIMIT = 32 << 20;

/** So many documents that were left keep their history, unless they are large. */
const KEPT_STATES = 8;
const KEPT_UNITS = 1 << 20;

/** More notes than these are not shown in one task with the findings. */
const MANY = 60;

class Editor {
  readonly #view: EditorView;
  readonly #listeners: Listeners;
  /** Whether the text has changed since the page last read it. */
  #unread = false;
  /** The documents that were left, with their histories; the last one last. */
  #left: EditorState[] = [];
  #history = "";
  /** What is loaded later, and where it belongs. */
  readonly #place = new Compartment();
  #extras: Extension | undefined;
  readonly #lock = new Compartment();
  #readonly = false;
  #asked = 0;
  readonly #waiting = new Map<number, (answer: unknown) => void>();

  constructor(
    parent: Element,
    doc: string | Text,
    changed: Listeners["changed"],
    fix: Listeners["fix"],
    history: Listeners["history"],
    refused: Listeners["refused"],
    ask: Listeners["ask"],
    cursor: Listeners["cursor"],
  ) {
    this.#listeners = { changed, fix, history, refused, ask, cursor };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({ doc, extensions: this.#extensions() }),
    });
    // Nobody needs them before the first key, and the first view is there sooner without them.
    this.#view.contentDOM.addEventListener("focus", () => void this.#loadExtras(), { once: true });
  }

  async #loadExtras(): Promise<void> {
    const { extras } = await import("./extras");
    this.#extras = extras((complete, text, offset) => this.#ask(complete, text, offset));
    this.#addExtras();
  }

  #addExtras(): void {
    if (!this.#extras || this.#place.get(this.#view.state) === this.#extras) return;
    this.#view.dispatch({ effects: this.#place.reconfigure(this.#extras) });
  }

  /** Asks the engine; the answer comes by its number. */
  #ask(complete: boolean, text: string, offset: number): Promise<unknown> {
    const number = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#listeners.ask(complete, number, text, offset);
    });
  }

  /** The answer to a question; those before it will have none. */
  answer(number: number, json: string): void {
    const resolve = this.#waiting.get(number);
    for (const [other, give] of this.#waiting) {
      if (other > number) continue;
      this.#waiting.delete(other);
      if (other < number) give(null);
    }
    resolve?.(JSON.parse(json));
  }

  #extensions() {
    return [
      lineNumbers(),
      // With the first findings it would add what it needs by itself, and the browser would style all of the page anew.
      linter(null),
      lintGutter(),
      codeFolding(),
      foldGutter({ openText: "⌄", closedText: "›" }),
      history(),
      drawSelection(),
      rectangularSelection(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      // Parses on while nobody types. The build hides `navigator.scheduling`: whoever knows it parses for
      // 100 ms at a time and looks out for keys only, which holds up everything else on the page.
      yaml(),
      syntaxHighlighting(highlighting),
      theme,
      markedLines,
      notes,
      longPaste,
      keymap.of([{ key: "Enter", run: newlineBelowKey }, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...(framed ? [] : [indentWithTab])]),
      EditorView.contentAttributes.of({
        // In a frame Tab goes on through the page around it.
        "aria-label": framed ? "Manifests, YAML" : "Manifests, YAML. Press Escape, then Tab, to leave the editor.",
        // It has the focus by being editable, which not every tool knows.
        tabindex: "0",
        spellcheck: "false",
        autocorrect: "off",
        autocapitalize: "off",
      }),
      EditorState.changeFilter.of((transaction) => {
        const { length } = transaction.newDoc;
        if (length <= LIMIT) return true;
        // Not while the editor is at work.
        queueMicrotask(() => this.#listeners.refused(length));
        return false;
      }),
      this.#place.of(this.#extras ?? []),
      this.#lock.of(locked(this.#readonly)),
      // A plugin hears of a change before the editor draws it: the engine works meanwhile.
      ViewPlugin.define(() => ({ update: (update) => this.#changed(update) })),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.#tellHistory();
        if (update.docChanged || update.selectionSet) this.#listeners.cursor(update.state.selection.main.head);
      }),
    ];
  }

  #changed({ docChanged, transactions }: ViewUpdate): void {
    if (!docChanged) return;
    this.#unread = true;
    const typed = !transactions.some((transaction) => transaction.annotation(byThePage));
    if (typed) still();
    this.#listeners.changed(typed);
  }

  /** The text. From now on positions are about this one, until it changes. */
  text(): string {
    this.#unread = false;
    return this.#view.state.doc.toString();
  }

  /** Whether reading the text at once would take long. */
  isLong(): boolean {
    return this.#view.state.doc.length > LONG;
  }

  /** The text as `text` gives it, read in slices; `null` if it changes before the end. */
  async read(): Promise<Uint8Array | null> {
    const { doc } = this.#view.state;
    const isCurrent = () => this.#view.state.doc === doc;
    const all = await encoded(doc, isCurrent);
    if (all) this.#unread = false;
    return all;
  }

  /** A text as it can be opened: a long one is taken apart, in slices. */
  static async hold(text: string): Promise<string | Text> {
    return text.length > LONG ? held(text) : text;
  }

  /** Another document, so far that `open` only has to show it; with the history that it had when it was left. */
  async prepare(doc: string | Text): Promise<EditorState> {
    const before = this.#left.find((left) => left.doc.length === doc.length && left.doc.toString() === doc);
    const state = before ?? EditorState.create({ doc, extensions: this.#extensions() });
    // Making it and showing it together would be a long task.
    await others();
    return state;
  }

  /** Goes to a document that was prepared. */
  open(to: EditorState): void {
    const { state } = this.#view;
    this.#left = this.#left.filter((left) => left !== to);
    if (state.doc.length <= KEPT_UNITS) this.#left = [...this.#left.slice(1 - KEPT_STATES), state];
    this.#view.setState(to);
    this.#unread = false;
    this.#addExtras();
    this.#tellHistory();
  }

  #tellHistory(): void {
    const { state } = this.#view;
    const now = [undoDepth(state) > 0, redoDepth(state) > 0] as const;
    if (this.#history === now.join()) return;
    this.#history = now.join();
    this.#listeners.history(...now);
  }

  /** Makes the text another one, as one step to undo; what stays the same keeps its place. */
  replace(text: string): void {
    const change = difference(this.#view.state.doc.toString(), text);
    if (change) this.#change([change]);
  }

  /** Replaces ranges, as one step to undo. `ranges` holds pairs of positions. */
  edit(ranges: Uint32Array, texts: string[]): void {
    if (this.#unread) return;
    this.#change(texts.map((insert, i) => ({ from: ranges[2 * i] ?? 0, to: ranges[2 * i + 1] ?? 0, insert })));
  }

  #change(changes: ChangeSpec): void {
    this.#view.dispatch({
      changes,
      annotations: [isolateHistory.of("full"), byThePage.of(true)],
    });
  }

  /** Goes to the next finding after the cursor, or to the one before it; after the last comes the first. */
  stepFinding(forward: boolean): void {
    (forward ? nextDiagnostic : previousDiagnostic)(this.#view);
    this.#view.focus();
  }

  undo(): void {
    undo(this.#view);
  }

  redo(): void {
    redo(this.#view);
  }

  /** Shows a range and puts the cursor there. */
  reveal(from: number, to: number): void {
    const { doc } = this.#view.state;
    const anchor = Math.min(from, doc.length);
    const line = doc.lineAt(anchor);
    this.#view.dispatch({
      selection: EditorSelection.single(anchor),
      effects: EditorView.scrollIntoView(EditorSelection.range(line.from, Math.min(to, doc.length)), {
        y: "center",
      }),
    });
    this.#view.focus();
  }

  /** Brings a range into sight and leaves the cursor and the focus where they are. */
  show(from: number, to: number): void {
    const { length } = this.#view.state.doc;
    const range = EditorSelection.range(Math.min(from, length), Math.min(to, length));
    this.#view.dispatch({ effects: EditorView.scrollIntoView(range, { y: "nearest", yMargin: 60 }) });
  }

  /** Whether positions in the text that the page read last are still right. */
  isCurrent(): boolean {
    return !this.#unread;
  }

  /**
   * Shows these findings, and these notes unless those before are to stay: as one step, since each costs a drawing,
   * unless there are so many that it would be a long task.
   */
  async annotate(findings: string, notes: string | undefined): Promise<void> {
    if (this.#unread) return;
    const { doc } = this.#view.state;
    const list = notes === undefined ? undefined : (JSON.parse(notes) as Note[]);
    let found = findingsTransaction(this.#view.state, JSON.parse(findings) as Finding[], this.#listeners.fix);
    if (found && list && list.length > MANY) {
      this.#view.dispatch(found);
      await others();
      if (this.#view.state.doc !== doc) return;
      found = undefined;
    }
    const specs: TransactionSpec[] = found ? [found] : [];
    const noted = list && notesEffect(this.#view.state, list);
    if (noted) specs.push({ effects: noted });
    if (specs.length > 0) this.#view.dispatch(...specs);
  }

  /** Whether who looks at the text may change it. The page may. */
  setReadonly(readonly: boolean): void {
    this.#readonly = readonly;
    this.#view.dispatch({ effects: this.#lock.reconfigure(locked(readonly)) });
  }

  setMarks(json: string): void {
    if (this.#unread) return;
    this.#view.dispatch({ effects: setMarks.of(JSON.parse(json) as Mark[]) });
  }

  destroy(): void {
    this.#view.destroy();
  }
}

function locked(readonly: boolean): Extension {
  return readonly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [];
}

// `browser.ts` says why the page finds it so.
Object.assign(globalThis, { NetpolEditor: Editor });
