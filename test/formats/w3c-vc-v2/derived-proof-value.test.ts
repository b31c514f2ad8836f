/** The proof value of ecdsa-sd-2023: one reading, and everything else refused. */

import { expect } from "chai";
import fc from "fast-check";

import { toBase64url, toMultibase64 } from "../../../src/core/base64url.ts";
import { concatBytes, fromHex, toHexDigits } from "../../../src/core/bytes.ts";
import { toCborBytes, type Cbor } from "../../../src/core/cbor.ts";
import { toEcdsaPublicKey } from "../../../src/core/ecdsa.ts";
import { toEd25519PublicKey } from "../../../src/core/ed25519.ts";
import { textOf, type JsonObject } from "../../../src/core/json.ts";
import { toMultikey } from "../../../src/core/multikey.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { parseDerivedProofValue } from "../../../src/formats/w3c-vc-v2/derived-proof-value.ts";
import { BASE_TAG, toItems, toText, type ProofParts } from "../../support/derived-proofs.ts";
import { holds } from "../../support/property.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";

const SECRET = new Uint8Array(32).fill(7);
const KEY = concatBytes(Uint8Array.of(0x80, 0x24), toEcdsaPublicKey("P-256", SECRET));

const PARTS: ProofParts = {
  baseSignature: new Uint8Array(64).fill(1),
  keyBytes: KEY,
  signatures: [new Uint8Array(64).fill(2), new Uint8Array(64).fill(3)],
  labels: [
    [0, new Uint8Array(32).fill(4)],
    [1, new Uint8Array(32).fill(5)],
  ],
  mandatory: [0, 2, 5],
};

function codeOf(text: string): string {
  try {
    parseDerivedProofValue(text);
    return "none";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

function codeWith(parts: Partial<ProofParts>): string {
  return codeOf(toText(toItems({ ...PARTS, ...parts })));
}

/** The parts, one of them replaced by any CBOR. */
function codeOfItem(at: number, item: Cbor): string {
  return codeOf(toText(toItems(PARTS).with(at, item)));
}

describe("parseDerivedProofValue", () => {
  it("reads what was packed", () => {
    const read = parseDerivedProofValue(toText(toItems(PARTS)));
    expect(read.key).to.deep.equal(KEY.slice(2));
    expect([read.baseSignature, read.keyBytes]).to.deep.equal([PARTS.baseSignature, KEY]);
    expect(read.signatures).to.deep.equal(PARTS.signatures);
    expect([...read.labels]).to.deep.equal(PARTS.labels.map(([name, label]) => [`c14n${name}`, toMultibase64(label)]));
    expect([...read.mandatory]).to.deep.equal([0, 2, 5]);
    expect(codeWith({ signatures: [], labels: [], mandatory: [] })).to.equal("none");
  });

  it("refuses the issuer's base proof, and says whose it is", () => {
    const base = toText([...toItems(PARTS).slice(0, 2), { kind: "bytes", value: new Uint8Array(32) }], BASE_TAG);
    expect(() => parseDerivedProofValue(base))
      .to.throw(Refusal, /base proof, which is for the holder alone/)
      .with.property("code", "SHAPE_WRONG");
  });

  it("refuses other marks, texts and bytes around it", () => {
    const whole = toCborBytes({ kind: "tag", tag: 0x5d01, item: { kind: "array", items: toItems(PARTS) } });
    expect(toHexDigits(whole.slice(0, 4))).to.equal("d95d0185");
    const text = toMultibase64(whole);
    expect(codeOf(text)).to.equal("none");
    for (const wrong of [
      toText(toItems(PARTS), 0x5d02), // the mark of bbs-2023's base proof
      toText(toItems(PARTS), 0x5d03),
      toMultibase64(whole.slice(3)),
      toMultibase64(concatBytes(whole, Uint8Array.of(0))),
      toMultibase64(whole.slice(0, -1)),
      toMultibase64(concatBytes(fromHex("da00005d01"), whole.slice(3))), // the mark in four bytes
      toMultibase64(concatBytes(whole.slice(0, 3), fromHex("9f"), whole.slice(4), fromHex("ff"))), // no stated length
      `z${toBase64url(whole)}`,
      toBase64url(whole),
      `${text}=`,
      ` ${text}`,
      "u",
      "",
    ])
      expect(codeOf(wrong), wrong.slice(0, 20)).to.equal("SHAPE_WRONG");
  });

  it("refuses parts that are missing, too many, of another type or of another length", () => {
    const items = toItems(PARTS);
    for (const wrong of [items.slice(0, 4), [...items, items[4]!], []])
      expect(codeOf(toText(wrong))).to.equal("SHAPE_WRONG");
    const others: readonly Cbor[] = [
      { kind: "integer", value: 0 },
      { kind: "text", value: "x" },
      { kind: "bytes", value: new Uint8Array(63) },
      { kind: "bytes", value: new Uint8Array(96) },
      { kind: "tag", tag: 64, item: { kind: "bytes", value: PARTS.baseSignature } },
      { kind: "array", items: [{ kind: "bytes", value: new Uint8Array(65) }] },
      { kind: "array", items: [{ kind: "integer", value: -1 }] },
      {
        kind: "map",
        entries: [
          [
            { kind: "integer", value: -1 },
            { kind: "bytes", value: new Uint8Array(32) },
          ],
        ],
      },
      {
        kind: "map",
        entries: [
          [
            { kind: "text", value: "0" },
            { kind: "bytes", value: new Uint8Array(32) },
          ],
        ],
      },
      {
        kind: "map",
        entries: [
          [
            { kind: "integer", value: 0 },
            { kind: "bytes", value: new Uint8Array(31) },
          ],
        ],
      },
      {
        kind: "map",
        entries: [
          [
            { kind: "integer", value: 0 },
            { kind: "text", value: "u".repeat(32) },
          ],
        ],
      },
    ];
    for (const at of items.keys())
      for (const other of others)
        expect(codeOfItem(at, other), `${at} ${JSON.stringify(other)}`).to.equal("SHAPE_WRONG");
  });

  it("refuses a key that is no point of P-256, and secret keys", () => {
    const keys = [
      concatBytes(KEY.slice(0, 3), new Uint8Array(32).fill(255)),
      concatBytes(Uint8Array.of(0x80, 0x24, 0x04), KEY.slice(3)),
      concatBytes(Uint8Array.of(0x81, 0x24), KEY.slice(2)),
      concatBytes(Uint8Array.of(0x86, 0x26), KEY.slice(2)),
      concatBytes(Uint8Array.of(0xed, 0x01), toEd25519PublicKey(SECRET), Uint8Array.of(0)),
      KEY.slice(0, 34),
    ];
    for (const keyBytes of keys) expect(codeWith({ keyBytes }), toHexDigits(keyBytes)).to.equal("SHAPE_WRONG");
  });

  it("refuses names and numbers that are there twice", () => {
    const [zero, one] = PARTS.labels.map(([, label]) => label) as [Uint8Array, Uint8Array];
    expect(
      codeWith({
        labels: [
          [0, zero],
          [0, one],
        ],
      }),
    ).to.equal("SHAPE_WRONG");
    expect(
      codeWith({
        labels: [
          [0, zero],
          [1, zero],
        ],
      }),
    ).to.equal("SHAPE_WRONG");
    expect(codeWith({ mandatory: [0, 2, 2] })).to.equal("SHAPE_WRONG");
    expect(codeWith({ mandatory: [5, 0, 2] })).to.equal("none");
  });

  it("refuses more signatures, names and numbers than are read", () => {
    const signature = new Uint8Array(64);
    const name = (at: number): Uint8Array => concatBytes(new Uint8Array(30), Uint8Array.of(at >> 8, at & 255));
    const many = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);
    expect(codeWith({ signatures: many(1024).map(() => signature) })).to.equal("none");
    expect(codeWith({ signatures: many(1025).map(() => signature) })).to.equal("PROOF_TOO_LONG");
    expect(codeWith({ labels: many(5000).map((at) => [at, name(at)] as const) })).to.equal("none");
    expect(codeWith({ labels: many(5001).map((at) => [at, name(at)] as const) })).to.equal("PROOF_TOO_LONG");
    expect(codeWith({ mandatory: many(5000) })).to.equal("none");
    expect(codeWith({ mandatory: many(5001) })).to.equal("PROOF_TOO_LONG");
  });

  it("throws nothing but refusals, and reads an altered text as another one", async () => {
    const whole = toCborBytes({ kind: "tag", tag: 0x5d01, item: { kind: "array", items: toItems(PARTS) } });
    const text = JSON.stringify(parseDerivedProofValue(toMultibase64(whole)), spell);
    await holds(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = toMultibase64(whole.with(at, whole[at]! ^ flip));
        if (codeOf(altered) === "none")
          expect(JSON.stringify(parseDerivedProofValue(altered), spell)).not.to.equal(text);
        else expect(codeOf(altered)).to.match(/^(?:SHAPE_WRONG|PROOF_TOO_LONG)$/);
      }),
    );
  });
});

/** Maps and sets as JSON, which would leave their contents out. */
function spell(_name: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}

describeVectors("w3c/w3c-di-ecdsa/ecdsa-sd-2023", "the derived proofs of W3C vc-di-ecdsa", () => {
  for (const folder of ["employ", "prc"])
    it(`are read as published (${folder})`, () => {
      const json = (name: string): JsonObject =>
        JSON.parse(vectorText(`w3c/w3c-di-ecdsa/ecdsa-sd-2023/${folder}/${name}.json`)) as JsonObject;
      const proofValue = (name: string): string => textOf(json(name)["proof"] as JsonObject, "proofValue") ?? "";
      const read = parseDerivedProofValue(proofValue("derivedRevealDocument"));
      const published = json("verifyDerivedProofValue");
      expect(toHexDigits(read.baseSignature)).to.equal(published["baseSignature"]);
      expect(toMultikey({ curve: "P-256", bytes: read.key })).to.equal(published["publicKey"]);
      expect(read.signatures.map(toHexDigits)).to.deep.equal(published["signatures"]);
      expect([...read.labels]).to.deep.equal(published["labelMap"]);
      expect([...read.mandatory]).to.deep.equal(published["mandatoryIndexes"]);
      expect(codeOf(proofValue("addSignedSDBase"))).to.equal("SHAPE_WRONG");
    });
});
