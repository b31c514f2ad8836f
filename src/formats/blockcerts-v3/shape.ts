/** What version 3 asks of a document's JSON. The digest covers statements only, to which one value and a list of one are the same. */

import { isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { contextsOf } from "../blockcerts/context-list.ts";

const BASE_CONTEXTS: readonly Json[] = [
  "https://www.w3.org/ns/credentials/v2",
  "https://www.w3.org/2018/credentials/v1",
];
const TEXTS: readonly string[] = ["validFrom", "validUntil", "issuanceDate", "expirationDate"];

/**
 * Other readers go by the JSON: what has one meaning there must have it here.
 *
 * @throws {Refusal} `CONTEXT_NOT_ALLOWED` unless the data model's context comes first; `SHAPE_WRONG` for a list where
 *   one value belongs.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#contexts, #issuer, #validity-period
 */
export function insistOnShape(document: JsonObject): void {
  if (!BASE_CONTEXTS.includes(contextsOf(document)[0] ?? null))
    refuse("CONTEXT_NOT_ALLOWED", "The first context of the document is not the one of W3C's data model.");
  for (const name of TEXTS) insistOnText(document, name, name);
  const issuer = memberOf(document, "issuer");
  if (issuer !== undefined && typeof issuer !== "string" && !isObject(issuer))
    refuse("SHAPE_WRONG", "The document's issuer must be an address or an object.");
  const display = memberOf(document, "display");
  if (isObject(display)) insistOnText(display, "content", "display.content");
}

function insistOnText(object: JsonObject, name: string, where: string): void {
  const value = memberOf(object, name) ?? null; // null is as good as nothing
  if (value !== null && typeof value !== "string") refuse("SHAPE_WRONG", `The document's ${where} must be a text.`);
}
