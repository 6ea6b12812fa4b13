// The YAML editor, as the page sees it. Positions are CodeMirror's: UTF-16 units.
// web/src/page/js/editor.rs is the other half of this contract.

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, undo } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorSelection, EditorState, type ChangeSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";

import { findingsTransaction, type Finding } from "./findings";
import { markedLines, setMarks, type Mark } from "./marks";
import { difference } from "./difference";
import { notes, setNotes, type Note } from "./notes";
import { highlighting, theme } from "./theme";

/** Marks changes that the page made, as opposed to the person who types. */
const byThePage = Annotation.define<boolean>();

/** What the editor tells the page. */
export interface Listeners {
  /** The text is another; `typed` unless the page changed it. */
  changed: (typed: boolean) => void;
  /** The person asked for the fix of the finding with this index. */
  fix: (index: number) => void;
}

class Editor {
  readonly #view: EditorView;
  readonly #listeners: Listeners;
  /** Whether the text has changed since the page last read it. */
  #unread = false;

  constructor(parent: Element, text: string, changed: Listeners["changed"], fix: Listeners["fix"]) {
    this.#listeners = { changed, fix };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({ doc: text, extensions: this.#extensions() }),
    });
  }

  #extensions() {
    return [
      lineNumbers(),
      lintGutter(),
      codeFolding(),
      foldGutter({ openText: "⌄", closedText: "›" }),
      history(),
      drawSelection(),
      rectangularSelection(),
      indentOnInput(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      yaml(),
      syntaxHighlighting(highlighting),
      theme,
      markedLines,
      notes,
      keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap, indentWithTab]),
      EditorView.contentAttributes.of({
        "aria-label": "Manifests, YAML. Press Escape, then Tab, to leave the editor.",
        spellcheck: "false",
        autocorrect: "off",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.#unread = true;
        const typed = !update.transactions.some((transaction) => transaction.annotation(byThePage));
        this.#listeners.changed(typed);
      }),
    ];
  }

  /** The text. From now on positions are about this one, until it changes. */
  text(): string {
    this.#unread = false;
    return this.#view.state.doc.toString();
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

  undo(): void {
    undo(this.#view);
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

  /** Whether positions in the text that the page read last are still right. */
  isCurrent(): boolean {
    return !this.#unread;
  }

  setFindings(json: string): void {
    if (this.#unread) return;
    const findings = JSON.parse(json) as Finding[];
    this.#view.dispatch(findingsTransaction(this.#view.state, findings, this.#listeners.fix));
  }

  setMarks(json: string): void {
    if (this.#unread) return;
    this.#view.dispatch({ effects: setMarks.of(JSON.parse(json) as Mark[]) });
  }

  setNotes(json: string): void {
    if (this.#unread) return;
    this.#view.dispatch({ effects: setNotes.of(JSON.parse(json) as Note[]) });
  }

  destroy(): void {
    this.#view.destroy();
  }
}

// The page finds the class by this name: a script of its own gets a name with a hash from Trunk,
// which a module that the page imports would not.
Object.assign(globalThis, { NetpolEditor: Editor });
