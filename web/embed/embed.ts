// The one script that a page needs: docs/embedding.md tells how, docs/embed.md what it says and hears.

import { watchBlocks } from "./blocks";
import { Playground } from "./client";
import { NetpolPlayground } from "./element";
import { script } from "./script";

export type { Content, Judged, Verdict } from "./protocol";

/** What a page's own scripts find as `NetpolEmbed`. */
export const NetpolEmbed = { Playground, NetpolPlayground };

function begin(): void {
  if (customElements.get("netpol-playground")) return;
  customElements.define("netpol-playground", NetpolPlayground);
  const { blocks, with: cluster } = script?.dataset ?? {};
  watchBlocks(blocks === "live" || blocks === "try" ? blocks : undefined, cluster);
}

Object.assign(globalThis, { NetpolEmbed });
// Before, an element may be there without what stands in it.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
