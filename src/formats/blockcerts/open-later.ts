/** The door of formats that canonicalise: like `openOrRefuse`, for readers that take their time. */

import type { Claims } from "../../core/claims.ts";
import { finding } from "../../core/findings.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Opened } from "../format.ts";

/** The claims that `read` finds, or the finding that says why it refused. */
export async function openLater(read: () => Promise<Claims>): Promise<Opened> {
  try {
    return { kind: "opened", claims: await read() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", finding: finding("integrity", error.code, error.message) };
  }
}
