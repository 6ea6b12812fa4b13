// The page's tokens (web/css/tokens.css) as an editor theme: light and dark follow by themselves.

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.meta, tags.punctuation], color: "var(--ink-3)" },
  { tag: tags.labelName, color: "var(--maybe)" },
]);

const severities = ["error", "warning", "info"] as const;
const colours = { error: "var(--deny)", warning: "var(--maybe)", info: "var(--accent)" } as const;

const perSeverity = Object.fromEntries(
  severities.flatMap((severity) => [
    [
      `.cm-lintRange-${severity}`,
      {
        backgroundImage: "none",
        textDecoration: `underline wavy ${colours[severity]} 1.2px`,
        textDecorationSkipInk: "none",
        textUnderlineOffset: "3px",
        paddingBottom: "0",
      },
    ],
    [`.cm-diagnostic-${severity}`, { borderLeft: `3px solid ${colours[severity]}` }],
    [
      `.cm-lint-marker-${severity}`,
      {
        content: "normal",
        background: colours[severity],
        borderRadius: severity === "error" ? "2px" : "50%",
        transform: severity === "warning" ? "none" : "rotate(45deg)",
        width: "8px",
        height: "8px",
        margin: "6px 3px 0",
      },
    ],
  ]),
);

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.62", overscrollBehavior: "contain" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.6px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "34px", padding: "0 4px 0 8px" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 4px 0 0", cursor: "pointer", color: "var(--ink-3)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--active-line)" },
  ".cm-activeLineGutter": { color: "var(--ink-2)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--selection-match)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-foldPlaceholder": {
    background: "var(--sunk)",
    border: "1px solid var(--line)",
    color: "var(--ink-2)",
    padding: "0 6px",
  },
  ".cm-mark-part": { backgroundColor: "var(--sunk)", boxShadow: "inset 3px 0 var(--line-strong)" },
  ".cm-mark-hit": { backgroundColor: "var(--accent-soft)", boxShadow: "inset 3px 0 var(--accent)" },
  ".cm-mark-miss": { backgroundColor: "var(--deny-soft)", boxShadow: "inset 3px 0 var(--deny)" },
  ".cm-note": {
    color: "var(--ink-3)",
    font: "11.5px/1.7 var(--font)",
    padding: "2px 12px 0 6px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    userSelect: "none",
  },
  ".cm-panels": { backgroundColor: "var(--bg)", color: "var(--ink)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 12px", font: "12px/1.6 var(--font)" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink-2)", fontSize: "16px", right: "8px", top: "4px" },
  ".cm-textfield": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--r1)",
    padding: "2px 6px",
    fontSize: "12px",
  },
  ".cm-button": {
    background: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: "var(--r1)",
    padding: "2px 8px",
    fontSize: "12px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--maybe-soft)", outline: "1px solid var(--maybe)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--r1)",
    boxShadow: "var(--shadow)",
    maxWidth: "min(420px, 90vw)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "8px 12px", font: "12.5px/1.5 var(--font)", whiteSpace: "normal" },
  ".cm-diagnostic code": { fontFamily: "var(--mono)", fontSize: ".92em" },
  ".cm-finding-help": { color: "var(--ink-2)", marginTop: "2px" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    borderRadius: "var(--r1)",
    padding: "3px 10px",
    margin: "6px 0 0",
    display: "block",
    cursor: "pointer",
  },
  ...perSeverity,
});
