/** From findings to one verdict: a pure, total function. */

import { HEADLINES, weigh, type Aspect, type Finding, type Headline } from "../core/findings.ts";
import type { Verdict } from "../core/report.ts";
import type { Policy } from "./policy.ts";

export interface Judgement {
  readonly verdict: Verdict;
  readonly headline: Headline;
}

/**
 * Any `fail` makes it invalid. It is valid when every required aspect passes and nothing that is required is unknown;
 * otherwise it is inconclusive.
 *
 * @param findings  at least one; an aspect nobody reported on counts as not passed.
 * @param mayLack  aspects for which `skipped` is good enough: a constant of the format.
 */
export function judge(findings: readonly Finding[], policy: Policy, mayLack: readonly Aspect[] = []): Judgement {
  const weighty = findings.filter(
    (found) => found.outcome === "fail" || policy.required.includes(found.aspect) || found.aspect === "integrity",
  );
  const verdict = verdictOf(weighty, policy, mayLack);
  return { verdict, headline: verdict === "valid" ? "VALID" : headlineOf(weighty) };
}

function verdictOf(findings: readonly Finding[], policy: Policy, mayLack: readonly Aspect[]): Verdict {
  if (findings.some((found) => found.outcome === "fail")) return "invalid";
  if (findings.some((found) => found.outcome === "unknown")) return "inconclusive";
  const satisfied = policy.required.every((aspect) => isSatisfied(findings, aspect, mayLack.includes(aspect)));
  const proven = passes(findings, "integrity") && (passes(findings, "anchor") || passes(findings, "signature"));
  return satisfied && proven ? "valid" : "inconclusive";
}

/** Every finding on the aspect passes, and there is at least one; `skipped` counts only where the format allows it. */
function isSatisfied(findings: readonly Finding[], aspect: Aspect, skippable: boolean): boolean {
  const own = findings.filter((found) => found.aspect === aspect);
  return own.length > 0 && own.every((found) => found.outcome === "pass" || (skippable && found.outcome === "skipped"));
}

function passes(findings: readonly Finding[], aspect: Aspect): boolean {
  const own = findings.filter((found) => found.aspect === aspect);
  return own.some((found) => found.outcome === "pass") && own.every((found) => found.outcome !== "fail");
}

/** The most telling headline among what is not good; a gap that no finding names is a check that was not made. */
function headlineOf(findings: readonly Finding[]): Headline {
  const asked = new Set(findings.map((found) => weigh(found.code).headline));
  const first = HEADLINES.find((headline) => asked.has(headline));
  return first === undefined || first === "VALID" ? "COULD_NOT_CHECK" : first;
}
