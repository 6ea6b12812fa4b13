// The page's side of the conversation with the page around it: docs/embed.md is the contract.
// web/src/page/js/host.rs is the other half of this class.

import { isRequest, SILENCE, VERSION, type Request } from "../../embed/protocol";

class Host {
  readonly #set: (text: string) => void;
  readonly #visit: (fragment: string) => void;
  readonly #content: () => string;
  readonly #ended = new AbortController();
  readonly #size: ResizeObserver;
  /** Who has said hello; nobody else is heard or told anything from then on. */
  #origin: string | undefined;
  #judged: string | undefined;
  #height = 0;

  constructor(set: (text: string) => void, visit: (fragment: string) => void, content: () => string) {
    this.#set = set;
    this.#visit = visit;
    this.#content = content;
    addEventListener("message", (event) => this.#heard(event), { signal: this.#ended.signal });
    this.#size = new ResizeObserver(() => this.#measure());
    const app = document.getElementById("app");
    if (app) this.#size.observe(app);
    // Nothing is said but that somebody is here: who is around is not known yet.
    parent.postMessage({ netpol: VERSION, type: "ready" }, "*");
  }

  #heard(event: MessageEvent<unknown>): void {
    if (event.source !== parent || (this.#origin !== undefined && event.origin !== this.#origin)) return;
    const request = event.data;
    if (!isRequest(request)) return;
    if (request.type === "hello") this.#origin = event.origin;
    else if (this.#origin === undefined) return;
    this.#answer(request);
  }

  #answer(request: Request): void {
    const { id } = request;
    switch (request.type) {
      case "hello":
        this.#tell({ type: "done", id });
        this.#height = 0;
        this.#measure();
        if (this.#judged !== undefined) this.judged(this.#judged);
        return;
      case "get":
        return this.#tell({ type: "document", id, ...JSON.parse(this.#content()) });
      case "set":
        this.#set(request.text);
        return this.#tell({ type: "done", id });
      case "show":
        this.#visit(request.link);
        return this.#tell({ type: "done", id });
    }
  }

  /** What the text came to. */
  judged(json: string): void {
    this.#judged = json;
    this.#tell({ type: "judged", ...JSON.parse(json) });
  }

  #measure(): void {
    const height = Math.ceil(document.getElementById("app")?.getBoundingClientRect().height ?? 0);
    if (height === this.#height || height < SILENCE) return;
    this.#height = height;
    this.#tell({ type: "height", height });
  }

  #tell(message: object): void {
    // A page without an origin of its own, a file for instance, cannot be named. What is around a frame
    // does not change as long as the frame lives.
    const to = this.#origin === "null" ? "*" : this.#origin;
    if (to !== undefined) parent.postMessage({ netpol: VERSION, ...message }, to);
  }

  destroy(): void {
    this.#ended.abort();
    this.#size.disconnect();
  }
}

Object.assign(globalThis, { NetpolHost: Host });
