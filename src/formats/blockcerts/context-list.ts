/** The contexts that a document names, as they stand in it. */

import { isArray, memberOf, type JsonArray, type JsonObject } from "../../core/json.ts";

/** The top-level contexts as a list; a single one may stand alone. */
export function contextsOf(document: JsonObject): JsonArray {
  const contexts = memberOf(document, "@context");
  if (contexts === undefined) return [];
  return isArray(contexts) ? contexts : [contexts];
}
