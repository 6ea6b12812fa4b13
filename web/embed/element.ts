// <netpol-playground>: a playground in a page. Until it is there, and where it cannot be, what stands in
// the element is shown as it is.

import { Playground } from "./client";
import { linkTo, withParameters } from "./link";
import type { Content, Judged } from "./protocol";
import { folder as PAGE } from "./script";
import { codeOf, dedented, nameIn, read } from "./source";
import { BUTTON, sheet } from "./styles";
import { onThemeChange, themeBehind, type Theme } from "./theme";

/** Attributes that say what is shown. */
const CONTENT: readonly string[] = ["src", "example", "link", "with", "examples"];

/** Attributes that are parameters of the link. */
const LOOKS = ["view", "flow", "tab", "filter", "flows", "matrix", "moved", "hide", "motion", "name"] as const;

/** How long a playground may be silent before the reader is told, in milliseconds. */
const PATIENCE = 20_000;

/** What of a page's policy is about frames: the first of these that it has. */
const FRAMES = /^(?:frame|child|default)-src/;

const STARTING = "Starting…";

const STYLES = `
:host { display: block; margin: 1em 0; }
:host([hidden]) { display: none; }
.box { position: relative; }
.box:focus { outline-offset: 4px; }
iframe { display: block; width: 100%; height: var(--height, var(--netpol-height, 480px)); border: 1px solid var(--netpol-border, color-mix(in srgb, currentcolor 22%, transparent)); border-radius: 8px; box-sizing: border-box; color-scheme: auto; }
.box:not(.live) iframe { position: absolute; inset: 0; height: 100%; opacity: 0; pointer-events: none; }
.live slot { display: none; }
.note { font: 14px/1.8 ui-sans-serif, system-ui, sans-serif; }
.note a { margin-left: 0.6em; color: inherit; }
${BUTTON}
@media print { iframe { height: var(--whole, 480px); break-inside: avoid; } .note { display: none; } }
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
  static readonly observedAttributes = ["theme", "readonly", ...CONTENT, ...LOOKS];

  /** Manifests to show, in the place of those that stand in the element. */
  manifests: string | undefined;

  readonly #inside = this.attachShadow({ mode: "open" });
  readonly #box = document.createElement("div");
  /** Tells the reader why there is no playground yet. */
  readonly #note = document.createElement("div");
  #ended = new AbortController();
  #started: Promise<Playground> | undefined;
  /** As soon as it answers: before, it knows from its link how it is to look. */
  #playground: Playground | undefined;
  #theme: Theme | undefined;
  /** The text as it was last, if it was changed: browsers load a frame once more when it is moved. */
  #text: string | undefined;
  #first: string | undefined;

  constructor() {
    super();
    this.#box.className = "box";
    this.#box.tabIndex = -1;
    this.#note.className = "note";
    this.#note.setAttribute("role", "status");
    this.#box.append(document.createElement("slot"), this.#note);
    this.#inside.adoptedStyleSheets = [sheet(STYLES)];
    this.#inside.append(this.#box);
  }

  connectedCallback(): void {
    near.observe(this);
  }

  disconnectedCallback(): void {
    near.unobserve(this);
    this.#stop();
  }

  /** That it is there lets a page move it by `moveBefore`, which does not load the frame once more. */
  connectedMoveCallback(): void {}

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (CONTENT.includes(name)) {
      this.#text = undefined;
      if (this.#started) this.#restart();
      return;
    }
    if (name === "theme") return this.#followTheme();
    const value = name === "readonly" ? (this.hasAttribute(name) ? "" : "off") : (now ?? "");
    void this.#playground?.show(withParameters("", new Map([[name, value]])));
  }

  /** The playground, started if it has not been near to the screen yet. */
  start(): Promise<Playground> {
    if (!this.#started) {
      this.#started = this.#start(this.#ended.signal);
      // Readers are told in the note; a page that does not wait for it need not hear.
      this.#started.catch(() => undefined);
    }
    return this.#started;
  }

  /** The document as it is now. */
  async get(): Promise<Content> {
    const content = await (await this.start()).get();
    this.#keep(content.text);
    return content;
  }

  /** Shows another text. */
  async set(text: string): Promise<void> {
    await (await this.start()).set(text);
    this.#text = text;
  }

  override focus(options?: FocusOptions): void {
    (this.#playground ? this.#inside.querySelector("iframe") : this.#box)?.focus(options);
  }

  #stop(): void {
    this.#ended.abort(new Error("the playground was taken away"));
    this.#ended = new AbortController();
    this.#started = this.#playground = this.#first = undefined;
    this.#box.classList.remove("live");
    this.#note.textContent = "";
  }

  #keep(text: string): void {
    this.#first ??= text;
    if (text !== this.#first || this.#text !== undefined) this.#text = text;
  }

  #restart(): void {
    this.#stop();
    this.#note.textContent = STARTING;
    void this.start();
  }

  async #start(signal: AbortSignal): Promise<Playground> {
    // Where the manifests can be read there is something to see.
    if (this.innerText.trim() === "") this.#note.textContent = STARTING;
    try {
      const fragment = await this.#fragment();
      signal.throwIfAborted();
      return await this.#show(`${PAGE}#${fragment}`, signal);
    } catch (error) {
      if (!signal.aborted) this.#explain(error instanceof Error ? error.message : String(error), PAGE.href);
      // Something else may be shown by now.
      else if (this.#started) return this.start();
      throw error;
    }
  }

  async #show(address: string, signal: AbortSignal): Promise<Playground> {
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("name") ?? "Network policy playground";
    frame.allow = "clipboard-write";
    // It is of another origin than this page, if it is to be trusted less; and may open a page of its own.
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads");
    frame.src = address;
    // Nobody is to get into what cannot be seen.
    frame.inert = true;
    this.#box.append(frame);
    const playground = new Playground(frame, PAGE.origin);
    playground.addEventListener("height", (event) => {
      const most = Number.parseFloat(getComputedStyle(this).getPropertyValue("--netpol-max-height")) || 760;
      // And the border.
      const whole = (event as CustomEvent<number>).detail + 2;
      frame.style.setProperty("--height", `${Math.min(whole, most)}px`);
      // Nobody scrolls on paper.
      frame.style.setProperty("--whole", `${whole}px`);
    });
    playground.addEventListener("judged", (event) => {
      void playground.get().then(({ text }) => this.#keep(text));
      this.dispatchEvent(new CustomEvent<Judged>("netpol-judged", { bubbles: true, detail: (event as CustomEvent<Judged>).detail }));
    });
    onThemeChange(() => this.#followTheme(), signal);
    // It may answer later all the same.
    const late = setTimeout(() => this.#explain("it does not answer", address), PATIENCE);
    document.addEventListener(
      "securitypolicyviolation",
      ({ disposition, effectiveDirective, blockedURI }) => {
        if (this.#playground || disposition !== "enforce" || !FRAMES.test(effectiveDirective) || !blockedURI.startsWith(PAGE.origin)) return;
        clearTimeout(late);
        this.#explain(`the Content-Security-Policy of this page has to allow it by “frame-src ${PAGE.origin}”`, address);
      },
      { signal },
    );
    await new Promise<void>((resolve, reject) => {
      void playground.ready.then(resolve);
      signal.addEventListener("abort", () => {
        clearTimeout(late);
        playground.close();
        frame.remove();
        reject(signal.reason as Error);
      });
    });
    clearTimeout(late);
    this.#playground = playground;
    const waitedFor = this.#inside.activeElement !== null;
    frame.inert = false;
    this.#box.classList.add("live");
    if (waitedFor) this.focus({ preventScroll: true });
    this.#note.textContent = "";
    this.#followTheme();
    return playground;
  }

  /** Says why the playground is not shown, and what can be done. */
  #explain(reason: string, address: string): void {
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.onclick = () => {
      this.focus();
      this.#restart();
    };
    const own = document.createElement("a");
    own.href = address;
    own.target = "_blank";
    own.rel = "noopener";
    own.textContent = "Open the playground in a page of its own";
    this.#note.replaceChildren(`The playground is not shown: ${reason}. `, again, own);
  }

  #wantedTheme(): Theme {
    const wish = this.getAttribute("theme");
    return wish === "light" || wish === "dark" ? wish : themeBehind(this);
  }

  #followTheme(): void {
    const theme = this.#wantedTheme();
    if (theme === this.#theme || !this.#playground) return;
    this.#theme = theme;
    void this.#playground.show(`theme=${theme}`);
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
    const content = link?.slice(link.indexOf("#") + 1);
    if (this.#text !== undefined) {
      this.#name(this.#text, parameters);
      return [await linkTo(this.#text), ...(content?.split("&").slice(1) ?? [])].join("&");
    }
    if (content !== undefined) return content;
    const example = this.getAttribute("example");
    if (example !== null) return `example=${encodeURIComponent(example)}`;
    const src = this.getAttribute("src");
    const more = this.getAttribute("with");
    const text = this.manifests ?? (src === null ? dedented(codeOf(this)) : await read(src));
    this.#name(text, parameters);
    if (more === null && this.getAttribute("examples") !== "off") parameters.set("examples", "");
    return linkTo(more === null ? text : `${text.trimEnd()}\n---\n${await read(more)}`);
  }

  #name(text: string, parameters: Map<string, string>): void {
    const name = nameIn(text);
    if (name !== undefined && !parameters.has("name")) parameters.set("name", name);
  }
}
