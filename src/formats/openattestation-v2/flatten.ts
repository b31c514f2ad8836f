/** Takes the data of a document apart into its leaves: one a value, with the path that leads there. */

import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { objectToPath, refuseKey } from "../openattestation/keys.ts";
import { MAX_DEPTH, MAX_LEAVES } from "../openattestation/limits.ts";
import { objectToKeyV2 } from "./paths.ts";

/** One value and where it stands: names and array positions, joined by dots. `{}` and `[]` are values. */
export interface Leaf {
  readonly path: string;
  readonly value: Json;
}

/**
 * The leaves of `data` in the order of its members.
 *
 * @throws {Refusal} `KEY_…` for names that make paths ambiguous, `PATH_TWICE`, `JSON_TOO_DEEP`, `DOCUMENT_TOO_LARGE`.
 */
export function flatten(data: JsonObject): Leaf[] {
  const leaves: Leaf[] = [];
  collect(data, "", 1, leaves);
  // the rules for names leave no room for two equal paths; the invariant is checked all the same
  if (new Set(leaves.map(({ path }) => path)).size < leaves.length)
    refuse("PATH_TWICE", "Two entries have the same path.");
  return leaves;
}

/** The text of a leaf that is hashed. */
export function leafText({ path, value }: Leaf): string {
  return `{${JSON.stringify(path)}:${JSON.stringify(value)}}`;
}

function collect(container: Json, path: string, depth: number, leaves: Leaf[]): void {
  if (depth > MAX_DEPTH) refuse("JSON_TOO_DEEP", `The data is nested more than ${MAX_DEPTH} deep.`);
  for (const [key, value] of membersOf(container, path)) {
    const below = path === "" ? key : `${path}.${key}`;
    if (isContainer(value)) collect(value, below, depth + 1, leaves);
    else if (leaves.push({ path: below, value }) > MAX_LEAVES)
      refuse("DOCUMENT_TOO_LARGE", `The data has more than ${MAX_LEAVES} entries.`);
  }
}

/** Names and values of an object, positions and items of an array. */
function membersOf(container: Json, path: string): [string, Json][] {
  if (isArray(container)) return container.map((item, at) => [String(at), item]);
  if (!isObject(container)) return [];
  const members = Object.entries(container);
  for (const [key] of members) {
    const objection = objectToKeyV2(key) ?? objectToPath(path === "" ? key : `${path}.${key}`);
    if (objection !== undefined) refuseKey(key, path, objection);
  }
  return members;
}

/** An object or array with members: what is not a leaf. */
function isContainer(value: Json): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
