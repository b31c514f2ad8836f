/** Which documents are W3C credentials to us: those whose proofs and contexts belong to none of the other standards. */

import { isArray, isObject, memberOf, textOf, type JsonObject } from "../../core/json.ts";
import { CONTEXT_V1, CONTEXT_V2, DISCLOSURE_TYPE } from "./names.ts";
import { toList } from "./rules.ts";

/** Proofs that make a document another standard's, whatever its contexts say. */
const OTHER_PROOFS = /^(?:MerkleProof20\d\d|ChainpointSHA256v2|OpenAttestation)|^merkle-proof-/;

/** True for a W3C credential, secured or not, and for our envelope around one; never throws. */
export function isW3cVc(document: JsonObject): boolean {
  if (!isObject(document)) return false;
  if (textOf(document, "type") === DISCLOSURE_TYPE) return isObject(memberOf(document, "credential"));
  const contexts = toList(memberOf(document, "@context"));
  const types = toList(memberOf(document, "type"));
  const isCredential =
    types.includes("VerifiableCredential") || contexts.includes(CONTEXT_V2) || contexts.includes(CONTEXT_V1);
  return isCredential && !isPresentation(types) && !isBlockcerts(contexts) && !hasOtherProof(document);
}

function isPresentation(types: readonly unknown[]): boolean {
  return types.includes("VerifiablePresentation");
}

function isBlockcerts(contexts: readonly unknown[]): boolean {
  return contexts.some((context) => typeof context === "string" && /blockcerts/i.test(context));
}

function hasOtherProof(document: JsonObject): boolean {
  const proof = memberOf(document, "proof");
  return (isArray(proof) ? proof : [proof]).some(
    (one) => isObject(one) && ["type", "cryptosuite"].some((name) => OTHER_PROOFS.test(textOf(one, name) ?? "")),
  );
}
