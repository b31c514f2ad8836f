/** A document that its holder works with: read as a verifier reads it, and whoever hands in something else is told so. */

import type { Claims } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject, type JsonObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { documentIn } from "../formats/document-in.ts";
import type { Format } from "../formats/format.ts";
import { detectFormat } from "../formats/formats.ts";

export interface OwnDocument {
  readonly document: JsonObject;
  readonly format: Format;
  /** What it says of itself; nothing of it was verified. */
  readonly claims: Claims;
}

/**
 * @param bytes  the document's file, or an image it is baked into.
 * @throws {TestamurError} `USAGE` for a file that is no such document, with the reader's own words for why.
 */
export async function openOwnDocument(bytes: Uint8Array): Promise<OwnDocument> {
  const document = readObject(bytes);
  const detected = detectFormat(document);
  if (detected.kind !== "format") throw new TestamurError("USAGE", detected.finding.message);
  const { format } = detected;
  const opened = await format.open(document);
  if (opened.kind === "refused") throw new TestamurError("USAGE", opened.finding.message);
  return { document, format, claims: opened.claims };
}

/**
 * The JSON object in a file.
 *
 * @throws {TestamurError} `USAGE` for anything else.
 */
export function readObject(bytes: Uint8Array): JsonObject {
  try {
    const value = parseStrictJson(documentIn(bytes));
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("USAGE", error.message);
  }
  throw new TestamurError("USAGE", "a document is a JSON object; this is another JSON value");
}
