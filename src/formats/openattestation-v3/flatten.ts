/** Takes the content of a document apart into its leaves: one a value, with the path that leads there, `a.b[0].c`. */

import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { objectToKey, objectToPath, refuseKey, type KeyObjection } from "../openattestation/keys.ts";
import { MAX_DEPTH, MAX_LEAVES } from "../openattestation/limits.ts";

/** One value as text and where it stands. The hash binds no type: `5` and `"5"` are one leaf. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
}

/**
 * The leaves of `content` in the order of its members.
 *
 * @throws {Refusal} `KEY_…` for names that make paths ambiguous, `CONTAINER_EMPTY` for what the hash would not cover,
 *   `PATH_TWICE`, `JSON_TOO_DEEP`, `DOCUMENT_TOO_LARGE`.
 */
export function flatten(content: JsonObject): Leaf[] {
  const leaves: Leaf[] = [];
  collect(content, "", 1, leaves);
  // the rules for names leave no room for two equal paths; the invariant is checked all the same
  if (new Set(leaves.map(({ path }) => path)).size < leaves.length)
    refuse("PATH_TWICE", "Two entries have the same path.");
  return leaves;
}

function collect(value: Json, path: string, depth: number, leaves: Leaf[]): void {
  if (depth > MAX_DEPTH) refuse("JSON_TOO_DEEP", `The document is nested more than ${MAX_DEPTH} deep.`);
  if (typeof value !== "object" || value === null) {
    if (leaves.push({ path, text: String(value) }) > MAX_LEAVES)
      refuse("DOCUMENT_TOO_LARGE", `The document has more than ${MAX_LEAVES} entries.`);
    return;
  }
  const members = membersOf(value, path);
  if (members.length === 0)
    refuse("CONTAINER_EMPTY", `${path || "The content"} is empty, and nothing protects an empty entry in this format.`);
  for (const [below, member] of members) collect(member, below, depth + 1, leaves);
}

/** Paths and values of the members of an object or array. */
function membersOf(container: Json, path: string): [string, Json][] {
  if (isArray(container)) return container.map((item, at) => [`${path}[${at}]`, item]);
  if (!isObject(container)) return [];
  return Object.entries(container).map(([key, value]) => {
    const below = path === "" ? key : `${path}.${key}`;
    const objection = objectToKeyV3(key) ?? objectToPath(below);
    if (objection !== undefined) refuseKey(key, path, objection);
    return [below, value];
  });
}

function objectToKeyV3(key: string): KeyObjection | undefined {
  return /[[\]]/.test(key)
    ? { code: "KEY_BRACKETED", why: "contains a bracket, which marks positions in a path" }
    : objectToKey(key);
}
