// What a page and the playground in its frame say to each other: docs/embed.md is the contract. Both
// sides are made from this file.

/** The version of the protocol; every message carries it as `netpol`. */
export const VERSION = 1;

/** A frame without any height shows nothing, and has nothing to tell about it. */
export const SILENCE = 1;

/** The longest text and the longest link that are taken, in UTF-16 units. */
export const LONGEST_TEXT = 8 << 20;
export const LONGEST_LINK = 512 << 10;

/** What a page asks; the answer has the same `id`. */
export type Request =
  | { netpol: 1; type: "hello"; id: number }
  | { netpol: 1; type: "get"; id: number }
  | { netpol: 1; type: "set"; id: number; text: string }
  | { netpol: 1; type: "show"; id: number; link: string };

/** A document: its text, and the link that opens it as it is shown. */
export interface Content {
  /** Counts the texts. */
  revision: number;
  text: string;
  /** `null` as long as it is being made, or if the text is too long for a link. */
  link: string | null;
}

export type Verdict = "allowed" | "denied" | "implementation-defined" | "not-applicable" | "mixed";

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

/** What the playground says. */
export type Told =
  | { netpol: 1; type: "ready" }
  | { netpol: 1; type: "done"; id: number }
  | ({ netpol: 1; type: "document"; id: number } & Content)
  | { netpol: 1; type: "height"; height: number }
  | ({ netpol: 1; type: "judged" } & Judged);

type Fields = Record<string, unknown>;

function fields(data: unknown): Fields | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const all = data as Fields;
  return all["netpol"] === VERSION && typeof all["type"] === "string" ? all : undefined;
}

const isId = (value: unknown) => Number.isSafeInteger(value);
const isText = (value: unknown, longest: number) => typeof value === "string" && value.length <= longest;

/** Whether a page asks what the playground understands. */
export function isRequest(data: unknown): data is Request {
  const message = fields(data);
  if (!message || !isId(message["id"])) return false;
  switch (message["type"]) {
    case "hello":
    case "get":
      return true;
    case "set":
      return isText(message["text"], LONGEST_TEXT);
    case "show":
      return isText(message["link"], LONGEST_LINK);
    default:
      return false;
  }
}

/** Whether the playground says what a page understands. */
export function isTold(data: unknown): data is Told {
  const message = fields(data);
  if (!message) return false;
  switch (message["type"]) {
    case "ready":
      return true;
    case "done":
      return isId(message["id"]);
    case "document":
      return isId(message["id"]) && typeof message["text"] === "string";
    case "height":
      return Number.isFinite(message["height"]);
    case "judged":
      return isId(message["revision"]);
    default:
      return false;
  }
}
