/** When may an issuer hand a document out? When everything it can answer for itself holds; names and dates may follow later. */

import type { Aspect, Finding } from "../core/findings.ts";

const OWN_ASPECTS: readonly Aspect[] = ["integrity", "signature", "anchor", "status"];

/** The findings that stand in the way; empty means: hand it out. An aspect nobody reported on stands in the way, too. */
export function obstaclesToHandOut(findings: readonly Finding[]): readonly (Finding | Aspect)[] {
  const missing = OWN_ASPECTS.filter((aspect) => !findings.some((found) => found.aspect === aspect));
  const bad = findings.filter(
    (found) => OWN_ASPECTS.includes(found.aspect) && found.outcome !== "pass" && found.outcome !== "skipped",
  );
  return [...missing, ...bad];
}
