/** Reports in the words of the VC-API: verified or not, why not as problems of RFC 9457, and a result for each part. */

import type { PresentationReport } from "../../app/verify-presentation.ts";
import type { Aspect, Finding } from "../../core/findings.ts";
import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { Report } from "../../core/report.ts";
import { problemOf, PROBLEM_TYPES, type ProblemDetail } from "./problem-details.ts";

/** One part of a credential, as it came, and whether it holds. */
interface PartResult {
  readonly verified: boolean;
  readonly input: Json;
}

export interface CredentialAnswer {
  readonly verified: boolean;
  /** Why it is not verified; empty when it is. */
  readonly problemDetails: readonly ProblemDetail[];
  /** What was left open without standing in the way. */
  readonly warnings: readonly ProblemDetail[];
  readonly results: Readonly<Record<string, PartResult | readonly PartResult[]>>;
  /** Everything that was found, in our own words. */
  readonly report: Report;
}

/** The answer on a credential; `verified` means valid and nothing less. */
export function answerOn(report: Report, credential: JsonObject): CredentialAnswer {
  const verified = report.verdict === "valid";
  const notable = problemsIn(report.findings);
  return {
    verified,
    problemDetails: verified ? [] : notable,
    warnings: verified ? notable : [],
    results: resultsOf(report, inner(credential)),
    report,
  };
}

/** What speaks against it first, then what could not be checked. */
function problemsIn(findings: readonly Finding[]): readonly ProblemDetail[] {
  return (["fail", "unknown"] as const).flatMap((outcome) =>
    findings.filter((found) => found.outcome === outcome).map(problemOf),
  );
}

/** Of an envelope the credential in it. */
function inner(document: JsonObject): JsonObject {
  const credential = memberOf(document, "credential");
  return isObject(credential) ? credential : document;
}

function resultsOf({ findings }: Report, credential: JsonObject): CredentialAnswer["results"] {
  const results: Record<string, PartResult | readonly PartResult[]> = {};
  const isSound = passes(findings, "integrity");
  for (const name of ["validFrom", "validUntil"]) {
    const input = memberOf(credential, name);
    if (input !== undefined) results[name] = { verified: isSound && passes(findings, "validity"), input };
  }
  const statuses = listOf(memberOf(credential, "credentialStatus"));
  if (statuses.length > 0) {
    results["credentialStatus"] = statuses.map((input) => ({ verified: isSound && passes(findings, "status"), input }));
  }
  results["proof"] = listOf(memberOf(credential, "proof")).map((input) => ({
    verified: isSound && isProofGood(input, findings),
    input,
  }));
  return results;
}

function isProofGood(proof: Json, findings: readonly Finding[]): boolean {
  if (!isObject(proof)) return false;
  const suite = textOf(proof, "cryptosuite") ?? textOf(proof, "type");
  if (suite === "merkle-jcs-2026") return passes(findings, "anchor");
  const key = textOf(proof, "verificationMethod");
  const own = findings.filter(({ evidence }) => evidence?.["key"] === key && evidence?.["suite"] === suite);
  return passes(own, "signature");
}

function passes(findings: readonly Finding[], aspect: Aspect): boolean {
  const own = findings.filter((found) => found.aspect === aspect);
  return own.length > 0 && own.every(({ outcome }) => outcome === "pass");
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

export interface PresentationAnswer {
  readonly verified: boolean;
  readonly problemDetails: readonly ProblemDetail[];
  readonly warnings: readonly ProblemDetail[];
  readonly holder?: string;
  readonly presentationResult: { readonly verified: boolean };
  readonly credentialResults: readonly CredentialAnswer[];
}

/** The answer on a presentation: its own problems, then those of each credential in it. */
export function answerOnPresentation(report: PresentationReport, presentation: JsonObject): PresentationAnswer {
  const credentials = listOf(memberOf(presentation, "verifiableCredential")).filter(isObject);
  const credentialResults = report.credentials.map((one, at) => answerOn(one, credentials[at] ?? {}));
  const own = [
    ...report.contradictions.map(contradiction),
    ...problemsIn(report.findings),
    ...(report.unread > 0 ? [unread(report.unread)] : []),
  ];
  return {
    verified: report.verdict === "valid",
    problemDetails: [...own, ...credentialResults.flatMap(({ problemDetails }) => problemDetails)],
    warnings: credentialResults.flatMap(({ warnings }) => warnings),
    ...(report.holder !== undefined && { holder: report.holder }),
    presentationResult: { verified: own.length === 0 },
    credentialResults,
  };
}

const CONTRADICTIONS: Readonly<Record<PresentationReport["contradictions"][number], ProblemDetail>> = {
  challenge: {
    type: PROBLEM_TYPES.challenge,
    title: "Invalid challenge",
    detail: "The presentation was not signed for this request: its challenge is another one.",
  },
  domain: {
    type: PROBLEM_TYPES.domain,
    title: "Invalid domain",
    detail: "The presentation was signed for somebody else: its domain is another one.",
  },
  holder: {
    type: PROBLEM_TYPES.security,
    title: "Not the holder",
    detail: "The presentation was signed with a key that is not the holder's.",
  },
};

function contradiction(what: PresentationReport["contradictions"][number]): ProblemDetail {
  return CONTRADICTIONS[what];
}

function unread(count: number): ProblemDetail {
  return {
    type: PROBLEM_TYPES.proof,
    title: "Not read",
    detail: `${count} of the credentials are in envelopes of a kind that is not read here.`,
  };
}
