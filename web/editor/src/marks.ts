// Lines that belong to what the person looks at elsewhere on the page.

import { StateEffect, StateField, type Extension, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

/** Lines to mark: `part` is the rule as a whole, `hit` and `miss` are what matched and what did not. */
export interface Mark {
  from: number;
  to: number;
  kind: "part" | "hit" | "miss";
}

/** Marks these lines and no others. */
export const setMarks = StateEffect.define<readonly Mark[]>();

const strength = { part: 0, hit: 1, miss: 2 } as const;
const decorations = {
  part: Decoration.line({ class: "cm-mark-part" }),
  hit: Decoration.line({ class: "cm-mark-hit" }),
  miss: Decoration.line({ class: "cm-mark-miss" }),
};

export const markedLines: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return build(transaction.state.doc, effect.value);
    }
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function build(doc: Text, marks: readonly Mark[]): DecorationSet {
  const lines = new Map<number, Mark["kind"]>();
  for (const mark of marks) {
    const first = doc.lineAt(Math.min(mark.from, doc.length)).number;
    // The end is exclusive: a range that ends at a line's start does not touch that line.
    const last = doc.lineAt(Math.min(Math.max(mark.from, mark.to - 1), doc.length)).number;
    for (let line = first; line <= last; line++) {
      const before = lines.get(line);
      if (before === undefined || strength[before] < strength[mark.kind]) lines.set(line, mark.kind);
    }
  }
  const ranges: Range<Decoration>[] = [];
  for (const [line, kind] of lines) ranges.push(decorations[kind].range(doc.line(line).from));
  return Decoration.set(ranges, true);
}
