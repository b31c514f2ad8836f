/** What a reader says of a document's integrity, in one word: `holds`, or the code of the first thing that is wrong. */

import type { Claims } from "../../src/core/claims.ts";
import { isObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { parseStrictJson } from "../../src/core/strict-json.ts";
import type { Format } from "../../src/formats/format.ts";
import { checkIntegrity } from "../../src/verify/check-integrity.ts";

/** The claims of a document that must open. */
export async function claimsOf(format: Format, document: JsonObject): Promise<Claims> {
  const opened = await format.open(document);
  if (opened.kind === "refused") throw new Error(`refused: ${opened.finding.code} ${opened.finding.message}`);
  return opened.claims;
}

/** `INTEGRITY_HOLDS`, or the code of the finding that says why not. */
export async function integrityOf(format: Format, document: JsonObject): Promise<string> {
  const opened = await format.open(document);
  return opened.kind === "refused" ? opened.finding.code : checkIntegrity(opened.claims).code;
}

/** The same from bytes, through the strict reader. */
export async function integrityOfBytes(format: Format, bytes: Uint8Array): Promise<string> {
  try {
    return await integrityOf(format, parseObject(bytes));
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** The JSON object that bytes or text stand for. */
export function parseObject(source: Uint8Array | string): JsonObject {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const document: Json = parseStrictJson(bytes);
  if (!isObject(document)) throw new Error("not an object");
  return document;
}
