/** Findings as the problem types that the W3C's specifications name; what they have no name for is named by us. */

import { weigh, type Finding, type FindingCode } from "../../core/findings.ts";
import { problemType, titleOf } from "../problems.ts";

/** RFC 9457, as far as results use it: a result is no answer of its own, so it has no status. */
export interface ProblemDetail {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
}

type ProblemName =
  | "proof"
  | "transformation"
  | "challenge"
  | "domain"
  | "parsing"
  | "security"
  | "malformed"
  | "range"
  | "statusRetrieval"
  | "statusVerification";

/** @see VC Data Integrity §4.8, VC Data Model 2.0 §7.1, Bitstring Status List §3.5 */
export const PROBLEM_TYPES: Readonly<Record<ProblemName, string>> = {
  proof: "https://w3id.org/security#PROOF_VERIFICATION_ERROR",
  transformation: "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR",
  challenge: "https://w3id.org/security#INVALID_CHALLENGE_ERROR",
  domain: "https://w3id.org/security#INVALID_DOMAIN_ERROR",
  parsing: "https://www.w3.org/TR/vc-data-model#PARSING_ERROR",
  security: "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
  malformed: "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR",
  range: "https://www.w3.org/TR/vc-data-model#RANGE_ERROR",
  statusRetrieval: "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR",
  statusVerification: "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR",
};

/** The problem that a finding is. */
export function problemOf({ aspect, code, message }: Finding): ProblemDetail {
  return { type: typeOf(aspect, code), title: titleOf(code), detail: message };
}

function typeOf(aspect: Finding["aspect"], code: FindingCode): string {
  switch (aspect) {
    case "integrity":
      return integrityType(code);
    case "signature":
      return code === "SIGNATURE_MISSING" ? PROBLEM_TYPES.proof : PROBLEM_TYPES.security;
    case "identity":
    case "anchor":
      return weigh(code).outcome === "fail" ? PROBLEM_TYPES.security : problemType(code);
    case "status":
      return code === "STATUS_SILENT" ? PROBLEM_TYPES.statusRetrieval : PROBLEM_TYPES.statusVerification;
    case "validity":
      return code === "VALIDITY_UNREADABLE" ? PROBLEM_TYPES.malformed : PROBLEM_TYPES.range;
  }
}

function integrityType(code: FindingCode): string {
  if (code === "PROOF_MISSING" || code === "DIGEST_MISMATCH" || code === "ROOT_MISMATCH") return PROBLEM_TYPES.proof;
  if (code === "MEMBER_UNKNOWN" || code === "FORMAT_UNSUPPORTED") return PROBLEM_TYPES.transformation;
  return /^(?:JSON|FILE|KEY)_/.test(code) ? PROBLEM_TYPES.parsing : PROBLEM_TYPES.malformed;
}
