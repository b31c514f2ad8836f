/** OpenAttestation 2.0, the format of OpenCerts: salted leaves, keccak-256, sorted pairs, a root in a document store. */

import type { Claims } from "../../core/claims.ts";
import type { Aspect } from "../../core/findings.ts";
import { isArray, isObject, memberOf, objectOf, textOf, type JsonObject } from "../../core/json.ts";
import type { IssuingFormat } from "../format.ts";
import { openOrRefuse } from "../open-or-refuse.ts";
import { readNetwork } from "../openattestation/network.ts";
import { trustOrFault } from "../openattestation/trust-claims.ts";
import { readValidity } from "../openattestation/validity.ts";
import { readTrust } from "./issuers.ts";
import { VALIDITY } from "./names.ts";
import { readIntegrity } from "./read-integrity.ts";
import { attach, seal, writeDocument } from "./seal.ts";
import { looksLikeV2 } from "./shape.ts";

/** A document in a store has no signature, one by a DID has no anchor, and some issuers offer no way of withdrawing. */
const MAY_LACK: readonly Aspect[] = ["signature", "anchor", "status"];

/** Its `seal` needs no canonicalisation, so it is done at once. */
export const openAttestationV2: {
  readonly seal: typeof seal;
  readonly writeDocument: typeof writeDocument;
} & IssuingFormat = {
  id: "openattestation-v2",
  tree: "keccak-sorted",
  entry: "issue",
  fits: (template) => isArray(memberOf(template, "issuers")) && memberOf(template, "@context") === undefined,
  carriesSignature: false,
  namesStatusList: "never",
  detect: (document) => isObject(document) && looksLikeV2(document),
  open: (document) => openOrRefuse(() => readClaims(document)),
  seal,
  attach,
  writeDocument,
};

function readClaims(document: JsonObject): Claims {
  const { wrapped, content, inclusion } = readIntegrity(document);
  const place = { inclusion, network: readNetwork(content) };
  return {
    format: "openattestation-v2",
    inclusions: [inclusion],
    ...trustOrFault(() => readTrust(content, wrapped.proofs, place)),
    validity: readValidity(content, VALIDITY),
    hidden: wrapped.hidden.length,
    unprotected: [],
    credential: viewOf(content),
    mayLack: MAY_LACK,
  };
}

/** Names that transcripts and certificates in use give to title, holder and date. */
function viewOf(content: JsonObject): Claims["credential"] {
  const title = textOf(content, "name");
  const holder = textOf(objectOf(content, "recipient") ?? {}, "name");
  const issuedOn = textOf(content, "issuedOn");
  return {
    ...(title !== undefined && { title }),
    ...(holder !== undefined && { holder }),
    ...(issuedOn !== undefined && { issuedOn }),
    content,
  };
}
