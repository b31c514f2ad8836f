/** Salted values, `uuid:type:text`: how a value is kept from being guessed once its neighbours are hidden. */

import type { Json } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/** What a salted text can stand for; undefined is a value of this standard. */
export type Unsalted = string | number | boolean | null | undefined;

/** The salt, a UUID of version 4 in lower case, and the colon behind it. */
const SALT = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx:";
/** For each place, which ASCII characters may stand there: `x` is any digit, `y` one of 8 to b, all else itself. */
const ALLOWED: readonly Uint8Array[] = Array.from(SALT, (mark) =>
  tableOf(mark === "x" ? "0123456789abcdef" : mark === "y" ? "89ab" : mark),
);

/**
 * The value inside a salted text: what may be shown.
 *
 * Trailing white space of a text is not shown, though the hash covers it: so do the verifiers in use.
 *
 * @param path  where it stands, for the message.
 * @returns undefined for the standard's `undefined`.
 * @throws {Refusal} `LEAF_UNSALTED`, `LEAF_TYPE_UNKNOWN`, `LEAF_TEXT_NOT_CANONICAL`.
 */
export function unsaltValue(salted: Json, path: string): Unsalted {
  const colon = typeof salted === "string" && hasSalt(salted) ? salted.indexOf(":", SALT.length) : -1;
  if (typeof salted !== "string" || colon === -1)
    return refuse("LEAF_UNSALTED", `${path} has no salt, so what is hidden beside it could be guessed.`);
  return readText(salted.slice(SALT.length, colon), salted.slice(colon + 1), path);
}

/** Character by character, which is quicker here than a regular expression. */
function hasSalt(text: string): boolean {
  if (text.length < SALT.length) return false;
  for (let at = 0; at < SALT.length; at++) if (ALLOWED[at]?.[text.charCodeAt(at)] !== 1) return false;
  return true;
}

function readText(type: string, text: string, path: string): Unsalted {
  switch (type) {
    case "string":
      return text.trimEnd();
    case "number":
      return Number.isFinite(Number(text)) ? canonical(Number(text), text, path) : notCanonical(text, path);
    case "boolean":
      return canonical(text === "true", text, path);
    case "null":
      return canonical(null, text, path);
    case "undefined":
      return canonical(undefined, text, path);
    default:
      return refuse("LEAF_TYPE_UNKNOWN", `${path} is of a type that does not exist: ${JSON.stringify(type)}.`);
  }
}

/** The value, provided that the signed text is how it is written: else what is shown would not be what was signed. */
function canonical<Value>(value: Value, text: string, path: string): Value {
  return String(value) === text ? value : notCanonical(text, path);
}

function notCanonical(text: string, path: string): never {
  return refuse(
    "LEAF_TEXT_NOT_CANONICAL",
    `${path} is written ${JSON.stringify(text)}, which is not how its value is written.`,
  );
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
