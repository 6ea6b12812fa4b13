// Turns blocks of code with a NetworkPolicy into live ones, on pages as generators of sites write them.

import { NetpolPlayground } from "./element";
import { codeOf, dedented } from "./source";
import { sheet } from "./styles";

type Mode = "live" | "try";

const POLICY = /^\s*(?:-\s+)?kind:\s*["']?NetworkPolicy["']?\s*(?:#.*)?$/m;

/** What generators put around a block: Hugo, Jekyll, Docusaurus, MkDocs and its theme Material. */
const AROUND = ".highlight, .highlighter-rouge, .codehilite, .theme-code-block";

const CLASSES = ".netpol-live, .netpol-try, .netpol-off";

const STYLES = `
:host { display: block; margin: -0.4em 0 1em; font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; }
button { padding: 3px 12px; border: 1px solid color-mix(in srgb, currentcolor 35%, transparent); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { border-color: currentcolor; }
button:focus-visible { outline: 2px solid; outline-offset: 2px; }
@media print { :host { display: none; } }
`;

/** The blocks that were looked at. */
const seen = new WeakSet<Element>();

/** What is to become of a block: its nearest class says so, or else the script's attribute. */
function modeOf(block: Element, usual: Mode | undefined): Mode | undefined {
  const near = block.querySelector(CLASSES) ?? block.closest(CLASSES);
  if (!near) return usual;
  if (near.matches(".netpol-off")) return undefined;
  return near.matches(".netpol-live") ? "live" : "try";
}

/** Whether a block says that it is in another language. */
function isForeign(pre: Element, block: Element): boolean {
  const languages = [pre, block, ...pre.querySelectorAll("code")].flatMap((it) => [...it.classList]).filter((name) => /^(?:language|lang)-/.test(name));
  return languages.length > 0 && !languages.some((name) => /-(?:ya?ml|json|plaintext|text)$/.test(name));
}

function outermost(pre: Element): Element {
  let block = pre;
  for (let around = pre.closest(AROUND); around; around = around.parentElement?.closest(AROUND) ?? null) block = around;
  return block;
}

function playground(block: Element, manifests: string, cluster: string | undefined): NetpolPlayground {
  const element = document.createElement("netpol-playground") as NetpolPlayground;
  element.manifests = manifests;
  if (cluster !== undefined) element.setAttribute("with", cluster);
  for (const { name, value } of (block.closest(CLASSES) ?? block).attributes) {
    if (name.startsWith("data-netpol-")) element.setAttribute(name.slice("data-netpol-".length), value);
  }
  return element;
}

function offer(block: Element, make: () => NetpolPlayground): void {
  const bar = document.createElement("div");
  bar.dataset["netpolAside"] = "";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "▶ Try it";
  button.onclick = () => bar.replaceWith(make());
  const inside = bar.attachShadow({ mode: "open" });
  inside.adoptedStyleSheets = [sheet(STYLES)];
  inside.append(button);
  block.after(bar);
}

/** Looks at all blocks of the page that were not looked at before. */
function scan(usual: Mode | undefined, cluster: string | undefined): void {
  for (const pre of document.querySelectorAll("pre")) {
    if (pre.closest("netpol-playground")) continue;
    const text = codeOf(pre);
    // Where lines are numbered a block may have several, one in another.
    const block = outermost(pre);
    if (seen.has(block)) continue;
    const mode = modeOf(block, usual);
    if (!POLICY.test(text) || mode === undefined || isForeign(pre, block)) continue;
    seen.add(block);
    const make = () => playground(block, dedented(text), cluster);
    if (mode === "try") {
      offer(block, make);
      continue;
    }
    // What the site has made of the block stays until the playground is there.
    const element = make();
    element.append(block.cloneNode(true));
    block.after(element);
    if (block instanceof HTMLElement) block.style.display = "none";
  }
}

/** Looks at the page now, and whenever something comes: some sites change pages without loading them. */
export function watchBlocks(usual: Mode | undefined, cluster: string | undefined): void {
  const look = () => scan(usual, cluster);
  look();
  let soon = 0;
  new MutationObserver(() => {
    clearTimeout(soon);
    soon = setTimeout(look, 100);
  }).observe(document.body, { childList: true, subtree: true });
}
