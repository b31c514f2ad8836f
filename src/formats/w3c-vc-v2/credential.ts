/** Everything a credential has to be before any proof is looked at: its contexts, shape, spelling and meaning. */

import { toCanonicalQuads } from "../../canon/rdfc.ts";
import type { JsonObject } from "../../core/json.ts";
import { readModelVersion, type ModelVersion } from "./contexts.ts";
import { insistOnLimits } from "./limits.ts";
import { insistOnOneSpelling } from "./member-names.ts";
import type { Profile } from "./profile.ts";
import { insistOnRelatedResources } from "./related-resources.ts";
import { insistOnVcdm1 } from "./vcdm-1.ts";
import { insistOnVcdm2 } from "./vcdm-2.ts";

export interface CredentialReading {
  readonly version: ModelVersion;
  /** Places where statements could have been moved from the credential to another object of its id. */
  readonly doubles: readonly string[];
}

/**
 * Reads a credential by its data model; its size was checked before.
 *
 * @param content  the credential without `proof`.
 * @throws {Refusal} with the rule it breaks.
 */
export function readCredential(content: JsonObject, profile: Profile): CredentialReading {
  const version = readModelVersion(content, profile);
  if (version === "2.0") insistOnVcdm2(content);
  else insistOnVcdm1(content);
  insistOnRelatedResources(content, profile);
  return { version, doubles: profile.inlineContexts ? [] : insistOnOneSpelling(content, profile) };
}

/**
 * Refuses a credential in which anything has no meaning in its contexts.
 *
 * @throws {Refusal} `MEMBER_UNKNOWN` and what else canonicalisation refuses.
 */
export async function insistOnMeaning(content: JsonObject, profile: Profile): Promise<void> {
  await toCanonicalQuads(content, { contexts: profile.contexts, safe: true, withDirection: true });
}

/**
 * Refuses an unsecured credential that nobody should sign: what an issuer's service asks before it does.
 *
 * @throws {Refusal} with the rule it breaks.
 */
export async function insistOnCredential(credential: JsonObject, profile: Profile): Promise<void> {
  insistOnLimits(credential, profile.maxBytes);
  readCredential(credential, profile);
  await insistOnMeaning(credential, profile);
}
