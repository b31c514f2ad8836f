/** Is now between the dates the document states? The start counts, the end does not. */

import type { Claims } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { findBound } from "../core/moment.ts";

/**
 * @param now  the moment to judge at; for an as-of check, the time of that block.
 */
export function checkValidity(claims: Pick<Claims, "validity" | "hidden">, now: Date): Finding {
  const { from, until } = claims.validity;
  const starts = from === undefined ? undefined : findBound(from, "start");
  const ends = until === undefined ? undefined : findBound(until, "end");
  const evidence = {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    judgedAt: now.toISOString(),
  };
  if (starts === null || ends === null) {
    return finding("validity", "VALIDITY_UNREADABLE", "A date of the document has no clear meaning.", evidence);
  }
  if (starts !== undefined && ends !== undefined && ends <= starts) {
    return finding("validity", "VALIDITY_CONTRADICTORY", "The document ends before it begins.", evidence);
  }
  if (starts !== undefined && now.getTime() < starts) {
    return finding("validity", "NOT_YET_VALID", `The document is valid from ${from}.`, evidence);
  }
  if (ends !== undefined && now.getTime() >= ends) {
    return finding("validity", "EXPIRED", `The document expired on ${until}.`, evidence);
  }
  return ends === undefined
    ? finding("validity", "NO_EXPIRY_STATED", `The document states no end${doubt(claims)}.`, evidence)
    : finding("validity", "WITHIN_VALIDITY", `The document is valid until ${until}.`, evidence);
}

/** Our own tools hide no date; others can, and nobody can see it. */
function doubt({ hidden }: Pick<Claims, "hidden">): string {
  return hidden === 0 ? "" : "; one could be among what its holder has hidden";
}
