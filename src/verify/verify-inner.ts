/** Credentials inside a document: endorsements, entries of a learner record. Each is verified by itself and reported at its place. */

import { toUtf8 } from "../core/bytes.ts";
import type { InnerDocument } from "../core/claims.ts";
import type { InnerReport, Report } from "../core/report.ts";

/** Credentials inside one document that are verified; untrusted: the document chose how many there are. */
const MAX_INNER = 64;

/**
 * One report for each, in the document's order; those beyond the first 64 are inconclusive.
 *
 * @param verify  verifies the bytes of one.
 */
export async function verifyInner(
  inner: readonly InnerDocument[],
  verify: (bytes: Uint8Array) => Promise<Report>,
): Promise<readonly InnerReport[]> {
  return Promise.all(
    inner.map(async ({ document, ...where }, at): Promise<InnerReport> => {
      if (at >= MAX_INNER) return { ...where, verdict: "inconclusive", headline: "COULD_NOT_CHECK", findings: [] };
      const { verdict, headline, findings, issuer } = await verify(toUtf8(JSON.stringify(document)));
      return { ...where, verdict, headline, findings, ...(issuer !== undefined && { issuer }) };
    }),
  );
}
