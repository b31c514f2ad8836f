/** The content of a document without its salts: the only form in which anything of it is shown. */

import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { unsaltValue } from "./salt.ts";

/**
 * The data with every salted text replaced by its value; containers keep their shape.
 *
 * JSON has no `undefined`: such a member is left out, and in an array it becomes null.
 *
 * @param data  already flattened once, so that its depth and its names are known to be good.
 * @throws {Refusal} `LEAF_…` for an entry that is not properly salted.
 */
export function unsalt(data: JsonObject): JsonObject {
  return unsaltObject(data, "");
}

function unsaltObject(object: JsonObject, path: string): JsonObject {
  const content: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    const shown = unsaltAny(value, path === "" ? key : `${path}.${key}`);
    if (shown !== undefined) content[key] = shown;
  }
  return content;
}

function unsaltAny(value: Json, path: string): Json | undefined {
  if (isArray(value)) return value.map((item, at) => unsaltAny(item, `${path}.${at}`) ?? null);
  return isObject(value) ? unsaltObject(value, path) : unsaltValue(value, path);
}
