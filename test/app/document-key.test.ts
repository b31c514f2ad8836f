/** The key that signs documents, in its file: what goes in comes out, and nothing else does. */

import { expect } from "chai";

import { DOCUMENT_CURVES } from "../../src/app/document-curves.ts";
import { createDocumentKey, decryptDocumentKey, isDocumentKey, readPublicKey } from "../../src/app/document-key.ts";
import { toHex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { laterFaultOf } from "../support/faults.ts";

/** Scrypt's N for tests: quick, and worthless. */
const CHEAP = 2;

interface KeyFile {
  readonly type: string;
  readonly version: number;
  readonly publicKeyMultibase: string;
  readonly crypto: JsonObject;
}

describe("document keys", () => {
  for (const curve of DOCUMENT_CURVES) {
    it(`keep a key on ${curve}, and say without a password which one`, async () => {
      const { text, publicKey } = await createDocumentKey(curve, "correct horse", CHEAP);
      const opened = await decryptDocumentKey(text, "correct horse");
      expect(publicKey.curve).to.equal(curve);
      expect(toHex(opened.publicKey.bytes)).to.equal(toHex(publicKey.bytes));
      expect(toHex(readPublicKey(text).bytes)).to.equal(toHex(publicKey.bytes));
      expect(isDocumentKey(text)).to.equal(true);
    });
  }

  it("open with one password only, composed in whatever way", async () => {
    const { text } = await createDocumentKey("Ed25519", "Zürich", CHEAP);
    await decryptDocumentKey(text, "Zu\u0308rich");
    expect(await laterFaultOf(async () => decryptDocumentKey(text, "Zurich"))).to.equal("PASSWORD_WRONG");
    expect(await laterFaultOf(async () => createDocumentKey("Ed25519", "", CHEAP))).to.equal("USAGE");
  });

  it("are two different ones, however alike they were asked for", async () => {
    const [one, other] = [
      await createDocumentKey("Ed25519", "same", CHEAP),
      await createDocumentKey("Ed25519", "same", CHEAP),
    ];
    expect(toMultikey(one.publicKey)).not.to.equal(toMultikey(other.publicKey));
  });

  describe("altered", () => {
    const change = async (edit: (file: KeyFile) => object): Promise<string | undefined> => {
      const { text } = await createDocumentKey("Ed25519", "correct horse", CHEAP);
      const altered = JSON.stringify(edit(JSON.parse(text) as KeyFile));
      return laterFaultOf(async () => decryptDocumentKey(altered, "correct horse"));
    };

    it("do not pass for another key", async () => {
      const { publicKey } = await createDocumentKey("Ed25519", "another", CHEAP);
      const fault = await change((file) => ({ ...file, publicKeyMultibase: toMultikey(publicKey) }));
      expect(fault).to.equal("PASSWORD_WRONG");
    });

    it("do not open when a bit of the secret has flipped", async () => {
      const fault = await change(({ crypto, ...file }) => {
        const bytes = Buffer.from(crypto["ciphertext"] as string, "base64url");
        bytes[3] = (bytes[3] ?? 0) ^ 1;
        return { ...file, crypto: { ...crypto, ciphertext: bytes.toString("base64url") } };
      });
      expect(fault).to.equal("PASSWORD_WRONG");
    });

    const wrong: readonly (readonly [string, (file: KeyFile) => object])[] = [
      ["of another type", (file) => ({ ...file, type: "keystore" })],
      ["of another version", (file) => ({ ...file, version: 2 })],
      ["without a public key", (file) => ({ ...file, publicKeyMultibase: "" })],
      ["without their encrypted part", (file) => ({ ...file, crypto: {} })],
      ["of another cipher", ({ crypto, ...file }) => ({ ...file, crypto: { ...crypto, cipher: "aes-128-ctr" } })],
      ["with a short iv", ({ crypto, ...file }) => ({ ...file, crypto: { ...crypto, iv: "AAAA" } })],
      ["with nothing but a tag", ({ crypto, ...file }) => ({ ...file, crypto: { ...crypto, ciphertext: "AAAA" } })],
      ["that would take all memory", ({ crypto, ...file }) => ({ ...file, crypto: withCost(crypto, 2 ** 30) })],
      ["with a cost that is no power of two", ({ crypto, ...file }) => ({ ...file, crypto: withCost(crypto, 3) })],
    ];
    for (const [what, edit] of wrong)
      it(`are refused ${what}`, async () => expect(await change(edit)).to.equal("KEYSTORE_INVALID"));

    it("are refused as plain text", async () => {
      expect(await laterFaultOf(async () => decryptDocumentKey("no JSON", "x"))).to.equal("KEYSTORE_INVALID");
      expect(isDocumentKey("no JSON")).to.equal(false);
    });
  });
});

function withCost(crypto: JsonObject, n: number): JsonObject {
  return { ...crypto, kdfparams: { ...(crypto["kdfparams"] as JsonObject), n } };
}
