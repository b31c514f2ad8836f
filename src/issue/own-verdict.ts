/** What our own verifier must find before a document is handed out. */

import type { Hex } from "../core/bytes.ts";
import type { Aspect, Finding } from "../core/findings.ts";
import type { OwnVerdict } from "../core/ports/handing-out.ts";
import type { Report } from "../core/report.ts";

/** Identity and dates are reported to verifiers, not asked here: a DNS record may follow, a document may start later. */
const ASKED: readonly Aspect[] = ["integrity", "signature", "anchor", "status"];

/** @param root  the batch's root: a document that hangs in another tree is not one of this batch. */
export function judgeOwn({ findings, anchor }: Pick<Report, "findings" | "anchor">, root: Hex): OwnVerdict {
  const asked = findings.filter(({ aspect }) => ASKED.includes(aspect));
  const bad = asked.find((finding) => finding.outcome === "fail" && !isWithdrawal(finding));
  if (bad !== undefined) return { kind: "bad", reason: bad.message };
  const doubt = asked.find(({ outcome }) => outcome === "unknown");
  if (doubt !== undefined) return { kind: "unsure", reason: doubt.message };
  if (!hasPassed(asked, "integrity") || !hasPassed(asked, "anchor"))
    return { kind: "bad", reason: "integrity and anchor were not both found good" };
  if (anchor?.root !== root) return { kind: "bad", reason: "it names another root" };
  const withdrawal = asked.find(isWithdrawal);
  return withdrawal === undefined ? { kind: "good" } : { kind: "withdrawn", reason: withdrawal.message };
}

function isWithdrawal({ aspect, code }: Finding): boolean {
  return aspect === "status" && (code === "REVOKED" || code === "SUSPENDED");
}

function hasPassed(findings: readonly Finding[], aspect: Aspect): boolean {
  return findings.some((finding) => finding.aspect === aspect && finding.outcome === "pass");
}
