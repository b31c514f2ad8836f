/** Blockcerts 3.2 issued. */

import { createHash, randomBytes } from "node:crypto";

import type { Digest, Hex } from "../../../src/core/bytes.ts";
import { toHex } from "../../../src/core/bytes.ts";
import { issueBlockcerts } from "../blockcerts.ts";
import type { Race, Setting } from "../row.ts";
import { timeOnce } from "../timing.ts";

const WARM_UP = 100;

function countFor({ quick }: Setting): number {
  return quick ? 200 : 2_000;
}

/** A stand-in for the hash of the transaction: no chain is asked here. */
function noTransaction(root: Digest): Hex {
  return toHex(createHash("sha256").update(root).digest());
}

export const blockcertsIssue: Race = {
  kind: "race",
  title: "Blockcerts 3.2 issued: seal, tree, paths, proof values, as text, 2,000 documents, in memory",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur",
      async open(setting) {
        const count = countFor(setting);
        return {
          warmUp: async () => issueBlockcerts(WARM_UP, randomBytes, noTransaction),
          run: async () => timeOnce(count, async () => issueBlockcerts(count, randomBytes, noTransaction)),
        };
      },
    },
  },
  aims: [],
  notes: [
    "Nobody to compare with: Blockcerts' own issuer, cert-issuer, is a Python program and not on the registry these packages come from.",
  ],
  async check() {
    const texts = new Set(await issueBlockcerts(20, randomBytes, noTransaction));
    if (texts.size !== 20) throw new Error("two documents are the same");
    return "that cert-verifier-js accepts what is issued this way is checked in the row blockcerts.";
  },
};
