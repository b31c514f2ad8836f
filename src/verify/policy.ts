/** What a verifier insists on. A policy never makes an altered document good: integrity and a proof are always required. */

import { ASPECTS, type Aspect } from "../core/findings.ts";

export interface Policy {
  readonly name: string;
  /** Aspects that must pass; `skipped` satisfies one only where the format's constants allow it. */
  readonly required: readonly Aspect[];
  /**
   * True: what the default only reports (hidden entries that could be a co-issuer, unknown store code) becomes a doubt, and
   * so does an issuer who is not on the verifier's own list.
   */
  readonly strict: boolean;
}

/** Everything is required. */
export const DEFAULT_POLICY: Policy = { name: "default", required: ASPECTS, strict: false };

/** Everything is required, by issuers the verifier has chosen, and what might hide something is a doubt. */
export const STRICT_POLICY: Policy = { name: "strict", required: ASPECTS, strict: true };

/** Whether it was signed, is in force and was not withdrawn, whoever the issuer is: what conformance suites ask. */
export const SIGNED_POLICY: Policy = {
  name: "signed",
  required: ["integrity", "signature", "status", "validity"],
  strict: false,
};
