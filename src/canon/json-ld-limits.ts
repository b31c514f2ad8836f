/** What a JSON-LD document may cost, checked before the processor starts: it cannot be stopped half way. */

import { isArray, isObject, textOf, type Json, type JsonObject } from "../core/json.ts";
import { refuse } from "../core/refusal.ts";
import { MAX_DEPTH } from "./jcs.ts";

/** Objects in one document: the processor takes up to a millisecond for each. */
const MAX_OBJECTS = 5_000;

/** Characters of the ids in all statements: each repeats the id of its thing, which may be a whole image. */
const MAX_ID_CHARS = 16 * 1024 * 1024;

/** Values of one property of one thing: the processor compares each with all others. */
const MAX_VALUES = 2_000;

/**
 * Refuses documents whose canonicalisation would take longer than some seconds.
 *
 * Objects of one `id` are one thing, wherever they stand: their values add up.
 *
 * @throws {Refusal} `FORMAT_UNSUPPORTED`; `JSON_TOO_DEEP` above 64 levels.
 */
export function insistOnAffordable(document: JsonObject): void {
  const valuesOf = new Map<string, Map<string, number>>();
  let objects = 0;
  let idChars = 0;
  const visit = (value: Json, levels: number): void => {
    if (levels < 0) refuse("JSON_TOO_DEEP", `Objects and arrays lie more than ${MAX_DEPTH} deep.`);
    if (isArray(value)) {
      for (const element of value) visit(element, levels - 1);
    } else if (isObject(value)) {
      objects += 1;
      if (objects > MAX_OBJECTS) refuse("FORMAT_UNSUPPORTED", `The document has more than ${MAX_OBJECTS} objects.`);
      const thing = textOf(value, "id") ?? textOf(value, "@id") ?? `unnamed ${objects}`;
      const values = valuesOf.get(thing) ?? new Map<string, number>();
      valuesOf.set(thing, values);
      for (const [name, member] of Object.entries(value)) {
        const more = isArray(member) ? member.length : 1;
        const count = (values.get(name) ?? 0) + more;
        if (count > MAX_VALUES) refuse("FORMAT_UNSUPPORTED", `One member has more than ${MAX_VALUES} values.`);
        values.set(name, count);
        idChars += more * thing.length;
        if (idChars > MAX_ID_CHARS) refuse("FORMAT_UNSUPPORTED", "An id that is very long has very many values.");
        visit(member, levels - 1);
      }
    }
  };
  visit(document, MAX_DEPTH);
}
