/** What the whole verifier says of Blockcerts documents, asked on a real chain and about pages of ours. */

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import type { LocalNode } from "./local-node.ts";
import { withPages, type Pages } from "./pages.ts";

export interface Verdicts {
  /** @param pages  absent: those where all is well. */
  reportOf(document: JsonObject, pages?: Pages, options?: VerifierOptions): Promise<Report>;
  headlineOf(document: JsonObject, pages?: Pages, options?: VerifierOptions): Promise<string>;
}

/** @param well  the pages where all is well. */
export function verdictsOn(node: () => LocalNode, well: Pages, allowedHosts: readonly string[]): Verdicts {
  const reportOf: Verdicts["reportOf"] = async (document, pages = well, options = {}) => {
    const verifier = openVerifier({ rpc: node().url, allowedHosts, ...options });
    return withPages(pages, async () => {
      const report = await verifier.verify(document);
      expect(report.verdict === "valid").to.equal(report.headline === "VALID");
      return report;
    });
  };
  return { reportOf, headlineOf: async (...question) => (await reportOf(...question)).headline };
}
