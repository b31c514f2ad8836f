/** For which reasons a document may be withdrawn or put on hold. */

import { TestamurError } from "../core/errors.ts";

/** Reasons for withdrawing by the words people use, with the numbers of RFC 5280 that the store keeps. */
export const REVOCATION_REASONS: Readonly<Record<string, number>> = {
  unspecified: 0,
  "key-compromise": 1,
  "affiliation-changed": 3,
  superseded: 4,
  replaced: 4,
  "cessation-of-operation": 5,
  "privilege-withdrawn": 9,
};

/** The same for putting on hold, and for lifting that. */
export const HOLD_REASONS: Readonly<Record<string, number>> = { "on-hold": 6, ...REVOCATION_REASONS };

/**
 * @param reasons  the words that may be used.
 * @throws {TestamurError} `USAGE` listing them.
 */
export function reasonCode(word: string, reasons: Readonly<Record<string, number>>): number {
  const code = Object.hasOwn(reasons, word) ? reasons[word] : undefined;
  if (code !== undefined) return code;
  throw new TestamurError("USAGE", `"${word}" is not a reason`, { next: `one of: ${Object.keys(reasons).join(", ")}` });
}
