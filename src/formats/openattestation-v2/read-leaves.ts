/** Takes the data of a document apart in one pass: every leaf hashed, every value without its salt. */

import { toUtf8 } from "../../core/bytes.ts";
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import type { Hashes } from "../openattestation/digest.ts";
import { refuseKey } from "../openattestation/keys.ts";
import { openLeafHasher, type LeafHasher } from "../openattestation/leaf-hasher.ts";
import { MAX_DEPTH, MAX_HASHED_BYTES, MAX_LEAVES } from "../openattestation/limits.ts";
import { headOf, itemPath, memberPath, rootPath, type Path } from "./paths.ts";
import { unsaltValue } from "./salt.ts";

export interface Leaves {
  /** In the order of the members. */
  readonly hashes: Hashes;
  /** The data with every salted text replaced by its value: the only form in which anything of it is shown. */
  readonly content: JsonObject;
}

const EMPTY_ARRAY = toUtf8("[]");
const EMPTY_OBJECT = toUtf8("{}");

/**
 * Hashes and unsalts. JSON has no `undefined`: such a member is left out, and in an array it becomes null.
 *
 * @throws {Refusal} `KEY_…` for names that make paths ambiguous, `LEAF_…` for an entry that is not properly salted,
 *   `JSON_TOO_DEEP`, `DOCUMENT_TOO_LARGE`.
 */
export function readLeaves(data: JsonObject): Leaves {
  const leaves = openLeafHasher();
  const content = readObject(data, rootPath(), 1, leaves);
  return { hashes: leaves.flush(), content };
}

function readObject(object: JsonObject, path: Path, depth: number, leaves: LeafHasher): JsonObject {
  refuseDeep(depth);
  const content: Record<string, Json> = {};
  for (const name of Object.keys(object)) {
    const below = memberPath(path, name);
    if ("why" in below) return refuseKey(name, path.text, below);
    const shown = readAny(object[name] ?? null, below, depth, leaves);
    if (shown !== undefined) content[name] = shown;
  }
  return content;
}

function readArray(items: JsonArray, path: Path, depth: number, leaves: LeafHasher): JsonArray {
  refuseDeep(depth);
  return items.map((item, at) => readAny(item, itemPath(path, at), depth, leaves) ?? null);
}

function readAny(value: Json, path: Path, depth: number, leaves: LeafHasher): Json | undefined {
  if (typeof value === "string") {
    const shown = unsaltValue(value, path.text);
    leaves.addTextLeaf(headOf(path), value);
    refuseMany(leaves);
    return shown;
  }
  if (!isArray(value) && !isObject(value)) return unsaltValue(value, path.text); // refuses: it has no salt
  if (Object.keys(value).length > 0)
    return isArray(value) ? readArray(value, path, depth + 1, leaves) : readObject(value, path, depth + 1, leaves);
  const empty = isArray(value) ? EMPTY_ARRAY : EMPTY_OBJECT;
  leaves.addLeaf(headOf(path), empty, 0, empty.length);
  refuseMany(leaves);
  return value;
}

function refuseDeep(depth: number): void {
  if (depth > MAX_DEPTH) refuse("JSON_TOO_DEEP", `The data is nested more than ${MAX_DEPTH} deep.`);
}

/** Also a few entries under names of a million characters: each is hashed with its whole path. */
function refuseMany({ count, bytes }: LeafHasher): void {
  if (count > MAX_LEAVES) refuse("DOCUMENT_TOO_LARGE", `The data has more than ${MAX_LEAVES} entries.`);
  if (bytes > MAX_HASHED_BYTES)
    refuse(
      "DOCUMENT_TOO_LARGE",
      `The entries of the data come to more than ${MAX_HASHED_BYTES} bytes with their paths.`,
    );
}
