/** Blockcerts 3: a W3C credential, its statements digested, the root in a transaction of the issuer's. */

import { openLater } from "../blockcerts/open-later.ts";
import type { Format } from "../format.ts";
import { looksLikeV3, readV3 } from "./open.ts";

export const blockcertsV3: Format = {
  id: "blockcerts-v3",
  detect: looksLikeV3,
  open: async (document) => openLater(async () => readV3(document)),
};
