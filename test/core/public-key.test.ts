/** Public keys and their signatures: RFC 8032, RFC 6979 and the W3C test keys. */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { expect } from "chai";
import * as fc from "fast-check";

import { findMultibase58, toMultibase58 } from "../../src/core/base58.ts";
import { toBase64url } from "../../src/core/base64url.ts";
import { concatBytes, fromHex, toHexDigits } from "../../src/core/bytes.ts";
import { signEcdsa, toEcdsaPublicKey } from "../../src/core/ecdsa.ts";
import { isSignedStrictly, signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import { findJwk } from "../../src/core/jwk.ts";
import { findMultikey, toMultikey } from "../../src/core/multikey.ts";
import { verifySignature, type PublicKey } from "../../src/core/public-key.ts";
import { holds } from "../support/property.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";

const SECRET_32 = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const SECRET_48 = concatBytes(SECRET_32, fromHex("00112233445566778899aabbccddeeff"));

const KEYS: readonly { readonly key: PublicKey; readonly sign: (message: Uint8Array) => Uint8Array }[] = [
  {
    key: { curve: "Ed25519", bytes: toEd25519PublicKey(SECRET_32) },
    sign: (message) => signEd25519(SECRET_32, message),
  },
  {
    key: { curve: "P-256", bytes: toEcdsaPublicKey("P-256", SECRET_32) },
    sign: (message) => signEcdsa("P-256", SECRET_32, message),
  },
  {
    key: { curve: "P-384", bytes: toEcdsaPublicKey("P-384", SECRET_48) },
    sign: (message) => signEcdsa("P-384", SECRET_48, message),
  },
];

/** A number written with its lowest byte first. */
function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHexDigits(bytes.toReversed())}`);
}

describe("verifySignature", () => {
  // RFC 8032, section 7.1, test 2
  it("accepts the RFC's Ed25519 signature", async () => {
    const key: PublicKey = {
      curve: "Ed25519",
      bytes: fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
    };
    const signature = fromHex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    expect(await verifySignature(key, fromHex("72"), signature)).to.equal(true);
    expect(await verifySignature(key, fromHex("73"), signature)).to.equal(false);
  });

  // RFC 6979, appendix A.2.5, message "sample" with SHA-256
  it("accepts the RFC's P-256 signature, whose s is high", async () => {
    const bytes = fromHex("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
    const signature = fromHex(
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    );
    expect(await verifySignature({ curve: "P-256", bytes }, new TextEncoder().encode("sample"), signature)).to.equal(
      true,
    );
  });

  for (const { key, sign } of KEYS) {
    it(`rejects any one altered bit of message or signature (${key.curve})`, async () => {
      await holds(
        fc.asyncProperty(
          fc.uint8Array({ minLength: 1, maxLength: 64 }),
          fc.nat(),
          fc.boolean(),
          async (message, at, inMessage) => {
            const signature = Uint8Array.from(sign(message));
            expect(await verifySignature(key, message, signature)).to.equal(true);
            const altered = inMessage ? message : signature;
            const bit = at % (altered.length * 8);
            altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            expect(await verifySignature(key, message, signature)).to.equal(false);
          },
        ),
        0.2,
      );
    });

    it(`rejects signatures of another length and keys off the curve (${key.curve})`, async () => {
      const signature = sign(new Uint8Array(1));
      expect(await verifySignature(key, new Uint8Array(1), signature.slice(1))).to.equal(false);
      expect(await verifySignature(key, new Uint8Array(1), concatBytes(signature, new Uint8Array(1)))).to.equal(false);
      expect(
        await verifySignature(
          { ...key, bytes: new Uint8Array(key.bytes.length).fill(255) },
          new Uint8Array(1),
          signature,
        ),
      ).to.equal(false);
      expect(await verifySignature({ ...key, bytes: key.bytes.slice(1) }, new Uint8Array(1), signature)).to.equal(
        false,
      );
    });
  }

  // RFC 8032 §5.1.7 wants S < L; adding L gives a second text for the same signature
  it("rejects an Ed25519 signature whose S is not reduced, and a key of small order", async () => {
    const [first] = KEYS;
    if (first === undefined) throw new Error("no key");
    const message = fromHex("7e57");
    const signature = first.sign(message);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${toHexDigits(signature.slice(32).toReversed())}`) + order;
    const unreduced = concatBytes(signature.slice(0, 32), fromHex(s.toString(16).padStart(64, "0")).toReversed());
    expect(await verifySignature(first.key, message, unreduced)).to.equal(false);
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const forged = concatBytes(identity, new Uint8Array(32));
    expect(await verifySignature({ curve: "Ed25519", bytes: identity }, message, forged)).to.equal(false);
  });

  // the two equations of RFC 8032 part ways here: a platform that checks without the cofactor refuses most of these
  it("judges a key with a part of small order as the strict rules alone do, whatever the platform says", async () => {
    const { Point } = ed25519;
    const torsion = Point.fromBytes(fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), true);
    const bytes = Point.fromBytes(toEd25519PublicKey(SECRET_32)).add(torsion).toBytes();
    const { scalar } = ed25519.utils.getExtendedPublicKey(SECRET_32);
    const verdicts = [];
    for (let number = 1n; number <= 24n; number++) {
      const message = fromHex(number.toString(16).padStart(2, "0"));
      const nonce = Point.BASE.multiply(number).toBytes();
      const challenge = numberOf(sha512(concatBytes(nonce, bytes, message))) % Point.Fn.ORDER;
      const s = Point.Fn.toBytes(Point.Fn.create(number + challenge * scalar));
      const signature = concatBytes(nonce, s);
      const said = await verifySignature({ curve: "Ed25519", bytes }, message, signature);
      expect(said).to.equal(isSignedStrictly(bytes, message, signature));
      verdicts.push(said);
    }
    expect(verdicts).to.include(true);
  });
});

describe("findMultikey", () => {
  it("reads back the key of each curve", () => {
    for (const { key } of KEYS) expect(findMultikey(toMultikey(key))).to.deep.equal(key);
    expect(KEYS.map(({ key }) => toMultikey(key).slice(0, 4))).to.deep.equal(["z6Mk", "zDna", "z82L"]);
  });

  it("refuses secret keys, other headers, other bases, wrong lengths and points off the curve", () => {
    const key = new Uint8Array(32).fill(7);
    for (const header of ["8026", "8626", "8726", "eb01", "e701", "ed02"]) {
      expect(findMultikey(toMultibase58(concatBytes(fromHex(header), key))), header).to.equal(undefined);
    }
    expect(findMultikey(toMultibase58(concatBytes(fromHex("ed01"), key, key)))).to.equal(undefined);
    expect(findMultikey(toMultibase58(concatBytes(fromHex("8024"), new Uint8Array(33).fill(255))))).to.equal(undefined);
    expect(findMultikey("")).to.equal(undefined);
    expect(findMultikey("z")).to.equal(undefined);
  });
});

describe("findJwk", () => {
  it("reads the key of each curve", () => {
    const [ed, p256] = KEYS;
    if (ed === undefined || p256 === undefined) throw new Error("no keys");
    expect(findJwk({ kty: "OKP", crv: "Ed25519", x: toBase64url(ed.key.bytes) })).to.deep.equal(ed.key);
    // RFC 6979, appendix A.2.5
    const x = toBase64url(fromHex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"));
    const y = toBase64url(fromHex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"));
    const found = findJwk({ kty: "EC", crv: "P-256", x, y });
    expect(toHexDigits(found?.bytes ?? new Uint8Array())).to.equal(
      "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
    );
    expect(findJwk({ kty: "EC", crv: "P-256", x: y, y: x })).to.equal(undefined);
    expect(findJwk({ kty: "EC", crv: "secp256k1", x, y })).to.equal(undefined);
    expect(findJwk({ kty: "EC", crv: "P-256", x, y, d: x })).to.equal(undefined);
    expect(findJwk({ kty: "RSA", n: x, e: "AQAB" })).to.equal(undefined);
  });
});

describeVectors("w3c", "published test keys (W3C vc-di-ecdsa)", () => {
  it("are read and derived from their secret halves", () => {
    for (const [file, curve] of [
      ["p256KeyPair.json", "P-256"],
      ["p384KeyPair.json", "P-384"],
    ] as const) {
      const pair = JSON.parse(vectorText(`w3c/w3c-di-ecdsa/${file}`)) as Record<string, string>;
      const publicText = pair["publicKeyMultibase"] ?? "";
      const secret = findMultibase58(pair["privateKeyMultibase"] ?? pair["secretKeyMultibase"] ?? "")?.slice(2);
      expect(findMultikey(publicText)?.curve).to.equal(curve);
      expect(toMultikey({ curve, bytes: toEcdsaPublicKey(curve, secret ?? new Uint8Array()) })).to.equal(publicText);
    }
  });
});
