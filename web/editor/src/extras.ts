// What who is writing gets beside the text: proposals, and what a field means. The engine knows both
// (crates/netpol/src/complete); this is loaded when the editor gets the focus for the first time.

import { autocompletion, insertCompletionText, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension, Text } from "@codemirror/state";
import { EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";

/** Asks the engine about a byte of a document. */
type Ask = (complete: boolean, text: string, offset: number) => Promise<unknown>;

interface Completions {
  start: number;
  items: { label: string; insert: string; detail: string; meaning?: string }[];
}

interface FieldHelp {
  start: number;
  end: number;
  name: string;
  detail: string;
  meaning: string;
}

/** So far up and down a document is looked for. */
const LINES = 3000;

export function extras(ask: Ask): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, ask)], icons: false, maxRenderedOptions: 60 }),
    hoverTooltip((view, pos) => hover(view, pos, ask), { hoverTime: 400 }),
    theme,
  ];
}

async function complete(context: CompletionContext, ask: Ask): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  // Unasked only where a word begins or goes on, and not in a comment.
  const wanted = /[\w./"-]$|: $|[[{,] ?$|^\s*- $/.test(before) && !/(^|\s)#/.test(before);
  if (!context.explicit && !wanted) return null;
  const place = documentAround(context.state.doc, context.pos);
  const answer = (await ask(true, place.text, place.offset)) as Completions | null;
  if (answer === null || context.aborted || answer.items.length === 0) return null;
  return {
    from: place.unit(answer.start),
    options: answer.items.map(({ label, insert, detail, meaning }, index) => ({
      label,
      detail,
      boost: -index / 100,
      apply: (view: EditorView, _: Completion, from: number, to: number) => {
        view.dispatch(insertCompletionText(view.state, insert, from, to));
        // What follows a key is worth proposing at once.
        if (/[:-] $|\n *$/.test(insert)) setTimeout(() => startCompletion(view));
      },
      ...(meaning === undefined ? {} : { info: meaning }),
    })),
    validFor: /^[\w./-]*$/,
  };
}

async function hover(view: EditorView, pos: number, ask: Ask): Promise<Tooltip | null> {
  const place = documentAround(view.state.doc, pos);
  const help = (await ask(false, place.text, place.offset)) as FieldHelp | null;
  if (help === null) return null;
  return {
    pos: place.unit(help.start),
    end: place.unit(help.end),
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-meaning";
      const head = document.createElement("div");
      const name = document.createElement("code");
      name.textContent = help.name;
      head.append(name, ` ${help.detail}`);
      dom.append(head, ...marked(help.meaning));
      return { dom };
    },
  };
}

function marked(text: string): (string | Node)[] {
  return text.split("`").map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

/** The document around a position, where it is in it in bytes, and the way back. */
function documentAround(doc: Text, pos: number) {
  const here = doc.lineAt(pos).number;
  const isEnd = (number: number) => /^---\s*(#.*)?$/.test(doc.line(number).text);
  let first = here;
  while (first > 1 && here - first < LINES && !isEnd(first - 1)) first--;
  let last = here;
  while (last < doc.lines && last - here < LINES && !isEnd(last + 1)) last++;
  const start = doc.line(first).from;
  const text = doc.sliceString(start, doc.line(last).to);
  const bytes = new TextEncoder().encode(text);
  const offset = new TextEncoder().encode(text.slice(0, pos - start)).length;
  const unit = (byte: number) => start + new TextDecoder().decode(bytes.subarray(0, byte)).length;
  return { text, offset, unit };
}

const theme = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12px", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-soft)", color: "var(--ink)", boxShadow: "inset 2px 0 var(--accent)" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal", marginLeft: "10px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionInfo": { padding: "8px 12px", font: "12.5px/1.5 var(--font)", maxWidth: "300px" },
  ".cm-meaning": { padding: "8px 12px", font: "12.5px/1.5 var(--font)", maxWidth: "360px" },
  ".cm-meaning code": { fontFamily: "var(--mono)", fontSize: ".92em" },
  ".cm-meaning > div": { color: "var(--ink-3)" },
  ".cm-meaning > div code": { color: "var(--accent)", fontWeight: "600" },
});
