/** A JSON object from somebody else's server, fetched on guard and read strictly: what answers to questions look like. */

import { fetchGuarded, type FetchGuard } from "./guarded-fetch.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Answer } from "./ports/answer.ts";
import { parseStrictJson } from "./strict-json.ts";

/**
 * The object that a GET answers with.
 *
 * @param address  untrusted: a document may have chosen it.
 * @returns silence for everything that is not exactly one JSON object. Never rejects.
 */
export async function fetchJsonObject(address: string, guard: FetchGuard): Promise<Answer<JsonObject>> {
  const body = await fetchGuarded(address, guard);
  if (body.kind === "silent") return body;
  const value = findJson(body.value);
  return isObject(value)
    ? { kind: "answer", value }
    : { kind: "silent", reason: `${new URL(address).host} answered with something that is not a JSON object` };
}

function findJson(bytes: Uint8Array): Json | undefined {
  try {
    return parseStrictJson(bytes);
  } catch {
    return undefined;
  }
}
