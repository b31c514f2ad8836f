/** Members of the parts that no digest covers: only the known ones, each of its own shape, so that nobody can add to them. */

import { isArray, isObject, memberOf, type JsonArray, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/**
 * Stops at a member beside the known ones.
 *
 * @throws {Refusal} `MEMBER_UNKNOWN`, naming the place.
 */
export function refuseUnknownMembers(object: JsonObject, known: readonly string[], where: string): void {
  for (const name of Object.keys(object))
    if (!known.includes(name))
      refuse("MEMBER_UNKNOWN", `${where} has a member ${JSON.stringify(name)}, which nothing in this format protects.`);
}

/** The member as an object. @throws {Refusal} `SHAPE_WRONG` when it is absent or something else. */
export function objectAt(object: JsonObject, name: string, where: string): JsonObject {
  const value = memberOf(object, name);
  return isObject(value) ? value : refuse("SHAPE_WRONG", `${where}.${name} must be an object.`);
}

/** The member as an array. @throws {Refusal} `SHAPE_WRONG` when it is absent or something else. */
export function arrayAt(object: JsonObject, name: string, where: string): JsonArray {
  const value = memberOf(object, name);
  return isArray(value) ? value : refuse("SHAPE_WRONG", `${where}.${name} must be an array.`);
}

/** The member as a text. @throws {Refusal} `SHAPE_WRONG` when it is absent or something else. */
export function textAt(object: JsonObject, name: string, where: string): string {
  const value = memberOf(object, name);
  return typeof value === "string" ? value : refuse("SHAPE_WRONG", `${where}.${name} must be a text.`);
}

/** The member as one given text. @throws {Refusal} `SHAPE_WRONG` when it is anything else. */
export function constantAt(object: JsonObject, name: string, expected: string, where: string): void {
  if (memberOf(object, name) !== expected)
    refuse("SHAPE_WRONG", `${where}.${name} must be ${JSON.stringify(expected)}.`);
}
