/** Exit codes, stable: scripts depend on them. */

import type { FaultCode } from "../core/errors.ts";
import type { Verdict } from "../core/report.ts";

export const EXIT = {
  allValid: 0,
  someInvalid: 1,
  usage: 2,
  someInconclusive: 3,
  configuration: 4,
  refused: 5,
  internal: 6,
} as const;

/** The exit code of every fault there is. */
export const EXIT_OF_FAULT: Readonly<Record<FaultCode, number>> = {
  USAGE: EXIT.usage,
  ROSTER_INVALID: EXIT.usage,
  TEMPLATE_INVALID: EXIT.usage,
  CREDENTIAL_INVALID: EXIT.usage,
  PATH_NOT_HIDEABLE: EXIT.usage,
  PATH_TOO_LONG: EXIT.usage,
  TREE_EMPTY: EXIT.usage,
  FORMAT_NOT_ISSUABLE: EXIT.usage,
  FILE_UNREADABLE: EXIT.usage,
  FILE_EXISTS: EXIT.usage,
  BATCH_UNKNOWN: EXIT.usage,
  CONFIGURATION_INVALID: EXIT.configuration,
  KEY_MISSING: EXIT.configuration,
  KEYSTORE_INVALID: EXIT.configuration,
  PASSWORD_WRONG: EXIT.configuration,
  NODE_UNAVAILABLE: EXIT.configuration,
  NODE_LYING: EXIT.configuration,
  CHAIN_WRONG: EXIT.configuration,
  CONTRACT_ABSENT: EXIT.configuration,
  CONTRACT_UNKNOWN: EXIT.configuration,
  DATABASE_LOCKED: EXIT.configuration,
  DATABASE_CORRUPT: EXIT.configuration,
  DISK_FULL: EXIT.configuration,
  KEY_WELL_KNOWN: EXIT.refused,
  STORE_PAUSED: EXIT.refused,
  ROLE_MISSING: EXIT.refused,
  FUNDS_INSUFFICIENT: EXIT.refused,
  FEE_ABOVE_CAP: EXIT.refused,
  TRANSACTION_REVERTED: EXIT.refused,
  ROOT_ALREADY_ANCHORED: EXIT.refused,
  ROOT_NOT_USABLE: EXIT.refused,
  BATCH_NEEDS_ATTENTION: EXIT.refused,
  APPROVAL_NEEDED: EXIT.refused,
  DOCUMENT_TOO_COSTLY: EXIT.refused,
  TOO_BUSY: EXIT.refused,
  BATCH_CORRUPT: EXIT.internal,
  SECOND_OPINION_DIFFERS: EXIT.internal,
  CHECK_FAILED: EXIT.internal,
  INTERNAL: EXIT.internal,
};

/** 0 all valid · 1 at least one invalid · 3 none invalid, at least one inconclusive. Never folds 3 into 1. */
export function exitOfVerdicts(verdicts: Iterable<Verdict>): number {
  const seen = new Set(verdicts);
  if (seen.has("invalid")) return EXIT.someInvalid;
  return seen.has("inconclusive") ? EXIT.someInconclusive : EXIT.allValid;
}
