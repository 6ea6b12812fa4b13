import { forEachDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
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

/** A finding as the editor shows it. */
interface Shown extends Diagnostic {
  /** All about it but its place. */
  about: string;
}

/** Shows these findings, and no others, as squiggles and marks in the gutter; nothing if they are shown already. */
export function findingsTransaction(
  state: EditorState,
  findings: readonly Finding[],
  fix: (index: number) => void,
): TransactionSpec | undefined {
  const next = findings.map((finding, index) => diagnostic(state, finding, index, () => fix(index)));
  const now = new Set<string>();
  // Their places have moved with the text.
  forEachDiagnostic(state, (shown, from, to) => now.add(placed(shown as Shown, from, to)));
  const same = now.size === next.length && next.every((shown) => now.has(placed(shown, shown.from, shown.to)));
  return same ? undefined : setDiagnostics(state, next);
}

const placed = ({ about }: Shown, from: number, to: number) => `${from} ${to} ${about}`;

function diagnostic(state: EditorState, finding: Finding, index: number, fix: () => void): Shown {
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
    about: JSON.stringify([index, finding.severity, finding.message, finding.help, finding.fix]),
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
