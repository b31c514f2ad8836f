/** The JSON Canonicalization Scheme: one text for one JSON value. The door of `canonicalize`. */

import canonicalize from "canonicalize";

import { toUtf8 } from "../core/bytes.ts";
import type { Json } from "../core/json.ts";
import { refuse } from "../core/refusal.ts";

/** Objects and arrays inside each other that any document of ours may have. */
export const MAX_DEPTH = 64;

/**
 * The canonical text of a JSON value: members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 *
 * No Unicode normalisation takes place: NFC and NFD are two values.
 *
 * @throws {Refusal} `JSON_TOO_DEEP` above 64 levels, `JSON_LONE_SURROGATE`, `JSON_NUMBER_RANGE` for what is no JSON number.
 * @see RFC 8785
 */
export function toJcs(value: Json): string {
  insistOnJson(value, MAX_DEPTH);
  const text = canonicalize(value);
  return text ?? refuse("JSON_MALFORMED", "not a JSON value");
}

/** The canonical text of a JSON value as UTF-8: what is hashed. */
export function toJcsBytes(value: Json): Uint8Array<ArrayBuffer> {
  return toUtf8(toJcs(value));
}

/** Refuses what the library would throw on, and what it would silently leave out or write as something else. */
function insistOnJson(value: Json, levels: number): void {
  if (typeof value === "string") insistOnText(value);
  else if (typeof value === "number") insistOnNumber(value);
  else if (typeof value === "object" && value !== null) insistOnContainer(value, levels);
  else if (value !== null && typeof value !== "boolean") refuse("JSON_MALFORMED", "A value is not JSON.");
}

function insistOnContainer(container: object, levels: number): void {
  if (levels === 0) refuse("JSON_TOO_DEEP", `Objects and arrays lie more than ${MAX_DEPTH} deep.`);
  for (const [name, member] of Object.entries(container) as readonly (readonly [string, Json])[]) {
    insistOnText(name);
    insistOnJson(member, levels - 1);
  }
}

function insistOnText(text: string): void {
  if (!text.isWellFormed()) refuse("JSON_LONE_SURROGATE", "A text holds half a character (a lone surrogate).");
}

function insistOnNumber(number: number): void {
  if (!Number.isFinite(number)) refuse("JSON_NUMBER_RANGE", "A number has no JSON form.");
}
