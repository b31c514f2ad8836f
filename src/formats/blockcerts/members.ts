/** Members of proofs, which no digest covers: only the known ones, each of its own shape, so that nobody can add to them. */

import { isArray, memberOf, type JsonArray, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/** @throws {Refusal} `MEMBER_UNKNOWN`, naming the first member beside the known ones. */
export function refuseUnknownMembers(object: JsonObject, known: readonly string[], where: string): void {
  const stranger = Object.keys(object).find((name) => !known.includes(name));
  if (stranger !== undefined)
    refuse("MEMBER_UNKNOWN", `${where} has a member ${JSON.stringify(stranger)}, which nothing protects.`);
}

/** The member as a text. @throws {Refusal} `SHAPE_WRONG` when it is absent or something else. */
export function textAt(object: JsonObject, name: string, where: string): string {
  const value = memberOf(object, name);
  return typeof value === "string" ? value : refuse("SHAPE_WRONG", `${where}.${name} must be a text.`);
}

/** The member as an array. @throws {Refusal} `SHAPE_WRONG` when it is absent or something else. */
export function arrayAt(object: JsonObject, name: string, where: string): JsonArray {
  const value = memberOf(object, name);
  return isArray(value) ? value : refuse("SHAPE_WRONG", `${where}.${name} must be an array.`);
}
