/** The types of what `<script async src="…/embed.js"></script>` brings. */

export type Verdict = "allowed" | "denied" | "implementation-defined" | "not-applicable" | "mixed";

/** A document: its text, and the link that opens it as it is shown. */
export interface Content {
  /** Counts the texts. */
  revision: number;
  text: string;
  /** `null` as long as it is being made, or if the text is too long for a link. */
  link: string | null;
}

/** What a text came to. */
export interface Judged {
  /** Counts the texts. */
  revision: number;
  findings: { errors: number; warnings: number; hints: number };
  /** The expectations of the text. */
  tests: { passed: number; failed: number };
  /** The connection that is explained. */
  connection: { from: string; to: string; port: string; protocol: string; verdict: Verdict; summary: string } | null;
}

/** A playground in a frame. Events: `judged` with a `Judged`, `height` with a number, in `detail`. */
export class Playground extends EventTarget {
  /** `origin` is where the playground comes from, by default the origin of the frame's address. */
  constructor(frame: HTMLIFrameElement, origin?: string);
  /** Settles when the playground has answered for the first time. */
  readonly ready: Promise<void>;
  get(): Promise<Content>;
  set(text: string): Promise<void>;
  /** Opens a link, or what stands behind its `#`; parameters alone change how the document is shown. */
  show(link: string): Promise<void>;
  close(): void;
}

/** The element <netpol-playground>. Event: `netpol-judged` with a `Judged` in `detail`; it bubbles. */
export class NetpolPlayground extends HTMLElement {
  /** Manifests to show, in the place of those that stand in the element. To be set before it starts. */
  manifests: string | undefined;
  /** Starts it before it comes near to the screen. */
  start(): Promise<Playground>;
  get(): Promise<Content>;
  set(text: string): Promise<void>;
}

declare global {
  var NetpolEmbed: {
    Playground: typeof Playground;
    NetpolPlayground: typeof NetpolPlayground;
  };
  interface HTMLElementTagNameMap {
    "netpol-playground": NetpolPlayground;
  }
}
