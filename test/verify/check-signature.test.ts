/** Signatures of W3C Data Integrity: the key comes from the issuer's own document, or the document is not believed. */

import { expect } from "chai";

import { toHex, toUtf8 } from "../../src/core/bytes.ts";
import type { SignatureClaim } from "../../src/core/claims.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { KeyFinder } from "../../src/core/ports/identity.ts";
import { checkSignature } from "../../src/verify/check-signature.ts";
import { fakePorts, goodClaims } from "../support/fake-ports.ts";

const secret = new Uint8Array(32).fill(7);
const message = toUtf8("hash data");
const signed: SignatureClaim = {
  kind: "data-integrity",
  suite: "eddsa-rdfc-2022",
  curve: "Ed25519",
  message: toHex(message),
  signature: toHex(signEd25519(secret, message)),
  verificationMethod: "did:web:uni.example#key-1",
  purpose: "assertionMethod",
  controller: "did:web:uni.example",
};

/** The code of the one finding, when the key finder answers so. */
async function codeOf(
  claim: SignatureClaim,
  answer: Awaited<ReturnType<KeyFinder["findPublicKey"]>>,
): Promise<string | undefined> {
  const keys: KeyFinder = { ...fakePorts().keys, findPublicKey: async () => answer };
  const [found] = await checkSignature(goodClaims({ signatures: [claim] }), keys);
  return found?.code;
}

const key = (bytes: Uint8Array, curve: "Ed25519" | "P-256" = "Ed25519") =>
  ({ kind: "answer", value: { kind: "key", key: { curve, bytes } } }) as const;
const own = key(toEd25519PublicKey(secret));

describe("checkSignature of Data Integrity", () => {
  it("passes what the listed key signed", async () => {
    expect(await codeOf(signed, own)).to.equal("SIGNATURE_HOLDS");
  });
  it("refuses what another key signed", async () => {
    expect(await codeOf(signed, key(toEd25519PublicKey(new Uint8Array(32).fill(8))))).to.equal("SIGNATURE_WRONG");
  });
  it("refuses another message", async () => {
    expect(await codeOf({ ...signed, message: toHex(toUtf8("other")) }, own)).to.equal("SIGNATURE_WRONG");
  });
  it("refuses a key of another curve than the suite's", async () => {
    expect(await codeOf(signed, key(toEd25519PublicKey(secret), "P-256"))).to.equal("SIGNATURE_WRONG");
  });
  it("refuses a signature made for another purpose", async () => {
    expect(await codeOf({ ...signed, purpose: "keyAgreement" }, own)).to.equal("SIGNATURE_WRONG");
  });
  it("refuses a key that the issuer does not list", async () => {
    const answer = { kind: "answer", value: { kind: "not-listed", reason: "" } } as const;
    expect(await codeOf(signed, answer)).to.equal("SIGNATURE_KEY_NOT_LISTED");
  });
  it("does not judge when the issuer's document cannot be read", async () => {
    expect(await codeOf(signed, { kind: "silent", reason: "" })).to.equal("SIGNATURE_KEY_SILENT");
  });
});
