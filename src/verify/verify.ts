/** One document, six questions, one report. Integrity is settled before anything touches the network. */

import { weigh, type Finding } from "../core/findings.ts";
import type { Report } from "../core/report.ts";
import { VERSION } from "../core/version.ts";
import { ask } from "./ask.ts";
import { checkIntegrity } from "./check-integrity.ts";
import { judge } from "./judge.ts";
import { openDocument } from "./open-document.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { verifyInner } from "./verify-inner.ts";
import type { VerifyOptions, VerifyPorts } from "./verify-ports.ts";

/**
 * Verifies one document.
 *
 * @param bytes  the file as it came: untrusted, at most 16 MiB.
 * @returns a report for every input there is; bad documents and silent networks are answers, never exceptions.
 */
export async function verify(bytes: Uint8Array, options: VerifyOptions, ports: VerifyPorts): Promise<Report> {
  const policy = options.policy ?? DEFAULT_POLICY;
  const stamp = { checkedAt: ports.clock.now().toISOString(), version: VERSION };
  const opened = await openDocument(bytes, options.open);
  if (opened.kind === "refused") {
    const format = opened.format === undefined ? {} : { format: opened.format };
    return { ...format, ...judge([opened.finding], policy), findings: [opened.finding], ...stamp };
  }
  const { claims } = opened;
  const integrity = checkIntegrity(claims);
  if (integrity.outcome === "fail") {
    return { format: claims.format, ...judge([integrity], policy), findings: [integrity], ...stamp };
  }
  const answers = await ask(claims, policy, options, ports);
  const findings = [integrity, ...answers.findings, ...claims.faults];
  const inner = isBacked(findings) && options.isInner !== true ? claims.inner : undefined;
  return {
    format: claims.format,
    ...judge(findings, policy, claims.mayLack),
    findings,
    ...(isBacked(findings) && { issuer: answers.issuer, credential: claims.credential }),
    ...(claims.hidden > 0 && { hidden: claims.hidden }),
    ...(inner !== undefined && { inner: await verifyInner(inner, verifyOne(options, ports)) }),
    ...answers.place,
    ...stamp,
  };
}

/** How what is inside a document is verified: like the document, by whomever it was signed, and no deeper. */
function verifyOne(options: VerifyOptions, ports: VerifyPorts): (bytes: Uint8Array) => Promise<Report> {
  const { expectedSigners: _, ...own } = options;
  return async (bytes) => verify(bytes, { ...own, isInner: true }, ports);
}

/**
 * False when signature or anchor speak against the document: nobody stands behind its contents then, so none are reported.
 * What was anchored and later withdrawn was issued all the same.
 */
function isBacked(findings: readonly Finding[]): boolean {
  const refused = findings.filter(
    ({ aspect, outcome }) => outcome === "fail" && (aspect === "signature" || aspect === "anchor"),
  );
  return refused.every(({ code }) => weigh(code).headline === "REVOKED");
}
