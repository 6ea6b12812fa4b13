// Enter behind a key without a value goes one step deeper: what follows is its value. The language's own
// indentation only knows what is already there.

import { indentUnit } from "@codemirror/language";
import type { Command, EditorView } from "@codemirror/view";

/** A line that ends with a key, behind any number of dashes, or with the sign of a text block. */
const OPEN = /^(\s*(?:- +)*)(?:[\w./-]+|"[^"]*"|'[^']*'):(?: +[|>][+-]?)?\s*$/;

export const newlineBelowKey: Command = (view: EditorView): boolean => {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (state.readOnly || ranges.length !== 1 || !main.empty) return false;
  const line = state.doc.lineAt(main.head);
  const before = state.sliceDoc(line.from, main.head);
  const open = OPEN.exec(before);
  if (open === null || state.sliceDoc(main.head, line.to).trim() !== "") return false;
  // The key's own column, and a step.
  const indent = " ".repeat(open[1]?.length ?? 0) + state.facet(indentUnit);
  view.dispatch({
    changes: { from: main.head, to: line.to, insert: `\n${indent}` },
    selection: { anchor: main.head + 1 + indent.length },
    scrollIntoView: true,
    userEvent: "input",
  });
  return true;
};
