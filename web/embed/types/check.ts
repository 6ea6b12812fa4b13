// What the types promise is what the script gives: this is compiled, and never run.

import type * as given from "../embed";
import type * as promised from "./embed";

export type Checks = [
  Is<(typeof given.NetpolEmbed)["Playground"], typeof promised.Playground>,
  Is<(typeof given.NetpolEmbed)["NetpolPlayground"], Omit<typeof promised.NetpolPlayground, "prototype">>,
  Is<given.Content, promised.Content>,
  Is<promised.Content, given.Content>,
  Is<given.Judged, promised.Judged>,
  Is<promised.Judged, given.Judged>,
];

type Is<A extends B, B> = A;
