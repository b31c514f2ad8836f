/** What one check found, and how every possible finding weighs: the words of a verdict. */

import type { Json } from "./json.ts";

/** The questions a verification asks, in order. */
export const ASPECTS = ["integrity", "signature", "anchor", "status", "identity", "validity"] as const;
export type Aspect = (typeof ASPECTS)[number];

/**
 * `skipped` means that this kind of document has no such thing; it never means "could not".
 * `unknown` means that a check could not be made; it is neither good nor bad.
 */
export type Outcome = "pass" | "fail" | "unknown" | "skipped";

/** Headline codes, the first that applies speaks: failures first, then doubts, then success. */
export const HEADLINES = [
  "MALFORMED",
  "UNSUPPORTED",
  "TAMPERED",
  "NOT_ANCHORED",
  "REVOKED",
  "SUSPENDED",
  "ISSUER_CONTRADICTED",
  "EXPIRED",
  "NOT_YET_VALID",
  "COULD_NOT_CHECK",
  "NOT_FINAL_YET",
  "ISSUER_UNPROVEN",
  "TEST_NETWORK",
  "VALID",
] as const;
export type Headline = (typeof HEADLINES)[number];

/**
 * Every finding there is, with its outcome and the headline it asks for. A new code must be placed here
 * before it can be used, and the compiler refuses a weight that is none; once released it never changes.
 */
export const FINDINGS = {
  // integrity: the bytes
  FILE_NOT_JSON: "fail MALFORMED",
  JSON_MALFORMED: "fail MALFORMED",
  JSON_KEY_TWICE: "fail MALFORMED",
  JSON_TOO_DEEP: "fail MALFORMED",
  JSON_NUMBER_RANGE: "fail MALFORMED",
  JSON_LONE_SURROGATE: "fail MALFORMED",
  DOCUMENT_TOO_LARGE: "fail MALFORMED",
  FORMAT_UNKNOWN: "fail MALFORMED",
  FORMAT_AMBIGUOUS: "fail MALFORMED",
  FORMAT_UNSUPPORTED: "unknown UNSUPPORTED",
  // integrity: the shape
  MEMBER_UNKNOWN: "fail MALFORMED",
  CONTEXT_NOT_ALLOWED: "fail MALFORMED",
  SHAPE_WRONG: "fail MALFORMED",
  KEY_EMPTY: "fail MALFORMED",
  KEY_DOTTED: "fail MALFORMED",
  KEY_NUMERIC: "fail MALFORMED",
  KEY_RESERVED: "fail MALFORMED",
  KEY_BRACKETED: "fail MALFORMED",
  KEY_TOO_LONG: "fail MALFORMED",
  PATH_TWICE: "fail MALFORMED",
  LEAF_UNSALTED: "fail MALFORMED",
  LEAF_TYPE_UNKNOWN: "fail MALFORMED",
  LEAF_TEXT_NOT_CANONICAL: "fail MALFORMED",
  HASH_MALFORMED: "fail MALFORMED",
  HASH_TWICE: "fail MALFORMED",
  PROOF_TOO_LONG: "fail MALFORMED",
  CONTAINER_EMPTY: "fail MALFORMED",
  SALT_MALFORMED: "fail MALFORMED",
  SALT_PATHS_DIFFER: "fail MALFORMED",
  // integrity: the digest
  PROOF_MISSING: "fail TAMPERED",
  DIGEST_MISMATCH: "fail TAMPERED",
  ROOT_MISMATCH: "fail TAMPERED",
  CONTENT_UNPROTECTED: "unknown COULD_NOT_CHECK",
  INTEGRITY_HOLDS: "pass VALID",
  LINKED_CONTENT_DIFFERS: "fail TAMPERED",
  LINKED_CONTENT_HOLDS: "pass VALID",
  // signature
  SIGNATURE_HOLDS: "pass VALID",
  SIGNATURE_NOT_USED: "skipped VALID",
  SIGNATURE_MISSING: "fail TAMPERED",
  SIGNATURE_WRONG: "fail TAMPERED",
  SIGNATURE_KEY_NOT_LISTED: "fail ISSUER_CONTRADICTED",
  SIGNATURE_KEY_SILENT: "unknown COULD_NOT_CHECK",
  SIGNATURE_KIND_UNKNOWN: "unknown COULD_NOT_CHECK",
  // anchor
  ROOT_ANCHORED: "pass VALID",
  ANCHOR_NOT_USED: "skipped VALID",
  ANCHOR_MISSING: "fail TAMPERED",
  ROOT_NOT_ANCHORED: "fail NOT_ANCHORED",
  CONTRACT_NOT_THERE: "fail NOT_ANCHORED",
  ANCHOR_NOT_FINAL: "unknown NOT_FINAL_YET",
  ANCHOR_AFTER_COMPROMISE: "fail REVOKED",
  ANCHOR_ON_TEST_NETWORK: "unknown TEST_NETWORK",
  ANCHOR_KIND_UNKNOWN: "unknown COULD_NOT_CHECK",
  CHAIN_NOT_CONFIGURED: "unknown COULD_NOT_CHECK",
  CHAIN_SILENT: "unknown COULD_NOT_CHECK",
  NODE_BEHIND: "unknown COULD_NOT_CHECK",
  STORE_CODE_UNKNOWN: "unknown COULD_NOT_CHECK",
  // status
  NOT_REVOKED: "pass VALID",
  STATUS_NOT_OFFERED: "skipped VALID",
  REVOKED: "fail REVOKED",
  SUSPENDED: "fail SUSPENDED",
  STATUS_SILENT: "unknown COULD_NOT_CHECK",
  STATUS_KIND_UNKNOWN: "unknown COULD_NOT_CHECK",
  // identity
  ISSUER_PROVEN: "pass VALID",
  ISSUER_RECOGNISED: "pass VALID",
  ISSUERS_MALFORMED: "fail MALFORMED",
  ISSUER_RECORD_CONTRADICTS: "fail ISSUER_CONTRADICTED",
  ISSUER_NOT_PROVEN: "unknown ISSUER_UNPROVEN",
  ISSUER_NOT_RECOGNISED: "unknown ISSUER_UNPROVEN",
  ISSUER_MAY_BE_HIDDEN: "unknown ISSUER_UNPROVEN",
  IDENTITY_SILENT: "unknown COULD_NOT_CHECK",
  IDENTITY_KIND_UNKNOWN: "unknown COULD_NOT_CHECK",
  // validity
  WITHIN_VALIDITY: "pass VALID",
  NO_EXPIRY_STATED: "pass VALID",
  EXPIRED: "fail EXPIRED",
  NOT_YET_VALID: "fail NOT_YET_VALID",
  VALIDITY_CONTRADICTORY: "fail MALFORMED",
  VALIDITY_UNREADABLE: "unknown COULD_NOT_CHECK",
  DATED_BEFORE_ANCHOR: "unknown COULD_NOT_CHECK",
  // any aspect, when the caller asked for no network
  NOT_ASKED_OFFLINE: "unknown COULD_NOT_CHECK",
} as const;

/** How a finding weighs: its outcome, and the headline it asks for. */
type Weight = `pass VALID` | `skipped VALID` | `fail ${Headline}` | `unknown ${Headline}`;

export type FindingCode = keyof typeof FINDINGS;

/** Codes whose outcome is not good: what `refuse` may throw while a document is read. */
export type RefusalCode = {
  [Code in FindingCode]: (typeof FINDINGS)[Code] extends `fail ${string}` | `unknown ${string}` ? Code : never;
}[FindingCode];

/** One check's result. `message` is for people; programs read `code`. */
export interface Finding {
  readonly aspect: Aspect;
  readonly outcome: Outcome;
  readonly code: FindingCode;
  readonly message: string;
  readonly evidence?: Evidence;
}

/** What was seen: small, JSON, never a hidden value and never a salt. */
export type Evidence = Readonly<Record<string, Json>>;

/** The outcome that a code always has, and the headline it asks for. */
export function weigh(code: FindingCode): { readonly outcome: Outcome; readonly headline: Headline } {
  const weight: Weight = FINDINGS[code];
  const [outcome, headline] = weight.split(" ");
  return { outcome: outcome as Outcome, headline: headline as Headline }; // the two halves of the Weight type
}

/** A finding whose outcome follows from its code. */
export function finding(aspect: Aspect, code: FindingCode, message: string, evidence?: Evidence): Finding {
  const { outcome } = weigh(code);
  return evidence === undefined ? { aspect, outcome, code, message } : { aspect, outcome, code, message, evidence };
}
