/** Version 3, recognised: a credential or a presentation with a Merkle proof, or a credential of Blockcerts without one. */

import { isObject, type JsonObject } from "../../core/json.ts";
import { findVersion, textsOf } from "../blockcerts/versions.ts";
import { hasMerkleProof } from "./suites.ts";

const TYPES: readonly string[] = ["VerifiableCredential", "VerifiablePresentation"];

/** By its proof first, then by context and type: issuer profiles have the context, too. Never throws. */
export function looksLikeV3(document: JsonObject): boolean {
  if (!isObject(document)) return false;
  const isOfType = textsOf(document, "type").some((type) => TYPES.includes(type));
  return hasMerkleProof(document) || (isOfType && (findVersion(document)?.major ?? 0) >= 3);
}
