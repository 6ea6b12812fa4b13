// Where the manifests are that an element is about.

/** More than this is not shown in another page, in bytes. */
const LARGEST = 1 << 20;

/** Not part of the code: line numbers, buttons to copy it. */
const ASIDE = "button, .lineno, .linenos, .linenodiv, .gutter, .rouge-gutter, .ln, .lnt, .hljs-ln-numbers, .buttons, [style*='user-select:none'], [style*='user-select: none'], [data-netpol-aside]";

/** The text of a block of code as it was written: some generators end lines by elements. */
export function codeOf(node: Node): string {
  if (node instanceof Element) {
    if (node.matches(ASIDE)) return "";
    if (node.localName === "br") return "\n";
    if (node instanceof HTMLTemplateElement) return codeOf(node.content);
  } else if (node.nodeType === Node.TEXT_NODE) {
    return node.nodeValue ?? "";
  }
  let text = "";
  for (const child of node.childNodes) text += codeOf(child);
  return text;
}

/** Without the indentation that the page around it has given to all lines. */
export function dedented(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").replace(/^\s*\n/, "").trimEnd().split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return `${lines.map((line) => line.slice(depth)).join("\n")}\n`;
}

/** What the command in a block's first line was given as `<<EOF`, or has printed. */
export function behindCommand(code: string): string | undefined {
  const given = /^\s*(?:\$ )?\w[^\n]*<<-?\s*(["']?)(\w+)\1[^\n]*\n([^]*?)\n[ \t]*\2[ \t]*(?:\n|$)/.exec(code);
  if (given) return given[3];
  return /^\s*\$ [^\n]*\n([^]*?)(?:\n\s*\$(?: |$)|$)/.exec(code)?.[1];
}

/** What the first object of a text is called, as long as it can be seen without reading YAML. */
export function nameIn(text: string): string | undefined {
  return /(?:^|[{,]\s*)["']?metadata["']?:\s*(?:\{\s*)?["']?name["']?:\s*["']?([\w.-]+)/m.exec(text)?.[1];
}

/** The text of a file, or of an element of this page that a selector names. */
export async function read(from: string): Promise<string> {
  if (/^[#.]/.test(from)) {
    const element = document.querySelector(from);
    if (!element) throw new Error(`there is no ${from} on this page`);
    return dedented(codeOf(element));
  }
  const response = await fetch(new URL(from, document.baseURI));
  if (!response.ok) throw new Error(`${from}: the server answered ${response.status}`);
  const text = await response.text();
  if (text.length > LARGEST) throw new Error(`${from} is too large to be shown here`);
  return text;
}
