/** From when until when a document holds, where it says so in several places: the latest start, the earliest end. */

import type { ValidityClaim } from "../../core/claims.ts";
import { memberOf, type JsonObject } from "../../core/json.ts";
import { findBound } from "../../core/moment.ts";

/** Names of members that state a start and an end. */
export interface ValidityMembers {
  readonly from: readonly string[];
  readonly until: readonly string[];
}

/**
 * What the content says of its validity, in its own words.
 *
 * The standard itself checks no dates. A member that is null or empty states nothing.
 */
export function readValidity(content: JsonObject, members: ValidityMembers): ValidityClaim {
  const from = strictest(statements(content, members.from), "start");
  const until = strictest(statements(content, members.until), "end");
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function statements(content: JsonObject, names: readonly string[]): string[] {
  return names
    .map((name) => memberOf(content, name))
    .filter((value) => value !== undefined && value !== null && value !== "")
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

/** The latest start or the earliest end; one that cannot be read goes before all others, so that it is never overlooked. */
function strictest(texts: readonly string[], side: "start" | "end"): string | undefined {
  const bounds = texts.map((text) => ({ text, at: findBound(text, side) ?? undefined }));
  const unreadable = bounds.find(({ at }) => at === undefined);
  const inOrder = bounds.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return (unreadable ?? (side === "start" ? inOrder.at(-1) : inOrder[0]))?.text;
}
