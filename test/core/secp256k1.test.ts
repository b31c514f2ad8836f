/** Recovering signers: against the corpus of OpenAttestation, against ethers, and every spelling that must be refused. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect } from "chai";
import { Wallet, SigningKey } from "ethers";
import fc from "fast-check";

import { fromHex, isHex, toHex, type Hex } from "../../src/core/bytes.ts";
import { findAddress, recoverAddress } from "../../src/core/secp256k1.ts";
import { holds } from "../support/property.ts";
import { findVectors } from "../support/vectors.ts";

const KEY = `0x${"11".repeat(32)}`;
const MESSAGE = new Uint8Array(32).fill(0xaa);
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The same r, another s and last byte. */
function respell(signature: Hex, changes: { readonly s?: bigint; readonly last?: number }): Hex {
  const s = changes.s ?? BigInt(`0x${signature.slice(66, 130)}`);
  const last = changes.last ?? Number(`0x${signature.slice(130)}`);
  return `0x${signature.slice(2, 66)}${s.toString(16).padStart(64, "0")}${last.toString(16).padStart(2, "0")}`;
}

interface SignedDocument {
  readonly signature?: { readonly merkleRoot: string };
  readonly proof: readonly [{ readonly verificationMethod: string; readonly signature: Hex }] | SignedProof;
}

interface SignedProof {
  readonly merkleRoot: string;
  readonly key: string;
  readonly signature: Hex;
}

/** Where version 2 and version 3 keep what was signed, and by which key. */
function signedPart(document: SignedDocument): { root: string; signature: Hex; method: string } {
  const { proof } = document;
  if ("merkleRoot" in proof) return { root: proof.merkleRoot, signature: proof.signature, method: proof.key };
  const [{ signature, verificationMethod }] = proof;
  return { root: document.signature?.merkleRoot ?? "", signature, method: verificationMethod };
}

describe("recoverAddress", () => {
  const wallet = new Wallet(KEY);
  const account = wallet.address.toLowerCase();
  let signature: Hex;

  before(async () => {
    signature = (await wallet.signMessage(MESSAGE)) as Hex;
  });

  it("agrees with the corpus of OpenAttestation on who signed each document", () => {
    const index = findVectors("openattestation/INDEX.tsv");
    if (index === undefined) return;
    const rows = readFileSync(index, "utf8")
      .split("\n")
      .filter((row) => /^v[23].*signature=/.test(row));
    for (const row of rows) {
      const [file = ""] = row.split("\t");
      const { root, signature, method } = signedPart(JSON.parse(readFileSync(join(dirname(index), file), "utf8")));
      const signer = recoverAddress(fromHex(root), signature);
      expect(signer, file).to.match(/^0x[0-9a-f]{40}$/);
      expect(method.toLowerCase().includes(signer ?? "none"), file).to.equal(row.includes("signature=ok"));
    }
    expect(rows).to.have.length.greaterThan(30);
  });

  it("finds the signer whatever was signed and by whom", async () => {
    await holds(
      fc.asyncProperty(
        fc
          .uint8Array({ minLength: 32, maxLength: 32 })
          .filter((key) => key.some((byte) => byte !== 0) && key[0] !== 255),
        fc.uint8Array({ maxLength: 200 }),
        async (key, message) => {
          const signer = new Wallet(toHex(key));
          const signed = (await signer.signMessage(message)) as Hex;
          expect(recoverAddress(message, signed)).to.equal(signer.address.toLowerCase());
        },
      ),
      0.3,
    );
  });

  it("reads a last byte of 0 or 1 as 27 or 28", () => {
    const last = Number(`0x${signature.slice(130)}`);
    expect(recoverAddress(MESSAGE, respell(signature, { last: last - 27 }))).to.equal(account);
  });

  it("finds another account for another message", () => {
    expect(recoverAddress(new Uint8Array(31).fill(0xaa), signature)).to.not.equal(account);
  });

  it("refuses the twin of a signature in the upper half of the order", () => {
    const s = BigInt(`0x${signature.slice(66, 130)}`);
    const last = Number(`0x${signature.slice(130)}`);
    const twin = respell(signature, { s: ORDER - s, last: last === 27 ? 28 : 27 });
    expect(recoverAddress(MESSAGE, twin)).to.equal(undefined);
  });

  for (const last of [2, 3, 26, 29, 30, 35, 255]) {
    it(`refuses a last byte of ${last}`, () => {
      expect(recoverAddress(MESSAGE, respell(signature, { last }))).to.equal(undefined);
    });
  }

  it("refuses every other length, and text that is no hexadecimal", () => {
    expect(recoverAddress(MESSAGE, signature.slice(0, -2) as Hex)).to.equal(undefined);
    expect(recoverAddress(MESSAGE, `${signature}00`)).to.equal(undefined);
    expect(recoverAddress(MESSAGE, "0x")).to.equal(undefined);
    expect(recoverAddress(MESSAGE, `0x${"zz".repeat(65)}`)).to.equal(undefined);
  });

  it("refuses r and s that are zero or not below the order", () => {
    const order = ORDER.toString(16);
    const r = signature.slice(2, 66);
    const zero = "0".repeat(64);
    const one = `${"0".repeat(63)}1`;
    for (const [first, second] of [
      [zero, one],
      [r, zero],
      [order, one],
      [r, order],
    ] as const) {
      expect(recoverAddress(MESSAGE, `0x${first}${second}1b`)).to.equal(undefined);
    }
  });

  it("never throws, whatever it is shown", async () => {
    await holds(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 70 }), (bytes) => {
        const signer = recoverAddress(MESSAGE, toHex(bytes));
        expect(signer === undefined || isHex(signer)).to.equal(true);
      }),
    );
  });
});

describe("findAddress", () => {
  it("gives the account of a public key, compressed or not", () => {
    const key = new SigningKey(KEY);
    const account = new Wallet(KEY).address.toLowerCase();
    expect(findAddress(fromHex(key.compressedPublicKey))).to.equal(account);
    expect(findAddress(fromHex(key.publicKey))).to.equal(account);
  });

  it("knows bytes that are no point of the curve", () => {
    expect(findAddress(new Uint8Array(33))).to.equal(undefined);
    expect(findAddress(Uint8Array.of(2, ...new Uint8Array(32).fill(255)))).to.equal(undefined);
    expect(findAddress(new Uint8Array())).to.equal(undefined);
  });
});
