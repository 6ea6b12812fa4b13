import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { EditorState, TransactionSpec } from "@codemirror/state";

/** Something to tell about a range. */
export interface Finding {
  from: number;
  to: number;
  severity: "error" | "warning" | "info";
  message: string;
  help: string | null;
  /** What the fix does, if there is one. */
  fix: string | null;
}

/** Shows these findings, and no others, as squiggles and marks in the gutter. */
export function findingsTransaction(
  state: EditorState,
  findings: readonly Finding[],
  fix: (index: number) => void,
): TransactionSpec {
  return setDiagnostics(
    state,
    findings.map((finding, index) => diagnostic(state, finding, () => fix(index))),
  );
}

function diagnostic(state: EditorState, finding: Finding, fix: () => void): Diagnostic {
  const from = Math.min(finding.from, state.doc.length);
  const to = Math.min(Math.max(finding.to, from), state.doc.length);
  // A range of many lines would underline half the document: its first line says enough.
  const firstLine = state.doc.lineAt(from);
  return {
    from,
    to: Math.max(from, Math.min(to, firstLine.to)),
    severity: finding.severity,
    message: finding.message,
    renderMessage: () => message(finding),
    actions: finding.fix === null ? [] : [{ name: finding.fix, apply: fix }],
  };
}

function message(finding: Finding): Node {
  const box = document.createElement("div");
  box.append(...marked(finding.message));
  if (finding.help !== null) {
    const help = document.createElement("div");
    help.className = "cm-finding-help";
    help.append(...marked(finding.help));
    box.append(help);
  }
  return box;
}

/** Text in which what stands in backticks is set as code. */
function marked(text: string): (string | Node)[] {
  return text.split("`").map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}
