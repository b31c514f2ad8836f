/** Signatures of VC 2.0 credentials verified. */

import { randomBytes } from "node:crypto";

import { openVerifier, type Verifier } from "../../../src/app/open-verifier.ts";
import { toUtf8 } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { badges, signBatch } from "../badges.ts";
import { loadDigitalBazaar, type DigitalBazaar } from "../digital-bazaar.ts";
import type { Race } from "../row.ts";
import { steadyWork } from "../timing.ts";

const DOCUMENTS = 200;

/** Integrity and signature; the anchor is not asked for, since the other side knows none. */
async function holds(verifier: Verifier, bytes: Uint8Array): Promise<boolean> {
  const { findings } = await verifier.verify(bytes);
  const asked = findings.filter(({ aspect }) => aspect === "integrity" || aspect === "signature");
  return asked.length > 1 && asked.every(({ outcome }) => outcome === "pass");
}

async function holdsForPeer(peer: DigitalBazaar, bytes: Uint8Array): Promise<boolean> {
  return peer.verify(JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
}

async function filesOf(count: number): Promise<readonly Uint8Array[]> {
  return (await signBatch(badges(count), randomBytes)).map(toUtf8);
}

export const signatures: Race = {
  kind: "race",
  title: "Signatures (eddsa-rdfc-2022) of signed and anchored Open Badges 3.0 verified, from bytes, one thread",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur",
      async open(setting) {
        const verifier = openVerifier({ offline: true });
        return steadyWork(setting, await filesOf(DOCUMENTS), async (bytes) => holds(verifier, bytes));
      },
    },
    peer: {
      name: "@digitalbazaar/vc",
      async open(setting) {
        const peer = await loadDigitalBazaar();
        return steadyWork(setting, await filesOf(DOCUMENTS), async (bytes) => holdsForPeer(peer, bytes));
      },
    },
  },
  aims: [],
  notes: [
    "We also verify the Merkle proof; neither side asks a network. The other side reads JSON-LD with jsonld; we do where our own quick reader does not know all a document uses. Badges like these it knows.",
  ],
  async check() {
    const peer = await loadDigitalBazaar();
    const verifier = openVerifier({ offline: true });
    for (const bytes of await filesOf(20)) {
      const altered = toUtf8(new TextDecoder().decode(bytes).replace("Three years", "Four years"));
      const verdicts = [
        await holds(verifier, bytes),
        await holdsForPeer(peer, bytes),
        await holds(verifier, altered),
        await holdsForPeer(peer, altered),
      ];
      if (verdicts.join() !== "true,true,false,false") throw new Error(`the verdicts differ: ${verdicts.join()}`);
    }
    return "both accept 20 documents and refuse the same 20 with one word changed.";
  },
};
