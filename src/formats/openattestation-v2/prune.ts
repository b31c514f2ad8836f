/** Takes values out of the data so that every path that stays leads where it led before. */

import type { Problem } from "../../core/errors.ts";
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";

/** What is left, and what stood in the way. */
export interface Pruned {
  readonly data: JsonObject;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
  /** Which leaves are there still, and which went: their numbers, counted in the order of the members. */
  readonly left: readonly number[];
  readonly gone: readonly number[];
  /** Paths of those among them that are `{}` or `[]`. */
  readonly empty: readonly string[];
}

interface Pruning {
  readonly paths: ReadonlySet<string>;
  readonly problems: Problem[];
  readonly notices: string[];
  readonly left: number[];
  readonly gone: number[];
  readonly empty: string[];
}

/** The data without the values at `paths`; what empties goes as well. */
export function prune(data: JsonObject, paths: ReadonlySet<string>): Pruned {
  const pruning: Pruning = { paths, problems: [], notices: [], left: [], gone: [], empty: [] };
  return { data: pruneObject(data, "", pruning) ?? {}, ...pruning };
}

/** The value without what is to go below it, or undefined when all of it goes. */
function pruneAny(value: Json, path: string, pruning: Pruning): Json | undefined {
  if (pruning.paths.has(path)) return takeAway(value, path, pruning);
  if (isArray(value) && value.length > 0) return pruneArray(value, path, pruning);
  if (isObject(value) && Object.keys(value).length > 0) return pruneObject(value, path, pruning);
  pruning.left.push(nextLeaf(pruning));
  return value;
}

/** Notes every leaf of what goes. */
function takeAway(value: Json, path: string, pruning: Pruning): undefined {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  for (const [key, inner] of below) takeAway(inner, `${path}.${key}`, pruning);
  if (below.length > 0) return;
  if (typeof value === "object") pruning.empty.push(path);
  pruning.gone.push(nextLeaf(pruning));
}

function nextLeaf({ left, gone }: Pruning): number {
  return left.length + gone.length;
}

/** An object that empties goes: `{}` would be a leaf that was never signed. */
function pruneObject(object: JsonObject, path: string, pruning: Pruning): JsonObject | undefined {
  const left: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    const kept = pruneAny(value, path === "" ? key : `${path}.${key}`, pruning);
    if (kept !== undefined) left[key] = kept;
  }
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Only the last items can go: a hole would move those behind it to other paths. */
function pruneArray(items: JsonArray, path: string, pruning: Pruning): JsonArray | undefined {
  const left = items.map((item, at) => pruneAny(item, `${path}.${at}`, pruning));
  const kept = left.findLastIndex((item) => item !== undefined) + 1;
  const hole = left.indexOf(undefined);
  if (hole >= 0 && hole < kept) pruning.problems.push(holeProblem(items, `${path}.${hole}`, path));
  else if (kept > 0 && kept < items.length)
    pruning.notices.push(`${path} is shorter now. That does not show in it; only the number of hidden entries does.`);
  return kept === 0 ? undefined : left.slice(0, kept).map((item) => item ?? null);
}

function holeProblem(items: JsonArray, where: string, list: string): Problem {
  const last = `${list}.${items.length - 1}`;
  const inside = typeof items[0] === "object" ? `, or entries inside ${where} as long as one of them stays` : "";
  return {
    where,
    what: "stands before items that stay, and they would move up",
    next: `Hide the whole of ${list}, or its items from the end (${last} first)${inside}.`,
  };
}
