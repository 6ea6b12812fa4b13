// One quiet line above each policy that says what it does.

import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";

/** A sentence above the line at a position. */
export interface Note {
  at: number;
  text: string;
}

const setNotes = StateEffect.define<readonly Note[]>();

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

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setNotes)) return decorations(transaction.state, effect.value);
    }
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const notes: Extension = shown;

/** Shows these notes and no others; nothing if they are shown already. */
export function notesEffect(state: EditorState, notes: readonly Note[]): StateEffect<readonly Note[]> | undefined {
  const now = state.field(shown);
  return RangeSet.eq([now], [decorations(state, notes)]) ? undefined : setNotes.of(notes);
}

function decorations({ doc }: EditorState, notes: readonly Note[]): DecorationSet {
  return Decoration.set(
    notes.map((note) =>
      Decoration.widget({ widget: new NoteWidget(note.text), block: true, side: -1 }).range(
        doc.lineAt(Math.min(note.at, doc.length)).from,
      ),
    ),
    true,
  );
}
