/** Was the document put on record about when it says it was made? Asked only by verifiers who want to know. */

import type { Claims } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { findDay, findMoment } from "../core/moment.ts";

const DAY_MS = 86_400_000;

/**
 * A doubt where the document is dated earlier before its anchor than is allowed, or where that cannot be told; nothing for
 * documents that have no anchor or no date.
 *
 * @param anchoredAt  the time of the block that holds the anchor, where it is known.
 * @param maxDays  days that may lie between; absent: any number, since old documents may be anchored again.
 */
export function checkBackdating(
  claims: Pick<Claims, "anchors" | "validity" | "credential">,
  anchoredAt: string | undefined,
  maxDays: number | undefined,
): readonly Finding[] {
  const dated = claims.validity.from ?? claims.credential.issuedOn;
  if (maxDays === undefined || dated === undefined || claims.anchors.length === 0) return [];
  const from = findDay(dated) ?? findMoment(dated, "optional");
  const at = anchoredAt === undefined ? undefined : Date.parse(anchoredAt);
  if (from !== undefined && at !== undefined && at - from <= maxDays * DAY_MS) return [];
  const message =
    at === undefined
      ? `The document is dated ${dated}; when it was put on record cannot be told.`
      : `The document is dated ${dated}, and was put on record only on ${anchoredAt}.`;
  return [
    finding("validity", "DATED_BEFORE_ANCHOR", message, { dated, ...(anchoredAt !== undefined && { anchoredAt }) }),
  ];
}
