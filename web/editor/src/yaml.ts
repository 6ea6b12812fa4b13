// YAML as the editor needs it: colours, folds, and where the next line begins. The engine knows the language;
// here a line at a time is enough, and costs the same in a document of any length. A full grammar
// parsed for 20 ms at each key of a document with fifty pods.

import { foldService, indentService, LanguageSupport, StreamLanguage, type StringStream } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

interface State {
  /** So many brackets are open. */
  flow: number;
  /** The quote that a text over several lines is in. */
  quote: string;
  /** A text block goes on as long as lines are further in than this column; -1 outside of one. */
  block: number;
  /** The column of the last key or dash: a text block's lines are further in. */
  column: number;
}

/** A name or text without quotes, to the colon behind it if there is one. */
const PLAIN = /^(?:[^\s:#]|:(?=\S)|\s+(?=[^\s:#])|(?<=\S)#)+/;
const PLAIN_IN_FLOW = /^(?:[^\s:#,[\]{}]|:(?=[^\s,[\]{}])|\s+(?=[^\s:#,[\]{}])|(?<=\S)#)+/;
const QUOTED = { '"': /^(?:[^"\\]|\\.)*"/, "'": /^(?:[^']|'')*'/ } as const;
const COLON = /^\s*:(?=\s|$)/;

function token(stream: StringStream, state: State): string | null {
  if (stream.sol() && state.quote === "" && beginsElsewhere(stream, state)) return "meta";
  if (state.block >= 0 && stream.sol()) {
    if (stream.indentation() > state.block) return rest(stream, null);
    state.block = -1;
  }
  if (state.quote !== "") return quoted(stream, state);
  if (stream.eatSpace()) return null;
  const column = stream.column();
  if (stream.peek() === "#" && (stream.sol() || /\s/.test(stream.string[stream.pos - 1] ?? ""))) return rest(stream, "comment");
  if (stream.match(/^[-?:](?=\s|$)/) || (state.flow > 0 && stream.match(/^[,:](?![^\s,[\]{}"'])/))) {
    if (stream.current() === "-") state.column = column;
    return "punctuation";
  }
  if (stream.match(/^[[{]/)) {
    state.flow += 1;
    return "punctuation";
  }
  if (stream.match(/^[\]}]/)) {
    state.flow = Math.max(0, state.flow - 1);
    return "punctuation";
  }
  if (stream.match(/^(?:[&*][^\s,[\]{}]+|!\S*)/)) return "labelName";
  if (state.flow === 0 && stream.match(/^[|>][-+\d]*\s*(?=$|#)/)) {
    state.block = state.column;
    return "punctuation";
  }
  if (stream.match(/^["']/)) {
    state.quote = stream.current();
    quoted(stream, state);
  } else if (!stream.match(state.flow > 0 ? PLAIN_IN_FLOW : PLAIN)) {
    stream.next();
  }
  const isKey = state.quote === "" && (stream.match(COLON, false) || (state.flow > 0 && stream.peek() === ":"));
  if (!isKey) return null;
  state.column = column;
  return "propertyName";
}

/** Whether a document ends or begins in this line, or a directive is in it. */
function beginsElsewhere(stream: StringStream, state: State): boolean {
  if (stream.match(/^(?:---|\.\.\.)(?=\s|$)/)) {
    Object.assign(state, start());
    return true;
  }
  return state.flow === 0 && state.block < 0 && stream.match(/^%.*/) !== null;
}

/** What is left of a text in quotes, as far as it is in this line. */
function quoted(stream: StringStream, state: State): null {
  if (stream.match(QUOTED[state.quote as keyof typeof QUOTED])) state.quote = "";
  else stream.skipToEnd();
  return null;
}

function rest(stream: StringStream, style: string | null): string | null {
  stream.skipToEnd();
  return style;
}

const start = (): State => ({ flow: 0, quote: "", block: -1, column: -1 });

const language = StreamLanguage.define<State>({
  name: "yaml",
  startState: start,
  token,
  languageData: { commentTokens: { line: "#" } },
});

/** Whoever folds more lines than this, folds something within. */
const FOLDED = 10_000;

/** The lines that are further in than a line; below a key, list items may be as far in as the key. */
function fold(state: EditorState, from: number): { from: number; to: number } | null {
  const { doc } = state;
  const head = doc.lineAt(from);
  const indent = head.text.search(/\S/);
  if (indent < 0 || head.text[indent] === "#") return null;
  const isKey = /^[^#]*:\s*(?:#.*)?$/.test(head.text) && head.text[indent] !== "-";
  const isWithin = (text: string, at: number) => at > indent || (isKey && at === indent && /^-(?:\s|$)/.test(text.slice(at)));
  let to = head.to;
  let at = head.to + 1;
  let left = FOLDED;
  if (head.number === doc.lines) return null;
  for (const text of doc.iterLines(head.number + 1, doc.lines + 1)) {
    const begins = text.search(/\S/);
    if (begins >= 0) {
      if (!isWithin(text, begins)) break;
      if (--left < 0) return null;
      to = at + text.length;
    }
    at += text.length + 1;
  }
  return to > head.to ? { from: head.to, to } : null;
}

/** A line begins where the key or dash before it does; behind an open bracket a step further in. */
const indentation = indentService.of((context, pos) => {
  // Lines that are there stay where they are.
  if (context.simulatedBreak === null) return null;
  const { text } = context.lineAt(pos, -1);
  const [all = "", before = "", dashes = ""] = /^(\s*)((?:- +)*)/.exec(text) ?? [];
  if (text.length === all.length) return null;
  const isMapping = /^(?:"[^"]*"|'[^']*'|[^\s"'][^"']*?)\s*:(?:\s|$)/.test(text.slice(all.length));
  const column = isMapping ? all.length : before.length + Math.max(0, dashes.length - 2);
  return /[[{]\s*$/.test(text) ? column + context.unit : column;
});

export const yaml = (): LanguageSupport => new LanguageSupport(language, [indentation, foldService.of(fold)]);
