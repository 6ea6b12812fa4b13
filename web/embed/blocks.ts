// Turns blocks of code with a NetworkPolicy into live ones, on pages as generators of sites write them.

import { NetpolPlayground } from "./element";
import { behindCommand, codeOf, dedented } from "./source";
import { BUTTON, sheet } from "./styles";

type Mode = "live" | "try";

/** The kind as a key of YAML or of JSON, in a line of its own or in `{…}`, and not in a sentence. */
const POLICY = /^[ \t]*(?:-[ \t]+)?(?:[[{](?:.*[[{,])?[ \t]*)?(["']?)kind\1[ \t]*:[ \t]*(["']?)NetworkPolicy\2[ \t]*(?:$|[}#]|,[ \t]*(?:$|["'\w]+[ \t]*:))/m;

/** What generators put around a block: Hugo, Jekyll, Docusaurus, MkDocs and its theme Material. */
const AROUND = ".highlight, .highlighter-rouge, .codehilite, .theme-code-block";

const CLASSES = ".netpol-live, .netpol-try, .netpol-off";

const STYLES = `
:host { display: block; margin: -0.4em 0 1em; font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; }
${BUTTON}
@media print { :host { display: none; } }
`;

/** A block with a policy. */
interface Policy {
  text: string;
  mode: Mode;
}

/** What stands behind a block: the offer, or the playground. */
interface Made extends Policy {
  shown: Element;
}

const made = new Map<Element, Made>();

/** What is to become of a block: its nearest class says so, or else the script's attribute. */
function modeOf(block: Element, usual: Mode | undefined): Mode | undefined {
  const near = block.querySelector(CLASSES) ?? block.closest(CLASSES);
  if (!near) return usual;
  if (near.matches(".netpol-off")) return undefined;
  return near.matches(".netpol-live") ? "live" : "try";
}

/** The manifests in a block, unless it says that it is in another language. */
function manifestsIn(pre: Element, block: Element): string | undefined {
  const code = codeOf(pre);
  const languages = [pre, block, ...pre.querySelectorAll("code")].flatMap((it) => [...it.classList]).flatMap((name) => /^lang(?:uage)?-(.*)/.exec(name)?.[1] ?? []);
  const some = (known: RegExp) => languages.some((name) => known.test(name));
  const isOwn = languages.length === 0 || some(/^(?:ya?ml|json|plaintext|text)$/);
  const text = isOwn || some(/^(?:(?:ba|z)?sh|console|shell|shell-?session)$/) ? (behindCommand(code) ?? (isOwn ? code : "")) : "";
  return POLICY.test(text) ? dedented(text) : undefined;
}

function outermost(pre: Element): Element {
  let block = pre;
  for (let around = pre.closest(AROUND); around; around = around.parentElement?.closest(AROUND) ?? null) block = around;
  return block;
}

/** The blocks of the page as they are now. Where lines are numbered a block may have several `<pre>`, one in another. */
function policies(usual: Mode | undefined): Map<Element, Policy> {
  const found = new Map<Element, Policy>();
  for (const pre of document.querySelectorAll("pre")) {
    if (pre.closest("netpol-playground")) continue;
    const block = outermost(pre);
    const mode = modeOf(block, usual);
    const text = mode && !found.has(block) && manifestsIn(pre, block);
    if (mode && text) found.set(block, { text, mode });
  }
  return found;
}

function playground(block: Element, manifests: string, cluster: string | undefined): NetpolPlayground {
  const element = document.createElement("netpol-playground") as NetpolPlayground;
  element.dataset["netpolMade"] = "";
  element.manifests = manifests;
  if (cluster !== undefined) element.setAttribute("with", cluster);
  for (const { name, value } of (block.closest(CLASSES) ?? block).attributes) {
    if (name.startsWith("data-netpol-")) element.setAttribute(name.slice("data-netpol-".length), value);
  }
  return element;
}

function offer(pressed: () => void): Element {
  const bar = document.createElement("div");
  bar.dataset["netpolAside"] = "";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "▶ Try it";
  button.onclick = pressed;
  const inside = bar.attachShadow({ mode: "open" });
  inside.adoptedStyleSheets = [sheet(STYLES)];
  inside.append(button);
  return bar;
}

/** Makes what stands behind the blocks of the page fit them. */
function look(usual: Mode | undefined, cluster: string | undefined): void {
  const found = policies(usual);
  for (const [block, it] of made) {
    const now = found.get(block);
    // What a reader has opened goes on as long as its block is there.
    const opened = it.mode === "try" && it.shown instanceof NetpolPlayground;
    if (block.isConnected && (opened || (now?.mode === it.mode && (it.mode === "try" || now.text === it.text)))) {
      if (it.shown.parentNode !== block.parentNode) block.after(it.shown);
      continue;
    }
    it.shown.remove();
    if (it.mode === "live" && block instanceof HTMLElement) block.style.display = "";
    made.delete(block);
  }
  for (const [block, { text, mode }] of found) {
    if (made.has(block)) continue;
    // What stands there is a copy: some sites keep pages that were left, as they were.
    const copy = block.nextElementSibling;
    if (copy?.matches("[data-netpol-aside], [data-netpol-made]")) copy.remove();
    let shown: Element;
    if (mode === "try") {
      shown = offer(() => {
        // The text may be another one by now.
        const element = playground(block, policies(usual).get(block)?.text ?? text, cluster);
        shown.replaceWith(element);
        made.set(block, { text, mode, shown: element });
        void element.start();
        element.focus();
      });
    } else {
      // What the site has made of the block stays until the playground is there.
      shown = playground(block, text, cluster);
      shown.append(block.cloneNode(true));
      if (block instanceof HTMLElement) block.style.display = "none";
    }
    block.after(shown);
    made.set(block, { text, mode, shown });
  }
}

/** Looks at the page now, and whenever something comes or goes: some sites change pages without loading them. */
export function watchBlocks(usual: Mode | undefined, cluster: string | undefined): void {
  look(usual, cluster);
  let soon: number | undefined;
  new MutationObserver(() => {
    soon ??= setTimeout(() => {
      soon = undefined;
      look(usual, cluster);
    }, 100);
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });
}
