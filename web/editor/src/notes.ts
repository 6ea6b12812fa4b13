// One quiet line above each policy that says what it does.

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";

/** A sentence above the line at a position. */
export interface Note {
  at: number;
  text: string;
}

/** Shows these notes and no others. */
export const setNotes = StateEffect.define<readonly Note[]>();

class NoteWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq(other: NoteWidget): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const line = document.createElement("div");
    line.className = "cm-note";
    // The engine's backticks mark code; here all is set in one type.
    line.textContent = this.text.replaceAll("`", "");
    line.title = line.textContent;
    return line;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

export const notes: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setNotes)) continue;
      const { doc } = transaction.state;
      return Decoration.set(
        effect.value.map((note) =>
          Decoration.widget({ widget: new NoteWidget(note.text), block: true, side: -1 }).range(
            doc.lineAt(Math.min(note.at, doc.length)).from,
          ),
        ),
        true,
      );
    }
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
