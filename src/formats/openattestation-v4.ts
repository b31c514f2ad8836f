/** OpenAttestation 4.0, which never left its trial: recognised, so that we can say that we cannot say. */

import { isArray, isObject, memberOf, textOf, type JsonObject } from "../core/json.ts";

/** Proof types of the drafts; another proof makes the document a credential of somebody else's suite. */
const PROOF_TYPES = ["OpenAttestationMerkleProofSignature2018", "OpenAttestationHashProof2018"];

/** True for a credential whose context is one of version 4's; never throws. */
export function isOpenAttestationV4(document: JsonObject): boolean {
  if (!isObject(document)) return false;
  const contexts = memberOf(document, "@context");
  const proof = memberOf(document, "proof");
  return (
    isArray(contexts) &&
    contexts.some((context) => typeof context === "string" && context.includes("/openattestation/4.0/")) &&
    (proof === undefined || (isObject(proof) && PROOF_TYPES.includes(textOf(proof, "type") ?? "")))
  );
}
