/** Credentials inside a document: endorsements, entries of a learner record. Each is verified by itself and reported at its place. */

import { toUtf8 } from "../core/bytes.ts";
import type { InnerDocument } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { InnerReport, Report } from "../core/report.ts";

/** Credentials inside one document that are verified; untrusted: the document chose how many there are. */
const MAX_INNER = 64;

/**
 * One report for each, in the document's order; those beyond the first 64 are inconclusive.
 *
 * They are taken one after the other, so that a document full of costly ones holds up one thread and not all of them. Where
 * one cannot be read in time, it and those after it are inconclusive: what they would have said decides nothing.
 *
 * @param verify  verifies the bytes of one.
 */
export async function verifyInner(
  inner: readonly InnerDocument[],
  verify: (bytes: Uint8Array) => Promise<Report>,
): Promise<readonly InnerReport[]> {
  const reports: InnerReport[] = [];
  let asking = true;
  for (const [at, { document, ...where }] of inner.entries()) {
    const report: Report | undefined = asking && at < MAX_INNER ? await verifyOrGiveUp(document, verify) : undefined;
    asking = report !== undefined;
    reports.push({ ...where, ...(report === undefined ? NOT_ASKED : partsOf(report)) });
  }
  return reports;
}

const NOT_ASKED = { verdict: "inconclusive", headline: "COULD_NOT_CHECK", findings: [] } as const;

/** Undefined where whoever opens documents has given up. */
async function verifyOrGiveUp(
  document: JsonObject,
  verify: (bytes: Uint8Array) => Promise<Report>,
): Promise<Report | undefined> {
  try {
    return await verify(toUtf8(JSON.stringify(document)));
  } catch (error) {
    if (!(error instanceof TestamurError)) throw error;
    return undefined;
  }
}

function partsOf({
  verdict,
  headline,
  findings,
  issuer,
}: Report): Pick<InnerReport, keyof typeof NOT_ASKED | "issuer"> {
  return { verdict, headline, findings, ...(issuer !== undefined && { issuer }) };
}
