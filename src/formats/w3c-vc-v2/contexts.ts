/** Which contexts a credential may name: meaning comes from pinned files, never from the sender. */

import { isPinned } from "../../canon/contexts/context-set.ts";
import { isArray, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { CONTEXT_V1, CONTEXT_V2 } from "./names.ts";
import type { Profile } from "./profile.ts";

/** Contexts of one document. */
const MAX_CONTEXTS = 8;

/** The version of the data model that a credential's first context names. */
export type ModelVersion = "1.1" | "2.0";

/**
 * Reads and checks the `@context` of a credential, at the top or embedded.
 *
 * @throws {Refusal} `CONTEXT_NOT_ALLOWED` for anything but a list that begins with a base context and goes on with
 *   contexts the profile knows.
 */
export function readModelVersion(credential: JsonObject, profile: Profile): ModelVersion {
  const contexts = memberOf(credential, "@context");
  if (!isArray(contexts)) refuse("CONTEXT_NOT_ALLOWED", "The @context is not a list.");
  if (contexts.length > MAX_CONTEXTS) {
    refuse("CONTEXT_NOT_ALLOWED", `The document names ${contexts.length} contexts; at most ${MAX_CONTEXTS} are read.`);
  }
  for (const context of contexts) insistOnContext(context, profile);
  const [base] = contexts;
  if (base === CONTEXT_V2) return "2.0";
  if (base === CONTEXT_V1) return "1.1";
  return refuse("CONTEXT_NOT_ALLOWED", `The first context is not ${CONTEXT_V2}.`);
}

function insistOnContext(context: Json, profile: Profile): void {
  if (typeof context === "string") {
    if (!isPinned(profile.contexts, context)) {
      refuse("CONTEXT_NOT_ALLOWED", `The context ${JSON.stringify(context)} is not one we know.`);
    }
  } else if (typeof context !== "object" || context === null || isArray(context)) {
    refuse("CONTEXT_NOT_ALLOWED", "A context is neither an address nor an object.");
  } else if (!profile.inlineContexts) {
    refuse("CONTEXT_NOT_ALLOWED", "The document brings a context of its own, so its words mean what its sender likes.");
  }
}
