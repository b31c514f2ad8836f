/** Findings that every kind of anchor has in common. */

import { finding, type Evidence, type Finding } from "../core/findings.ts";
import type { StoreStanding } from "../core/ports/chain.ts";
import type { AnchorReport } from "../core/report.ts";

export interface AnchorCheck {
  readonly findings: readonly Finding[];
  /** What the chain says of the first anchor. */
  readonly anchor?: AnchorReport;
}

type Store = Extract<StoreStanding, { kind: "store" }>;

export function compromised(evidence: Evidence): Finding {
  const message = "It was anchored by an account after that account was declared compromised.";
  return finding("anchor", "ANCHOR_AFTER_COMPROMISE", message, evidence);
}

export function notFinal(evidence: Evidence): Finding {
  return finding("anchor", "ANCHOR_NOT_FINAL", "It was issued a short while ago and is not final yet.", evidence);
}

export function codeEvidence({ codeHash, codeKnown }: Store): Evidence {
  return codeHash === undefined ? {} : { codeHash, codeKnown: codeKnown ?? false };
}

/** The strict policy wants to know the code that answered. */
export function codeDoubt(standing: Store, store: string): Finding[] {
  return standing.codeKnown === true
    ? []
    : [
        finding(
          "anchor",
          "STORE_CODE_UNKNOWN",
          `The code of the register at ${store} is not one of the known releases.`,
        ),
      ];
}
