/** The content with every value as text: all that the hash of this version proves. */

import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";

/** A copy in which numbers, booleans and null are the texts that were hashed for them. */
export function asText(content: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, textOfAny(value)]));
}

function textOfAny(value: Json): Json {
  if (isArray(value)) return value.map(textOfAny);
  return isObject(value) ? asText(value) : String(value);
}
