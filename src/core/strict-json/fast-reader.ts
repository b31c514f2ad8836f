/** Reads ordinary JSON with the engine's own parser, and proves that it lost nothing; on any doubt it gives up. */

import { isArray, type Json, type JsonArray } from "../json.ts";
import type { Survey } from "./survey.ts";

/** Looked for first: few documents have any, and finding none is quicker than trying an expression. */
const ESCAPE = "\\u";
const SURROGATE_ESCAPE = /\\u[dD]/;

/**
 * The value, where the engine's parser takes the text and nothing can have been lost: its numbers are kept, it has as many
 * members as there were colons, and no escapes that may stand for half a character. Else undefined: the exact reader
 * knows why.
 *
 * @param surveyed  what the survey said of the same text; its depth is thereby known to be within the limit.
 */
export function findFast(text: string, surveyed: Survey): Json | undefined {
  if (!surveyed.isPlain || (text.includes(ESCAPE) && SURROGATE_ESCAPE.test(text))) return undefined;
  try {
    const value = JSON.parse(text) as Json; // the engine gives nothing else
    return countMembers(value) === surveyed.members ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many members all the objects of a value have. */
function countMembers(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  if (isArray(value)) return countInside(value, 0);
  const members = Object.values(value);
  return countInside(members, members.length);
}

function countInside(values: JsonArray, own: number): number {
  let members = own;
  for (const value of values) if (typeof value === "object") members += countMembers(value);
  return members;
}
