/** Encrypted shares: the synthetic vectors, round trips, and everything a stranger could change on the way. */

import { randomBytes } from "node:crypto";

import { expect } from "chai";
import fc from "fast-check";

import type { Json } from "../../../src/core/json.ts";
import { decryptShare, encryptShare } from "../../../src/formats/openattestation-v2/encrypted-share.ts";
import { fixedRandom } from "../../support/format-suite.ts";
import { holds } from "../../support/property.ts";
import { findJsonVectors } from "../../support/vectors.ts";

interface ShareVector {
  readonly name: string;
  readonly plainText?: string;
  readonly key: string;
  readonly encrypted: Json;
  readonly refuse?: string;
}

/** The document, or the code of the refusal. */
async function read(share: Json, key: string): Promise<string> {
  const opened = await decryptShare(share, key);
  return opened.kind === "opened" ? opened.document : opened.code;
}

describe("decryptShare", () => {
  const vectors = (findJsonVectors("openattestation/vectors/encryption.json") ?? []) as ShareVector[];
  for (const { name, plainText, key, encrypted, refuse } of vectors) {
    it(`${refuse === undefined ? "reads" : "refuses"} the vector ${name}`, async () => {
      expect(await read(encrypted, key)).to.equal(refuse ?? plainText);
    });
  }

  it("reads what was encrypted", async () => {
    await holds(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (document) => {
        const { share, key } = await encryptShare(document, randomBytes);
        expect(key).to.match(/^[0-9a-f]{64}$/);
        expect(await read({ ...share }, key)).to.equal(document);
      }),
    );
  });

  it("refuses a changed text, vector or tag, and another key", async () => {
    const { share, key } = await encryptShare('{"data":{}}', fixedRandom());
    for (const name of ["cipherText", "iv", "tag"] as const) {
      const bytes = Buffer.from(share[name], "base64");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(await read({ ...share, [name]: bytes.toString("base64") }, key)).to.equal("SHARE_NOT_AUTHENTIC");
    }
    expect(
      await read(
        { ...share },
        key.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
      ),
    ).to.equal("SHARE_NOT_AUTHENTIC");
  });

  it("refuses lengths that the cipher would accept", async () => {
    const { share, key } = await encryptShare("x", fixedRandom());
    for (const [name, length] of [
      ["iv", 16],
      ["tag", 12],
      ["tag", 0],
    ] as const)
      expect(await read({ ...share, [name]: Buffer.alloc(length).toString("base64") }, key)).to.equal(
        "SHARE_NOT_AUTHENTIC",
      );
  });

  it("refuses what is not written as it should be", async () => {
    const { share, key } = await encryptShare("x", fixedRandom());
    const { tag: _tag, ...untagged } = share;
    for (const broken of [[], "share", null, { ...untagged }, { ...share, iv: "****" }, { ...share, cipherText: 5 }])
      expect(await read(broken, key)).to.be.oneOf(["SHARE_MALFORMED", "SHARE_TYPE_UNKNOWN"]);
    for (const broken of ["", key.replace(/./, "g"), key.slice(2), `0x${key}`])
      expect(await read({ ...share }, broken)).to.equal("SHARE_MALFORMED");
  });

  it("refuses plain text that is not base64 of a text", async () => {
    const key = randomBytes(32);
    const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
    const iv = randomBytes(12);
    for (const plain of ["no base64!", "/w=="]) {
      const sealed = Buffer.from(
        await crypto.subtle.encrypt({ name: "AES-GCM", iv }, imported, new TextEncoder().encode(plain)),
      );
      const share = {
        cipherText: sealed.subarray(0, -16).toString("base64"),
        iv: iv.toString("base64"),
        tag: sealed.subarray(-16).toString("base64"),
        type: "OPEN-ATTESTATION-TYPE-1",
      };
      expect(await read(share, key.toString("hex"))).to.equal("SHARE_MALFORMED");
    }
  });
});

describe("encryptShare", () => {
  it("never uses a key or a vector twice", async () => {
    const shares = await Promise.all(Array.from({ length: 20 }, async () => encryptShare("same", randomBytes)));
    expect(new Set(shares.map(({ key }) => key)).size).to.equal(20);
    expect(new Set(shares.map(({ share }) => share.iv)).size).to.equal(20);
    expect(new Set(shares.map(({ share }) => share.cipherText)).size).to.equal(20);
  });
});
