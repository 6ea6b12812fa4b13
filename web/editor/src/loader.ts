// Asks in a frame whether to load manifests from an address. The frame has a policy of its own and no
// origin: the page itself never asks another host for anything. web/src/page/js/loader.rs is the other
// half of this class, web/load.html is what is in the frame.

class Loader {
  readonly #frame = document.createElement("iframe");
  readonly #ended = new AbortController();

  constructor(parent: Element, address: string, theme: string, done: (text?: string, error?: string) => void) {
    const frame = this.#frame;
    frame.title = "Question whether to load manifests";
    frame.sandbox.add("allow-scripts");
    frame.src = `./load.html#${new URLSearchParams({ theme, address })}`;
    frame.onload = () => frame.focus();
    const heard = ({ source, data }: MessageEvent<{ height?: unknown; text?: unknown; error?: unknown } | null>) => {
      if (source !== frame.contentWindow) return;
      if (typeof data?.height === "number") frame.style.height = `${data.height}px`;
      else if (typeof data?.text === "string") done(data.text);
      else if (typeof data?.error === "string") done(undefined, data.error);
      else done();
    };
    addEventListener("message", heard, { signal: this.#ended.signal });
    parent.append(frame);
  }

  destroy(): void {
    this.#ended.abort();
    this.#frame.remove();
  }
}

Object.assign(globalThis, { NetpolLoader: Loader });
