/** Proofs that a credential leaves to its issuer's settings: the suite follows the key, and nothing is sealed that could not be signed. */

import { expect } from "chai";

import type { JsonObject } from "../../../src/core/json.ts";
import type { Placement } from "../../../src/formats/format.ts";
import { w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { laterFaultOf } from "../../support/faults.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { badge, drafts, ISSUER, KEYS, PLACEMENT } from "../../support/w3c-samples.ts";

const CREATED = "2026-07-01T08:00:00.000Z";

function placementWith(key: string, issuer: string = ISSUER): Placement {
  const verificationMethod = `${ISSUER}#${key}`;
  const publicKey = KEYS[verificationMethod]!;
  return { ...PLACEMENT, createdAt: CREATED, signer: { issuer, verificationMethod, publicKey } };
}

async function seal(credential: JsonObject, placement: Placement): Promise<JsonObject> {
  const { text } = await w3cVcV2.seal(credential, placement, seededRandom(1));
  return JSON.parse(text) as JsonObject;
}

describe("seal of w3c-vc-v2, without drafts of proofs", () => {
  const { proof: _, ...unsigned } = badge();

  for (const [key, suite] of [
    ["key-1", "eddsa-rdfc-2022"],
    ["key-2", "ecdsa-rdfc-2019"],
  ] as const) {
    it(`signs by ${suite} with a key that is made for it, and names the store by itself`, async () => {
      const sealed = await seal(unsigned, placementWith(key));
      expect(sealed["signature"]).to.deep.equal({
        type: "DataIntegrityProof",
        cryptosuite: suite,
        created: CREATED,
        verificationMethod: `${ISSUER}#${key}`,
        proofPurpose: "assertionMethod",
      });
      expect(sealed["storeMethod"]).to.equal(`${ISSUER}#store-31337-${PLACEMENT.store}`);
    });
  }

  const refused = async (credential: JsonObject, placement: Placement): Promise<unknown> =>
    laterFaultOf(async () => seal(credential, placement));

  it("refuses where nobody is known to sign", async () => {
    expect(await refused(unsigned, PLACEMENT)).to.equal("CREDENTIAL_INVALID");
  });

  it("refuses drafts that the key cannot sign", async () => {
    const asked = { ...unsigned, proof: drafts("ecdsa-rdfc-2019") };
    expect(await refused(asked, placementWith("key-1"))).to.equal("CREDENTIAL_INVALID");
    expect(await refused(asked, placementWith("key-2"))).to.equal(undefined);
  });

  it("refuses an issuer that is not the signer, and one that is nothing but a key", async () => {
    const other = { ...unsigned, issuer: "did:web:other.example" };
    expect(await refused(other, placementWith("key-1"))).to.equal("CREDENTIAL_INVALID");
    const bare = { ...unsigned, issuer: "did:key:z6Mk" };
    expect(await refused(bare, placementWith("key-1", "did:key:z6Mk"))).to.equal("CREDENTIAL_INVALID");
  });
});
