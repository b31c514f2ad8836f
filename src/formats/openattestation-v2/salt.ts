/** Salted values, `uuid:type:text`: how a value is kept from being guessed once its neighbours are hidden. */

import type { Json } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/** What a salted text can stand for; undefined is a value of this standard. */
export type Unsalted = string | number | boolean | null | undefined;

const SALTED = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:([^:]*):/;

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
  const match = typeof salted === "string" ? SALTED.exec(salted) : null;
  if (match === null || typeof salted !== "string")
    return refuse("LEAF_UNSALTED", `${path} has no salt, so what is hidden beside it could be guessed.`);
  const [head, type = ""] = match;
  return readText(type, salted.slice(head.length), path);
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
