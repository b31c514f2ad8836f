/** Version 3, read: a credential or a presentation. */

import type { Claims } from "../../core/claims.ts";
import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { findVersion, textsOf } from "../blockcerts/versions.ts";
import { readCredential } from "./credential.ts";
import { readPresentation } from "./presentation.ts";

const VERSIONS: readonly string[] = ["3.0-alpha", "3.0-beta", "3.0", "3.1", "3.2"];

/** @throws {Refusal} `FORMAT_UNSUPPORTED` for versions after 3.2, and everything that readers refuse. */
export async function readV3(document: JsonObject): Promise<Claims> {
  const version = findVersion(document)?.name;
  if (version !== undefined && !VERSIONS.includes(version))
    refuse("FORMAT_UNSUPPORTED", `This is a Blockcerts document of version ${version}, which is not known here.`);
  const isPresentation = textsOf(document, "type").includes("VerifiablePresentation");
  return isPresentation ? readPresentation(document) : readCredential(document);
}
