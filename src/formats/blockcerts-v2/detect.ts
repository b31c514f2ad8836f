/** Versions 1 and 2, recognised: an assertion of Open Badges with a proof of Blockcerts, or one of its contexts. */

import { isObject, memberOf, type JsonObject } from "../../core/json.ts";
import { findVersion, isVersion1, textsOf } from "../blockcerts/versions.ts";

/** The type of version 2's proof. */
export const TYPE = "MerkleProof2017";

/** By its proof first, then by context and type: issuer profiles have the context, too. Version 1 is recognised as well. */
export function looksLikeV2(document: JsonObject): boolean {
  const isAssertion = textsOf(document, "type").includes("Assertion");
  return hasSignature2017(document) || isVersion1(document) || (isAssertion && findVersion(document)?.major === 2);
}

/** True for a document with such a proof; never throws. */
export function hasSignature2017(document: JsonObject): boolean {
  const signature = memberOf(document, "signature");
  return isObject(signature) && textsOf(signature, "type").includes(TYPE);
}
