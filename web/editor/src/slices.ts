// Long texts, a slice at a time: nothing else on the page waits for more than a moment.

import { Text, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** A text of more units is read and pasted in slices. */
export const LONG = 1 << 20;

/** So many units at a time. */
const SLICE = 1 << 19;

/** Lets the browser do what else there is to do. */
export const others = (): Promise<void> => globalThis.scheduler?.postTask(() => undefined) ?? message();

/** A message to ourselves: a timer within a timer would wait for 4 ms. Chromium may read it in the task that sends it. */
const message = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

const encoder = new TextEncoder();

/** A text in UTF-8; `null` when it is out of date before it is complete. */
export async function encoded(doc: Text, isCurrent: () => boolean): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let from = 0; from < doc.length; ) {
    let slice = doc.sliceString(from, from + SLICE);
    // A pair of surrogates is one character: never cut it.
    if (from + slice.length < doc.length && isHighSurrogate(slice.charCodeAt(slice.length - 1))) {
      slice = slice.slice(0, -1);
    }
    const part = encoder.encode(slice);
    parts.push(part);
    length += part.length;
    from += slice.length;
    await others();
    if (!isCurrent()) return null;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A text as the editor holds it. */
export async function held(text: string): Promise<Text> {
  let held = Text.empty;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from + SLICE) + 1 || text.length;
    held = held.append(Text.of(text.slice(from, end).split(/\r\n?|\n/)));
    from = end;
    await others();
  }
  return held;
}

/** What is pasted goes in at once, also when it is long: only taking it apart is done in slices. */
export const longPaste: Extension = EditorView.domEventHandlers({
  paste(event, view) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= LONG) return false;
    event.preventDefault();
    void held(text).then((insert) => {
      const { state } = view;
      view.dispatch(state.replaceSelection(insert), { userEvent: "input.paste", scrollIntoView: true });
    });
    return true;
  },
});

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
