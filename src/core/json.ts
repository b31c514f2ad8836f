/** JSON values as the strict reader hands them out. */

export type Json = string | number | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [member: string]: Json;
}

/** True for an object: not an array, not null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an array. */
export function isArray(value: Json | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The object's own member, or undefined: never something inherited, whatever name the document chose. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The object's own member where it is a text, else undefined. */
export function textOf(object: JsonObject, name: string): string | undefined {
  const value = memberOf(object, name);
  return typeof value === "string" ? value : undefined;
}

/** The object's own member where it is an object, else undefined. */
export function objectOf(object: JsonObject, name: string): JsonObject | undefined {
  const value = memberOf(object, name);
  return isObject(value) ? value : undefined;
}
