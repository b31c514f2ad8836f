/** Verifies a document in front of the audience: the demo stops where the verdict is not the one it announced. */

import { readFile } from "node:fs/promises";

import type { Verifier } from "../../app/open-verifier.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Headline } from "../../core/findings.ts";
import type { Report } from "../../core/report.ts";
import { wordingOf } from "../../core/wording.ts";
import { harmless, paint } from "../terminal.ts";
import type { Narrator } from "./narrator.ts";

/** @throws {TestamurError} `CHECK_FAILED` for any other headline. */
export async function expectHeadline(
  verifier: Verifier,
  path: string,
  headline: Headline,
  narrator: Narrator,
  before = "",
): Promise<void> {
  const report = await verifier.verify(await readFile(path));
  if (report.headline !== headline) throw unexpected(headline, report);
  const { symbol, tone, sentence } = wordingOf(report);
  const telling = report.findings.find((found) => found.outcome === "fail" || found.outcome === "unknown");
  narrator.note(`${before}${paint.tone(tone, `${symbol} ${sentence}`)} ${paint.faint(report.headline)}`);
  if (telling !== undefined) narrator.note(paint.faint(`  ${harmless(telling.message)}`));
}

/** A verdict that the demo cannot go on with. */
export function unexpected(headline: Headline, report: Report): TestamurError {
  const findings = report.findings.map((found) => `${found.code}: ${found.message}`).join("; ");
  return new TestamurError("CHECK_FAILED", `expected ${headline}, got ${report.headline} (${findings})`, {
    next: "this is a bug of ours: please report it",
  });
}
