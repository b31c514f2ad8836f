/** Names of members of the data that mean something to a verifier. */

import type { ValidityMembers } from "../openattestation/validity.ts";

/**
 * Where documents of ours state how many issuers they have: salted as any other value, never hidden by our redactor.
 * Two hidden leaves are enough to hide a co-issuer; one issuer less then contradicts this number.
 */
export const ISSUER_COUNT = "testamurIssuerCount";

/** Start and end of validity. */
export const VALIDITY: ValidityMembers = { from: ["validFrom"], until: ["expiresOn", "validUntil"] };

/** What a holder may not hide: with less of it, a verifier would trust more. */
export const NEVER_HIDDEN: readonly string[] = [
  "issuers",
  "network",
  ISSUER_COUNT,
  ...VALIDITY.from,
  ...VALIDITY.until,
];
