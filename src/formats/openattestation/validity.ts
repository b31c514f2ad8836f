/** From when until when a document holds, where it says so in several places: the latest start, the earliest end. */

import type { ValidityClaim } from "../../core/claims.ts";
import { memberOf, type JsonObject } from "../../core/json.ts";

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
  const from = strictest(statements(content, members.from), (a, b) => momentOf(b) - momentOf(a));
  const until = strictest(statements(content, members.until), (a, b) => momentOf(a) - momentOf(b));
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function statements(content: JsonObject, names: readonly string[]): string[] {
  return names
    .map((name) => memberOf(content, name))
    .filter((value) => value !== undefined && value !== null && value !== "")
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

/** The first in the given order; one that cannot be read goes before all others, so that it is never overlooked. */
function strictest(texts: readonly string[], order: (a: string, b: string) => number): string | undefined {
  return texts.find((text) => Number.isNaN(momentOf(text))) ?? texts.toSorted(order)[0];
}

function momentOf(text: string): number {
  return Date.parse(text);
}
