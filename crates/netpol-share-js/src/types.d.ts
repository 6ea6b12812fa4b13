/** How a link is looked at. `docs/link-format.md` says what each means. */
export interface Parameters {
  name?: string;
  view?: string;
  tab?: string;
  /** The connection to explain: `shop/frontend>shop/web:8080/TCP`. */
  flow?: string;
  filter?: string;
  moved?: string;
  theme?: "light" | "dark";
  readonly?: string;
  hide?: string;
  motion?: string;
  examples?: string;
}

/** What a link holds: manifests, the name of an example, an address, or only parameters. */
export type Decoded = { parameters: Parameters } & (
  | { content: "text"; text: string }
  | { content: "example"; example: string }
  | { content: "url"; url: string }
  | { content: "none" }
);
