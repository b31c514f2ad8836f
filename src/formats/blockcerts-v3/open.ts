/** Version 3, recognised and read: a credential or a presentation with a Merkle proof, or a credential of Blockcerts without one. */

import type { Claims } from "../../core/claims.ts";
import { isObject, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { findVersion, textsOf } from "../blockcerts/versions.ts";
import { readCredential } from "./credential.ts";
import { readPresentation } from "./presentation.ts";
import { hasMerkleProof } from "./suites.ts";

const VERSIONS: readonly string[] = ["3.0-alpha", "3.0-beta", "3.0", "3.1", "3.2"];

const TYPES: readonly string[] = ["VerifiableCredential", "VerifiablePresentation"];

/** By its proof first, then by context and type: issuer profiles have the context, too. Never throws. */
export function looksLikeV3(document: JsonObject): boolean {
  if (!isObject(document)) return false;
  const isOfType = textsOf(document, "type").some((type) => TYPES.includes(type));
  return hasMerkleProof(document) || (isOfType && (findVersion(document)?.major ?? 0) >= 3);
}

/** @throws {Refusal} `FORMAT_UNSUPPORTED` for versions after 3.2, and everything that readers refuse. */
export async function readV3(document: JsonObject): Promise<Claims> {
  const version = findVersion(document)?.name;
  if (version !== undefined && !VERSIONS.includes(version))
    refuse("FORMAT_UNSUPPORTED", `This is a Blockcerts document of version ${version}, which is not known here.`);
  const isPresentation = textsOf(document, "type").includes("VerifiablePresentation");
  return isPresentation ? readPresentation(document) : readCredential(document);
}
