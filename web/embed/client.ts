// A page's side of the conversation with a playground in a frame: docs/embed.md is the contract.

import { isTold, VERSION, type Content, type Judged, type Request, type Told } from "./protocol";

type Ask = Request extends infer R ? (R extends Request ? Omit<R, "netpol" | "id"> : never) : never;

/** A playground in a frame, to read, to write and to listen to. */
export class Playground extends EventTarget {
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  readonly #ended = new AbortController();
  readonly #waiting = new Map<number, (answer: Told) => void>();
  #asked = 0;
  /** Settles when the playground has answered for the first time. */
  readonly ready: Promise<void>;
  #isReady: () => void = () => undefined;

  /** `origin` is where the playground comes from: nobody else is told anything, or heard. */
  constructor(frame: HTMLIFrameElement, origin: string = new URL(frame.src).origin) {
    super();
    this.#frame = frame;
    this.#origin = origin;
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
    addEventListener("message", (event) => this.#heard(event), { signal: this.#ended.signal });
    if (hasLoaded(frame)) this.#hello();
  }

  /** The document as it is now. */
  async get(): Promise<Content> {
    const answer = await this.#ask({ type: "get" });
    if (answer.type !== "document") throw new Error("the playground gave no document");
    const { revision, text, link } = answer;
    return { revision, text, link };
  }

  /** Gives the playground another text. Who looks at it can take that back. */
  async set(text: string): Promise<void> {
    await this.#ask({ type: "set", text });
  }

  /** Opens what stands behind the `#` of a link; parameters alone change how the document is shown. */
  async show(link: string): Promise<void> {
    await this.#ask({ type: "show", link: link.slice(link.indexOf("#") + 1) });
  }

  /** Ends the conversation. */
  close(): void {
    this.#ended.abort();
    this.#waiting.clear();
  }

  #hello(): void {
    void this.#ask({ type: "hello" }).then(() => this.#isReady());
  }

  #ask(ask: Ask): Promise<Told> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#frame.contentWindow?.postMessage({ netpol: VERSION, id, ...ask }, this.#origin);
    });
  }

  #heard(event: MessageEvent<unknown>): void {
    if (event.source !== this.#frame.contentWindow || event.origin !== this.#origin) return;
    const told = event.data;
    if (!isTold(told)) return;
    switch (told.type) {
      case "ready":
        return this.#hello();
      case "done":
      case "document":
        this.#waiting.get(told.id)?.(told);
        this.#waiting.delete(told.id);
        return;
      case "height":
        this.dispatchEvent(new CustomEvent<number>("height", { detail: told.height }));
        return;
      case "judged": {
        const { revision, findings, tests, connection } = told;
        this.dispatchEvent(new CustomEvent<Judged>("judged", { detail: { revision, findings, tests, connection } }));
      }
    }
  }
}

/** Whether there is a page in the frame already, which may have said that it is ready before. */
function hasLoaded(frame: HTMLIFrameElement): boolean {
  try {
    return frame.contentWindow !== null && frame.contentWindow.location.href !== "about:blank";
  } catch {
    // Only a page of another origin hides its address.
    return true;
  }
}
