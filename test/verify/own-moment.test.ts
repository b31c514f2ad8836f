/** Who may rely on the time of an anchor: only whose own store it is. */

import { expect } from "chai";

import type { IdentityProof, IssuerClaim } from "../../src/core/claims.ts";
import type { AnchorReport } from "../../src/core/report.ts";
import { ownMoments } from "../../src/verify/own-moment.ts";
import { ROOT, STORE } from "../support/fake-ports.ts";

const DID = "did:web:uni.example";
const ANCHOR: AnchorReport = { root: ROOT, store: STORE, chainId: 1337, block: 7, time: "2026-11-22T10:00:00Z" };
const KEY: IdentityProof = { kind: "did", did: DID, key: `${DID}#key-1` };
const OWN: IdentityProof = { kind: "did", did: DID, key: `${DID}#store-1`, account: STORE, chainId: 1337 };

async function momentOf(proofs: readonly IdentityProof[], anchor?: AnchorReport, controller = DID) {
  const issuers: readonly IssuerClaim[] = proofs.map((proof) => ({ id: DID, proof }));
  const check = { findings: [], ...(anchor !== undefined && { anchor }) };
  return ownMoments({ issuers }, Promise.resolve(check))(controller);
}

describe("ownMoments", () => {
  it("is the block that holds the document, for whoever must list its store", async () => {
    const { block, chainId, time } = ANCHOR;
    expect(await momentOf([KEY, OWN], ANCHOR)).to.deep.equal({ block, chainId, time });
    const shouted: AnchorReport = { ...ANCHOR, store: `0x${STORE.slice(2).toUpperCase()}` };
    expect(await momentOf([KEY, OWN], shouted)).to.deep.equal({ block, chainId, time });
  });

  const { block: _, ...blockless } = ANCHOR;
  const { time: __, ...timeless } = ANCHOR;
  const { store: ___, ...storeless } = ANCHOR;
  const nobody: readonly [string, Parameters<typeof momentOf>][] = [
    ["for somebody else who signed", [[KEY, OWN], ANCHOR, "did:web:eve.example"]],
    ["where nobody must list the store", [[KEY], ANCHOR]],
    ["for another store", [[{ ...OWN, account: `0x${"22".repeat(20)}` }], ANCHOR]],
    ["for the store of that address on another chain", [[{ ...OWN, chainId: 1 }], ANCHOR]],
    ["where it is not on record", [[KEY, OWN]]],
    ["where the block is not known", [[KEY, OWN], blockless]],
    ["where the time is not known", [[KEY, OWN], timeless]],
    ["where a transaction alone holds it", [[KEY, OWN], storeless]],
  ];
  for (const [what, question] of nobody) {
    it(`is now ${what}`, async () => expect(await momentOf(...question)).to.equal(undefined));
  }
});
