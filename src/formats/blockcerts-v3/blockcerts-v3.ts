/** Blockcerts 3: a W3C credential, its statements digested, the root in a transaction of the issuer's. Issued as 3.2. */

import { findVersion } from "../blockcerts/versions.ts";
import { openLater } from "../blockcerts/open-later.ts";
import type { IssuingFormat } from "../format.ts";
import { attach } from "./attach.ts";
import { looksLikeV3 } from "./detect.ts";

export const blockcertsV3: IssuingFormat = {
  id: "blockcerts-v3",
  tree: "sha256-ordered",
  entry: "raw",
  fits: (template) => (findVersion(template)?.major ?? 0) >= 3,
  carriesSignature: false,
  namesStatusList: "by-address",
  listForm: "blockcerts",
  detect: looksLikeV3,
  // loaded where they are needed: most documents are of other standards, and browsers never seal
  open: async (document) => openLater(async () => (await import("./open.ts")).readV3(document)),
  seal: async (...given) => (await import("./seal.ts")).seal(...given),
  attach,
};
