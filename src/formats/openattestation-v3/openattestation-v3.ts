/** OpenAttestation 3.0, given up by its makers: values in clear, their salts apart, a root in a store or signed by a DID. */

import type { Claims } from "../../core/claims.ts";
import type { Aspect } from "../../core/findings.ts";
import { isObject, objectOf, textOf, type JsonObject } from "../../core/json.ts";
import type { Format } from "../format.ts";
import { openOrRefuse } from "../open-or-refuse.ts";
import { digestOf, hashLeaves } from "../openattestation/digest.ts";
import { inclusionOf, refuseShownAndHidden } from "../openattestation/hashes.ts";
import { readNetwork } from "../openattestation/network.ts";
import { trustOrFault } from "../openattestation/trust-claims.ts";
import { readValidity, type ValidityMembers } from "../openattestation/validity.ts";
import { asText } from "./as-text.ts";
import { flatten } from "./flatten.ts";
import { readMethod, readTrust } from "./issuer.ts";
import { saltedTexts } from "./salted-leaves.ts";
import { looksLikeV3, readShape } from "./shape.ts";

/** A document in a store has no signature, one by a DID has no anchor, and some issuers offer no way of withdrawing. */
const MAY_LACK: readonly Aspect[] = ["signature", "anchor", "status"];

/** As in credentials of W3C's first data model, where the date of issue is the start of validity. */
const VALIDITY: ValidityMembers = { from: ["validFrom", "issuanceDate"], until: ["validUntil", "expirationDate"] };

export const openAttestationV3: Format = {
  id: "openattestation-v3",
  detect: (document) => isObject(document) && looksLikeV3(document),
  open: (document) => openOrRefuse(() => readClaims(document)),
};

function readClaims(document: JsonObject): Claims {
  const wrapped = readShape(document);
  const method = readMethod(wrapped.content);
  const shown = hashLeaves(saltedTexts(flatten(wrapped.content), wrapped.salts));
  refuseShownAndHidden(wrapped.hidden, shown);
  const content = asText(wrapped.content);
  const inclusion = inclusionOf(wrapped, digestOf(shown, wrapped.hidden));
  const place = { inclusion, network: readNetwork(content) };
  return {
    format: "openattestation-v3",
    inclusions: [inclusion],
    ...trustOrFault(() => readTrust(content, method, wrapped, place)),
    validity: readValidity(content, VALIDITY),
    hidden: wrapped.hidden.length,
    unprotected: [],
    credential: viewOf(content),
    mayLack: MAY_LACK,
    evidence: { typesBound: false },
  };
}

function viewOf(content: JsonObject): Claims["credential"] {
  const title = textOf(content, "name");
  const holder = textOf(objectOf(content, "credentialSubject") ?? {}, "name");
  const issuedOn = textOf(content, "issuanceDate");
  return {
    ...(title !== undefined && { title }),
    ...(holder !== undefined && { holder }),
    ...(issuedOn !== undefined && { issuedOn }),
    content,
  };
}
