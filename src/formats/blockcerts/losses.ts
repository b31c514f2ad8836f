/** What no digest covers, in words: parts of a document that are there to be read and yet were never hashed. */

import type { LossEvent } from "../../canon/rdfc.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";

/** Text direction has no place in the statements; what is written still has. */
const HARMLESS = "rdfDirection not set";

/** jsonld.js's words for what it leaves out, and ours. */
const PHRASES: Readonly<Record<string, string>> = {
  "relative @id reference": "everything stated of",
  "relative subject reference": "everything stated of",
  "reserved @id value": "everything stated of",
  "relative object reference": "the value",
  "relative graph reference": "the content of",
  "relative @type reference": "the type",
  "relative predicate reference": "the member",
  "invalid property": "the member",
  "blank node predicate": "the member",
  "free-floating scalar": "the value",
};

/** Longest part of the document that is quoted, in characters. */
const MAX_QUOTE = 80;

/** The unprotected parts of a document, each named once. */
export function unprotectedParts(document: JsonObject, losses: readonly LossEvent[]): readonly string[] {
  const dropped = losses.filter(({ code }) => code !== HARMLESS).map(sayLoss);
  return [...new Set([...dropped, ...(hasIndexes(document) ? ["whatever @index says"] : [])])];
}

function sayLoss({ code, what }: LossEvent): string {
  const phrase = PHRASES[code] ?? `${code}:`;
  return what === undefined ? phrase : `${phrase} ${JSON.stringify(what.slice(0, MAX_QUOTE))}`;
}

/** The one keyword that the processor takes and silently forgets. */
function hasIndexes(value: Json): boolean {
  if (isArray(value)) return value.some(hasIndexes);
  return isObject(value) && Object.entries(value).some(([name, member]) => name === "@index" || hasIndexes(member));
}
