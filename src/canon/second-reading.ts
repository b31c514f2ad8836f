/**
 * The reference processor's second reading of what we issue. Issuing and verifying read by the same quick reader: if it
 * erred, both would, and others would find out. So one document of each shape is read by both before anybody signs.
 */

import { TestamurError } from "../core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../core/json.ts";

/** Shapes that were read twice. A batch has one, or a few where its template leaves empty values out. */
const known = new Set<string>();
const MAX_KNOWN = 1_000;

/**
 * Compares the quick reader's outcome with the reference processor's, once for documents of one shape: of the same
 * contexts, types and names, with values of the same kinds.
 *
 * @throws {TestamurError} `SECOND_OPINION_DIFFERS`: nothing may be signed then.
 */
export async function readAgain(document: JsonObject, quads: string, reference: () => Promise<string>): Promise<void> {
  const shape = JSON.stringify(shapeOf(document));
  if (known.has(shape)) return;
  if ((await reference()) !== quads)
    throw new TestamurError("SECOND_OPINION_DIFFERS", "jsonld reads a credential in another way than we do", {
      next: "report this with the template; nothing was signed",
    });
  if (known.size >= MAX_KNOWN) known.clear();
  known.add(shape);
}

/** Contexts and types as they are; elements of lists once each; of texts, whether they might be addresses. */
function shapeOf(value: Json): Json {
  if (isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))];
  if (isObject(value))
    return Object.entries(value).map(([name, member]) => [
      name,
      name === "type" || name === "@context" ? member : shapeOf(member),
    ]);
  if (typeof value === "string") return value.includes(":") ? "address" : "text";
  return Number.isInteger(value) ? "integer" : typeof value;
}
