// <netpol-playground>: a playground in a page. Until it is there, and where it cannot be, what stands in
// the element is shown as it is.

import { Playground } from "./client";
import { linkTo, withParameters } from "./link";
import type { Content, Judged } from "./protocol";
import { folder as PAGE } from "./script";
import { codeOf, dedented, nameIn, read } from "./source";
import { sheet } from "./styles";
import { onThemeChange, themeBehind, type Theme } from "./theme";

/** Attributes that are parameters of the link. */
const LOOKS = ["view", "flow", "tab", "filter", "moved", "hide", "motion", "name"] as const;

const STYLES = `
:host { display: block; margin: 1em 0; }
:host([hidden]) { display: none; }
.box { position: relative; }
iframe { display: block; width: 100%; height: var(--netpol-height, 480px); border: 1px solid var(--netpol-border, color-mix(in srgb, currentcolor 22%, transparent)); border-radius: 8px; box-sizing: border-box; color-scheme: auto; }
.box:not(.live) iframe { position: absolute; inset: 0; height: 100%; opacity: 0; pointer-events: none; }
.live slot { display: none; }
.trouble { margin: 0.5em 0; font-style: italic; }
@media print { iframe { break-inside: avoid; } }
`;

/** Starts what comes near to the screen, and forgets it. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void (target as NetpolPlayground).start();
    }
  },
  { rootMargin: "200px" },
);

export class NetpolPlayground extends HTMLElement {
  static readonly observedAttributes = ["theme", "readonly", ...LOOKS];

  /** Manifests to show, in the place of those that stand in the element. */
  manifests: string | undefined;

  readonly #box = document.createElement("div");
  #playground: Playground | undefined;
  #ended = new AbortController();
  #theme: Theme | undefined;
  /** Whether the playground answers: before, it knows from its link how it is to look. */
  #answers = false;
  #started: Promise<Playground> | undefined;

  constructor() {
    super();
    this.#box.className = "box";
    this.#box.append(document.createElement("slot"));
    const inside = this.attachShadow({ mode: "open" });
    inside.adoptedStyleSheets = [sheet(STYLES)];
    inside.append(this.#box);
  }

  connectedCallback(): void {
    this.#ended = new AbortController();
    near.observe(this);
  }

  disconnectedCallback(): void {
    near.unobserve(this);
    this.#ended.abort();
    this.#playground?.close();
    this.#playground = undefined;
    this.#started = undefined;
    this.#answers = false;
    this.#box.classList.remove("live");
    this.#box.querySelector("iframe")?.remove();
  }

  attributeChangedCallback(name: string): void {
    if (!this.#answers) return;
    if (name === "theme") return this.#followTheme();
    const value = name === "readonly" ? (this.hasAttribute(name) ? "" : "off") : (this.getAttribute(name) ?? "");
    void this.#playground?.show(withParameters("", new Map([[name, value]])));
  }

  /** The playground, started if it has not been near to the screen yet. */
  start(): Promise<Playground> {
    return (this.#started ??= this.#start());
  }

  /** The document as it is now. */
  async get(): Promise<Content> {
    return (await this.start()).get();
  }

  /** Shows another text. */
  async set(text: string): Promise<void> {
    return (await this.start()).set(text);
  }

  async #start(): Promise<Playground> {
    try {
      const fragment = await this.#fragment();
      return await this.#show(`${PAGE}#${fragment}`);
    } catch (error) {
      const note = document.createElement("p");
      note.className = "trouble";
      note.textContent = `The playground is not shown: ${error instanceof Error ? error.message : String(error)}.`;
      this.#box.append(note);
      throw error;
    }
  }

  async #show(address: string): Promise<Playground> {
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("name") ?? "Network policy playground";
    frame.allow = "clipboard-write";
    // It is of another origin than this page, if it is to be trusted less; and may open a page of its own.
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads");
    frame.src = address;
    this.#box.append(frame);
    const playground = new Playground(frame, PAGE.origin);
    this.#playground = playground;
    playground.addEventListener("height", (event) => {
      const most = Number.parseFloat(getComputedStyle(this).getPropertyValue("--netpol-max-height")) || 760;
      // And the border.
      frame.style.height = `${Math.min((event as CustomEvent<number>).detail + 2, most)}px`;
    });
    playground.addEventListener("judged", (event) => {
      this.#box.classList.add("live");
      this.dispatchEvent(new CustomEvent<Judged>("netpol-judged", { bubbles: true, detail: (event as CustomEvent<Judged>).detail }));
    });
    onThemeChange(() => this.#followTheme(), this.#ended.signal);
    await playground.ready;
    this.#answers = true;
    this.#followTheme();
    return playground;
  }

  #wantedTheme(): Theme {
    const wish = this.getAttribute("theme");
    return wish === "light" || wish === "dark" ? wish : themeBehind(this);
  }

  #followTheme(): void {
    const theme = this.#wantedTheme();
    if (theme === this.#theme || !this.#answers) return;
    this.#theme = theme;
    void this.#playground?.show(`theme=${theme}`);
  }

  /** What the frame is to show, as the fragment of a link. */
  async #fragment(): Promise<string> {
    this.#theme = this.#wantedTheme();
    const parameters = new Map<string, string>([["theme", this.#theme]]);
    for (const name of LOOKS) {
      const value = this.getAttribute(name);
      if (value !== null) parameters.set(name, value);
    }
    if (this.hasAttribute("readonly")) parameters.set("readonly", "");
    return withParameters(await this.#content(parameters), parameters);
  }

  async #content(parameters: Map<string, string>): Promise<string> {
    const link = this.getAttribute("link");
    if (link !== null) return link.slice(link.indexOf("#") + 1);
    const example = this.getAttribute("example");
    if (example !== null) return `example=${encodeURIComponent(example)}`;
    const src = this.getAttribute("src");
    const more = this.getAttribute("with");
    const text = this.manifests ?? (src === null ? dedented(codeOf(this)) : await read(src));
    const name = nameIn(text);
    if (name !== undefined && !parameters.has("name")) parameters.set("name", name);
    if (more === null && this.getAttribute("examples") !== "off") parameters.set("examples", "");
    return linkTo(more === null ? text : `${text.trimEnd()}\n---\n${await read(more)}`);
  }
}
