/** Blockcerts 3: a W3C credential, its statements digested, the root in a transaction of the issuer's. Issued as 3.2. */

import { openLater } from "../blockcerts/open-later.ts";
import type { IssuingFormat } from "../format.ts";
import { attach } from "./attach.ts";
import { looksLikeV3, readV3 } from "./open.ts";
import { seal } from "./seal.ts";

export const blockcertsV3: IssuingFormat = {
  id: "blockcerts-v3",
  tree: "sha256-ordered",
  entry: "raw",
  carriesSignature: false,
  namesStatusList: false,
  detect: looksLikeV3,
  open: async (document) => openLater(async () => readV3(document)),
  seal,
  attach,
};
