/** did:key against the documents and keys of three corpora, and every encoding that must be refused. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { secp256k1 } from "@noble/curves/secp256k1.js";
import { base58 } from "@scure/base";
import { expect } from "chai";
import fc from "fast-check";

import { concatBytes, fromHex } from "../../src/core/bytes.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { findAddress } from "../../src/core/secp256k1.ts";
import { findDidKeyDocument } from "../../src/identity/did-key.ts";
import { findVerificationMethod } from "../../src/identity/verification-method.ts";
import { holds } from "../support/property.ts";
import { findVectors } from "../support/vectors.ts";

/** did:key of any bytes, well formed or not. */
function didOf(...parts: readonly (Uint8Array | readonly number[])[]): string {
  return `did:key:z${base58.encode(concatBytes(...parts.map((part) => Uint8Array.from(part))))}`;
}

const point = secp256k1.getPublicKey(fromHex("11".repeat(32)), true);

describe("findDidKeyDocument", () => {
  const keys: readonly [string, string][] = [
    ["z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "Ed25519"],
    ["zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", "P-256"],
    ["z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ", "P-384"],
  ];
  for (const [multikey, curve] of keys) {
    it(`works out the document of a key on ${curve}`, () => {
      const did = `did:key:${multikey}`;
      const id = `${did}#${multikey}`;
      const document = findDidKeyDocument(did);
      expect(document).to.deep.include({ id: did });
      expect(document?.listed).to.deep.equal({ assertionMethod: [id], authentication: [id] });
      const [method] = document?.methods ?? [];
      expect(method).to.deep.include({ id, controller: did, type: "Multikey" });
      expect(method?.publicKey?.curve).to.equal(curve);
      expect(method?.publicKey === undefined ? undefined : toMultikey(method.publicKey)).to.equal(multikey);
    });
  }

  it("gives a key on secp256k1 as the account that the resolved document's key has", () => {
    const path = findVectors("blockcerts/did/did-key-zQ3shWbMURApEGeYEYbyfMoPbuW5qCmM7gtWkwnhGf2LLkv2M.json");
    if (path === undefined) return;
    const resolved = JSON.parse(readFileSync(path, "utf8")) as {
      readonly id: string;
      readonly verificationMethod: readonly [
        { readonly id: string; readonly controller: string; readonly publicKeyJwk: object },
      ];
    };
    const [{ id, controller, publicKeyJwk }] = resolved.verificationMethod;
    const entry = JSON.parse(JSON.stringify({ id, controller, type: "JsonWebKey", publicKeyJwk })) as Record<
      string,
      string
    >;
    const account = findVerificationMethod(entry, resolved.id)?.account;
    expect(account?.address).to.match(/^0x[0-9a-f]{40}$/);
    expect(findDidKeyDocument(resolved.id)?.methods[0]).to.deep.include({ id, account });
  });

  it("knows every did:key of the W3C corpus by the header of its curve", () => {
    const index = findVectors("w3c/INDEX.tsv");
    if (index === undefined) return;
    const folder = join(index, "..");
    const files = readFileSync(index, "utf8")
      .split("\n")
      .slice(1)
      .map((row) => row.split("\t")[0] ?? "");
    const texts = files
      .filter((file) => file.endsWith(".json"))
      .map((file) => readFileSync(join(folder, file), "utf8"));
    const dids = new Set(texts.flatMap((text) => text.match(/did:key:z[1-9A-HJ-NP-Za-km-z]{40,}/g) ?? []));
    expect(dids.size).to.be.greaterThan(10);
    for (const did of dids) {
      const isKnown = /^did:key:(?:z6Mk|zDna|z82L|zQ3s)/.test(did);
      expect(findDidKeyDocument(did) !== undefined, did).to.equal(isKnown);
    }
  });

  it("gives the account of every secp256k1 key", async () => {
    const secret = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((key) => secp256k1.utils.isValidSecretKey(key));
    await holds(
      fc.property(secret, (key) => {
        const publicKey = secp256k1.getPublicKey(key, true);
        const account = findDidKeyDocument(didOf([0xe7, 0x01], publicKey))?.methods[0]?.account;
        expect(account).to.deep.equal({ address: findAddress(publicKey) });
      }),
      0.3,
    );
  });

  const [multikey = ""] = keys[0] ?? [];
  const refused: readonly [string, string][] = [
    ["no key", "did:key:"],
    ["another base", `did:key:u${multikey.slice(1)}`],
    ["upper case", `DID:KEY:${multikey}`],
    ["a fragment", `did:key:${multikey}#${multikey}`],
    ["a path", `did:key:${multikey}/x`],
    ["a port", `did:key:${multikey}:1`],
    ["letters outside base58", `did:key:${multikey.slice(0, -1)}0`],
    ["one letter less", `did:key:${multikey.slice(0, -1)}`],
    ["a secret Ed25519 key", didOf([0x80, 0x26], new Uint8Array(32).fill(1))],
    ["a secret P-256 key", didOf([0x86, 0x26], new Uint8Array(32).fill(1))],
    ["a secret secp256k1 key", didOf([0x81, 0x26], new Uint8Array(32).fill(1))],
    ["a key for encryption (X25519)", didOf([0xec, 0x01], new Uint8Array(32).fill(9))],
    ["an uncompressed point", didOf([0xe7, 0x01], secp256k1.getPublicKey(fromHex("11".repeat(32)), false))],
    ["32 bytes on secp256k1", didOf([0xe7, 0x01], point.subarray(1))],
    ["34 bytes on secp256k1", didOf([0xe7, 0x01], point, [0])],
    ["no point of secp256k1", didOf([0xe7, 0x01], [2], new Uint8Array(32).fill(255))],
    ["a secp256k1 key under P-256's header", didOf([0x80, 0x24], [5], point.subarray(1))],
    ["a header that is not minimal", didOf([0xe7, 0x81, 0x00], point)],
    ["31 bytes on Ed25519", didOf([0xed, 0x01], new Uint8Array(31).fill(1))],
    ["a text of 10 kB", `did:key:z${"1".repeat(10_000)}`],
  ];
  for (const [what, did] of refused) {
    it(`refuses ${what}`, () => expect(findDidKeyDocument(did)).to.equal(undefined));
  }
});
