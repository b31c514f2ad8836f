/** The small rules that the shapes of credentials are made of; each refuses with the place that breaks it. */

import { isArray, isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { findDay } from "../../core/moment.ts";
import { refuse } from "../../core/refusal.ts";

/** An absolute address: a scheme, a colon and no character that no address has (RFC 3986). */
const URL_SHAPE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

/** XML Schema `dateTimeStamp`, years 0001 to 9999: a zone is required, fractions are allowed. */
const STAMP = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** Refuses unless the rule holds. */
export function insist(rule: boolean, message: string): asserts rule {
  if (!rule) refuse("SHAPE_WRONG", message);
}

/** True for an absolute address of any scheme. */
export function isUrl(value: Json | undefined): value is string {
  return typeof value === "string" && URL_SHAPE.test(value);
}

/** True for a moment with a time zone on a day that exists. */
export function isStamp(value: Json | undefined): value is string {
  if (typeof value !== "string") return false;
  const day = STAMP.exec(value)?.[1];
  return day !== undefined && findDay(day) !== undefined;
}

/** The value as a list: an array as it is, anything else alone, nothing for a member that is absent. */
export function toList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

/** The values of `type`, all texts and at least one. */
export function readTypes(object: JsonObject, where: string): readonly string[] {
  const types = toList(memberOf(object, "type"));
  const texts = types.filter((type) => typeof type === "string" && type !== "");
  insist(texts.length > 0 && texts.length === types.length, `${where} has no type that is a text.`);
  return texts as readonly string[]; // the filter keeps texts only
}

/** The `id`, an address, where there is one. */
export function readOptionalId(object: JsonObject, where: string): string | undefined {
  const id = memberOf(object, "id");
  if (id === undefined) return undefined;
  insist(isUrl(id), `The id of ${where} is not one URL.`);
  return id;
}

/** The objects of a member that holds one object or a non-empty array of them; none where it is absent. */
export function readObjects(document: JsonObject, name: string): readonly JsonObject[] {
  const value = memberOf(document, name);
  if (value === undefined) return [];
  const objects = toList(value).filter(isObject);
  insist(
    objects.length > 0 && objects.length === toList(value).length,
    `${name} is neither an object nor a list of objects.`,
  );
  return objects;
}

/** Objects that must say their type: `credentialStatus`, `evidence` and the like. */
export function readTyped(document: JsonObject, name: string): readonly JsonObject[] {
  const objects = readObjects(document, name);
  for (const object of objects) {
    readTypes(object, name);
    readOptionalId(object, name);
  }
  return objects;
}
