/** Blockcerts 2.0 and 2.1: an Open Badges assertion, its statements digested, the root in a transaction of the issuer's. */

import { isObject } from "../../core/json.ts";
import { openLater } from "../blockcerts/open-later.ts";
import type { Format } from "../format.ts";
import { looksLikeV2 } from "./detect.ts";

export const blockcertsV2: Format = {
  id: "blockcerts-v2",
  detect: (document) => isObject(document) && looksLikeV2(document),
  // loaded where it is needed: most documents are of other standards
  open: async (document) => openLater(async () => (await import("./read.ts")).readClaims(document)),
};
