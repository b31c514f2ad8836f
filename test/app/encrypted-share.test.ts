/** Encrypted shares: what went in comes out, for the key and for nobody else. */

import { createDecipheriv } from "node:crypto";

import { expect } from "chai";

import { encryptDocument, isShare, openShare } from "../../src/app/encrypted-share.ts";
import { fromUtf8, toUtf8 } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { badge, issue } from "../support/w3c-samples.ts";

describe("encryptDocument", () => {
  let text: string;
  let share: string;
  let key: string;
  before(async () => {
    ({ text } = await issue(badge()));
    ({ text: share, key } = await encryptDocument(toUtf8(text)));
  });

  const codeOf = async (bytes: Uint8Array, digits: string): Promise<string> => {
    const outcome: unknown = await openShare(bytes, digits).catch((error: unknown) => error);
    return outcome instanceof TestamurError ? outcome.code : "opened";
  };

  it("gives back, for its key, the very text it was given", async () => {
    expect(fromUtf8(await openShare(toUtf8(share), key))).to.equal(text);
    expect(share).not.to.contain("Example University").and.not.to.contain(key);
  });

  it("is JSON Web Encryption as others read it", () => {
    const jwe = JSON.parse(share) as Record<"protected" | "iv" | "ciphertext" | "tag", string>;
    const header = JSON.parse(Buffer.from(jwe.protected, "base64url").toString()) as JsonObject;
    expect(header).to.include({ alg: "dir", enc: "A256GCM" });
    const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "hex"), Buffer.from(jwe.iv, "base64url"));
    decipher.setAAD(Buffer.from(jwe.protected, "ascii")).setAuthTag(Buffer.from(jwe.tag, "base64url"));
    expect(`${decipher.update(jwe.ciphertext, "base64url", "utf8")}${decipher.final("utf8")}`).to.equal(text);
  });

  it("opens for no other key, and for none once any part of it was changed", async () => {
    const other = `${key.startsWith("0") ? "1" : "0"}${key.slice(1)}`;
    for (const digits of [other, key.slice(2), "", "zz"]) expect(await codeOf(toUtf8(share), digits)).to.equal("USAGE");
    const jwe = JSON.parse(share) as Record<string, string>;
    for (const [name, value] of Object.entries(jwe)) {
      const first = value.startsWith("A") ? "B" : "A";
      const altered = { ...jwe, [name]: `${first}${value.slice(1)}` };
      expect(await codeOf(toUtf8(JSON.stringify(altered)), key), name).to.equal("USAGE");
      const { [name]: _, ...rest } = jwe;
      expect(await codeOf(toUtf8(JSON.stringify(rest)), key), name).to.equal("USAGE");
    }
    expect(await codeOf(toUtf8(text), key)).to.equal("USAGE");
  });

  it("uses a fresh key and vector each time", async () => {
    const again = await encryptDocument(toUtf8(text));
    expect(again.key).not.to.equal(key);
    expect((JSON.parse(again.text) as JsonObject)["iv"]).not.to.equal((JSON.parse(share) as JsonObject)["iv"]);
  });

  it("knows a share from a document", () => {
    expect([share, text, "x", '{"type":"OPEN-ATTESTATION-TYPE-1"}'].map((one) => isShare(toUtf8(one)))).to.deep.equal([
      true,
      false,
      false,
      true,
    ]);
  });
});
