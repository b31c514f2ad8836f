/** The door of every format: what a reader inside refuses becomes an integrity finding; only faults of our own get through. */

import type { Claims } from "../core/claims.ts";
import { finding } from "../core/findings.ts";
import { Refusal } from "../core/refusal.ts";
import type { Opened } from "./format.ts";

/** The claims that `read` finds, or the finding that says why it refused. */
export function openOrRefuse(read: () => Claims): Opened {
  try {
    return { kind: "opened", claims: read() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", finding: finding("integrity", error.code, error.message) };
  }
}
