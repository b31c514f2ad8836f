/** Whether a path leads to something, and whether its holder may hide it. */

import type { Problem } from "../../core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { NEVER_HIDDEN } from "./names.ts";

const MOST_NAMES_LISTED = 12;

/** What stands in the way of hiding `path`, or undefined. */
export function findPathProblem(path: string, data: JsonObject): Problem | undefined {
  const [first = "", ...rest] = path.split(".");
  if (NEVER_HIDDEN.includes(first))
    return {
      where: path,
      what: `belongs to ${first}, which verifiers rely on`,
      next: `Hide anything else: ${listOf(data)}.`,
    };
  return findMissing(path, [first, ...rest], data);
}

/** Follows the path and stops where it leads nowhere, to name what is there. */
function findMissing(path: string, names: readonly string[], data: JsonObject): Problem | undefined {
  let value: Json = data;
  for (const [at, name] of names.entries()) {
    const below: Json | undefined = stepInto(value, name);
    if (below === undefined) {
      const place = at === 0 ? "the document" : names.slice(0, at).join(".");
      return {
        where: path || "(nothing)",
        what: `is not there: ${place} has no ${JSON.stringify(name)}`,
        next: nextTo(place, value),
      };
    }
    value = below;
  }
  return undefined;
}

function stepInto(value: Json, name: string): Json | undefined {
  if (isArray(value)) return /^(?:0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined;
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function nextTo(place: string, value: Json): string {
  if (isArray(value)) return `${place} is a list of ${value.length}; its items are numbered from 0.`;
  return isObject(value) ? `There are: ${listOf(value)}.` : `${place} is a single value; hide it as a whole.`;
}

function listOf(object: JsonObject): string {
  const names = Object.keys(object).filter((name) => !NEVER_HIDDEN.includes(name));
  const listed = names.slice(0, MOST_NAMES_LISTED).join(", ");
  return names.length > MOST_NAMES_LISTED ? `${listed} and ${names.length - MOST_NAMES_LISTED} more` : listed;
}
