/** Verifies presentations: who presents, to whom, on whose request, and every credential inside by itself. */

import { finding, type Finding } from "../core/findings.ts";
import type { JsonObject } from "../core/json.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { KeyFinder } from "../core/ports/identity.ts";
import type { Report, Verdict } from "../core/report.ts";
import type { Presentation, PresentationRequest } from "../formats/w3c-vc-v2/presentation.ts";
import { checkSignature } from "../verify/check-signature.ts";
import { checkValidity } from "../verify/check-validity.ts";
import type { DocumentWork } from "./document-work.ts";
import type { Verifier } from "./open-verifier.ts";

/** A presentation and what it holds; valid only when all of it is. */
export interface PresentationReport {
  readonly verdict: Verdict;
  /** On the presentation itself. */
  readonly findings: readonly Finding[];
  /** What the proofs say otherwise than the request. */
  readonly contradictions: Presentation["contradictions"];
  /** Who presents, once a key of theirs has signed. */
  readonly holder?: string;
  /** One report a credential, in the order of the presentation. */
  readonly credentials: readonly Report[];
  /** Credentials in envelopes of JOSE, which are not read here. */
  readonly unread: number;
}

export interface PresentationPorts {
  readonly work: DocumentWork;
  readonly verifier: Verifier;
  readonly keys: KeyFinder;
  readonly clock: Clock;
}

/** Never rejects for a bad presentation or a silent network. */
export async function verifyPresentation(
  presentation: JsonObject,
  request: PresentationRequest,
  { work, verifier, keys, clock }: PresentationPorts,
): Promise<PresentationReport> {
  const opened = await work.openPresentation(presentation, request);
  if (opened.kind === "refused") {
    const { outcome } = opened.finding;
    const verdict = outcome === "fail" ? "invalid" : "inconclusive";
    return { verdict, findings: [opened.finding], contradictions: [], credentials: [], unread: 0 };
  }
  const { holder, signatures, validity, contradictions, credentials, enveloped } = opened.value;
  const [signed, reports] = await Promise.all([
    checkSignature({ signatures }, keys),
    Promise.all(credentials.map(async (credential) => verifier.verify(credential))),
  ]);
  const isSigned = signed.every(({ outcome }) => outcome === "pass") && !contradictions.includes("holder");
  const findings = [...signed, checkValidity({ validity, hidden: 0 }, clock.now())];
  const held = finding("integrity", "INTEGRITY_HOLDS", "The presentation is shaped as it must be.");
  return {
    verdict: verdictOf(findings, contradictions, reports, enveloped.length),
    findings: [held, ...findings],
    contradictions,
    ...(isSigned && { holder }),
    credentials: reports,
    unread: enveloped.length,
  };
}

function verdictOf(
  findings: readonly Finding[],
  contradictions: Presentation["contradictions"],
  reports: readonly Report[],
  unread: number,
): Verdict {
  const outcomes = findings.map(({ outcome }) => outcome);
  const verdicts = reports.map(({ verdict }) => verdict);
  if (contradictions.length > 0 || outcomes.includes("fail") || verdicts.includes("invalid")) return "invalid";
  const isWhole = outcomes.every((outcome) => outcome === "pass") && verdicts.every((verdict) => verdict === "valid");
  return isWhole && unread === 0 ? "valid" : "inconclusive";
}
