/** The last step of Data Integrity: the right key on the right curve, and no other. */

import { expect } from "chai";

import { fromHex, toHex } from "../../src/core/bytes.ts";
import { isSignedBy, type DataIntegrityClaim } from "../../src/core/data-integrity.ts";
import { signEcdsa, toEcdsaPublicKey } from "../../src/core/ecdsa.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";

const SECRET = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const MESSAGE = fromHex("00".repeat(64));

const CLAIM: DataIntegrityClaim = {
  kind: "data-integrity",
  suite: "eddsa-rdfc-2022",
  curve: "Ed25519",
  message: toHex(MESSAGE),
  signature: toHex(signEd25519(SECRET, MESSAGE)),
  verificationMethod: "did:web:uni.example#key-1",
  purpose: "assertionMethod",
  controller: "did:web:uni.example",
};

describe("isSignedBy", () => {
  it("knows the key that signed, and no other", async () => {
    expect(await isSignedBy(CLAIM, { curve: "Ed25519", bytes: toEd25519PublicKey(SECRET) })).to.equal(true);
    expect(await isSignedBy(CLAIM, { curve: "Ed25519", bytes: toEd25519PublicKey(MESSAGE.slice(32)) })).to.equal(false);
    expect(
      await isSignedBy({ ...CLAIM, message: "0x01" }, { curve: "Ed25519", bytes: toEd25519PublicKey(SECRET) }),
    ).to.equal(false);
  });

  it("takes no key of another curve than the suite's, even where it did sign", async () => {
    const key = { curve: "P-256", bytes: toEcdsaPublicKey("P-256", SECRET) } as const;
    const signature = toHex(signEcdsa("P-256", SECRET, MESSAGE));
    expect(await isSignedBy({ ...CLAIM, signature }, key)).to.equal(false);
    expect(await isSignedBy({ ...CLAIM, suite: "ecdsa-rdfc-2019", curve: "P-256", signature }, key)).to.equal(true);
  });
});
