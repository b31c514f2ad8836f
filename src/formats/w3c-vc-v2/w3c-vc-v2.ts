/** W3C Verifiable Credentials: VC 2.0 and 1.1, Open Badges 3.0, CLR 2.0; our own documents signed and anchored both. */

import { finding } from "../../core/findings.ts";
import { isObject, type JsonObject } from "../../core/json.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Format, IssuingFormat, Opened } from "../format.ts";
import { isW3cVc } from "./detect.ts";
import { STRICT, type Profile } from "./profile.ts";
import { attach } from "./sealed-form.ts";

export const w3cVcV2: IssuingFormat = {
  ...readerOf(STRICT),
  tree: "keccak-positional",
  entry: "issue",
  fits: isW3cVc,
  carriesSignature: true,
  namesStatusList: "by-name",
  listForm: "bitstring",
  // loaded where it is needed: browsers never seal
  seal: async (...given) => (await import("./seal.ts")).seal(...given),
  attach: (sealed, place, _anchor, signatures) => attach(sealed, place, signatures),
};

/** The format read by another profile: `GENERIC` for conformance suites, never for what is shown to people. */
export function readerOf(profile: Profile): Format {
  return {
    id: "w3c-vc-v2",
    detect: (document) => isObject(document) && isW3cVc(document),
    open: async (document) => open(document, profile),
  };
}

async function open(document: JsonObject, profile: Profile): Promise<Opened> {
  try {
    const { readClaims } = await import("./open.ts"); // loaded where it is needed
    return { kind: "opened", claims: await readClaims(document, profile) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", finding: finding("integrity", error.code, error.message) };
  }
}
