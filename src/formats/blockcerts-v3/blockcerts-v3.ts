/** Blockcerts 3: a W3C credential, its statements digested, the root in a transaction of the issuer's. Issued as 3.2. */

import { findVersion } from "../blockcerts/versions.ts";
import { openLater } from "../blockcerts/open-later.ts";
import type { IssuingFormat } from "../format.ts";
import { attach } from "./attach.ts";
import { looksLikeV3, readV3 } from "./open.ts";
import { seal } from "./seal.ts";

export const blockcertsV3: IssuingFormat = {
  id: "blockcerts-v3",
  tree: "sha256-ordered",
  entry: "raw",
  fits: (template) => (findVersion(template)?.major ?? 0) >= 3,
  carriesSignature: false,
  namesStatusList: "by-address",
  listForm: "blockcerts",
  detect: looksLikeV3,
  open: async (document) => openLater(async () => readV3(document)),
  seal,
  attach,
};
