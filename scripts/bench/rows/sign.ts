/** VC 2.0 credentials signed with eddsa-rdfc-2022; ours are anchored as well. */

import type { JsonObject } from "../../../src/core/json.ts";
import { openThreads } from "../../../src/app/batch-threads.ts";
import { randomPool } from "../../../src/app/random-pool.ts";
import { badges, CREATED, signBatch, signBatchInThreads } from "../badges.ts";
import { loadDigitalBazaar } from "../digital-bazaar.ts";
import type { Race, Setting } from "../row.ts";
import { timeOnce } from "../timing.ts";

function countFor({ quick }: Setting): number {
  return quick ? 100 : 1_000;
}

export const sign: Race = {
  kind: "race",
  title: "Open Badges 3.0 (VC 2.0) signed with eddsa-rdfc-2022, 1,000 credentials",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, one thread: sealed, signed, tree, anchored, as text",
      async open(setting) {
        const credentials = badges(countFor(setting));
        return {
          warmUp: async () => signBatch(credentials, randomPool()),
          run: async () => timeOnce(credentials.length, async () => signBatch(credentials, randomPool())),
        };
      },
    },
    threads: {
      name: "Testamur, two cores: the same",
      async open(setting) {
        const credentials = badges(countFor(setting));
        const threads = openThreads();
        return {
          warmUp: async () => signBatchInThreads(credentials, threads),
          run: async () => timeOnce(credentials.length, async () => signBatchInThreads(credentials, threads)),
        };
      },
    },
    peer: {
      name: "@digitalbazaar/vc: signed, as text",
      async open(setting) {
        const peer = await loadDigitalBazaar();
        const credentials = badges(countFor(setting));
        const signAll = async (some: readonly JsonObject[]): Promise<readonly string[]> => {
          const texts = [];
          for (const credential of some) texts.push(JSON.stringify(await peer.sign(credential)));
          return texts;
        };
        return {
          warmUp: async () => signAll(credentials),
          run: async () => timeOnce(credentials.length, async () => signAll(credentials)),
        };
      },
    },
  },
  aims: [{ of: "threads", against: "peer", atLeast: 5 }],
  notes: [
    "Each side has signed them all once before it is timed.",
    "We do more: each document also gets a place in the Merkle tree, its store and a nonce. The other side has all contexts in memory and signs through Node's own Ed25519.",
  ],
  async check() {
    const peer = await loadDigitalBazaar();
    for (const text of await signBatch(badges(20), randomPool())) {
      const { proof, ...content } = JSON.parse(text) as JsonObject;
      const [ours] = proof as readonly JsonObject[];
      const theirs = (await peer.sign(content))["proof"] as JsonObject;
      if (ours?.["proofValue"] !== theirs["proofValue"]) throw new Error("the signatures differ");
      if (!(await peer.verify({ ...content, proof: proof ?? [] }))) throw new Error("a document of ours is refused");
    }
    return `for 20 documents with the date ${CREATED} both make the same signature to the byte, and the other side verifies ours with the anchor beside it.`;
  },
};
