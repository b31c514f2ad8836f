/** Requests of the VC-API, read strictly: their bodies hold documents, so two readers must see the same in them. */

import { isObject, memberOf, objectOf, type JsonObject } from "../../core/json.ts";
import { Refusal } from "../../core/refusal.ts";
import { parseStrictJson } from "../../core/strict-json.ts";
import { PROBLEM_TYPES, type ProblemDetail } from "./problem-details.ts";

export type ReadRequest =
  | {
      readonly kind: "read";
      /** The document asked about. */
      readonly document: JsonObject;
      /** Members we do not know are passed over, as suites send many. */
      readonly options: JsonObject;
      readonly body: JsonObject;
    }
  | { readonly kind: "unreadable"; readonly problem: ProblemDetail };

/** @param name  the member that holds the document. */
export function readRequest(bytes: unknown, name: string): ReadRequest {
  try {
    const body = parseStrictJson(bytes instanceof Uint8Array ? bytes : new Uint8Array());
    if (!isObject(body)) return unreadable("The body is not a JSON object.");
    const document = objectOf(body, name);
    if (document === undefined) return unreadable(`The body has no object ${JSON.stringify(name)}.`);
    const options = memberOf(body, "options") ?? {};
    return isObject(options) ? { kind: "read", document, options, body } : unreadable("options is not an object.");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return unreadable(error.message);
  }
}

function unreadable(detail: string): ReadRequest {
  return { kind: "unreadable", problem: { type: PROBLEM_TYPES.parsing, title: "Cannot be read", detail } };
}
