/** Encoding and decoding of status lists: other people's lists, every bit order that is wrong, and bombs. */

import { deflateSync, gunzipSync, gzipSync } from "node:zlib";

import { expect } from "chai";
import fc from "fast-check";

import {
  countEntries,
  decodeBitstring,
  encodeBitstring,
  findValue,
  MIN_ENTRIES,
  putValue,
  type DecodedBitstring,
} from "../../src/status/bitstring.ts";
import { holds } from "../support/property.ts";
import { findJsonVectors } from "../support/vectors.ts";

interface ListVector {
  readonly credentialSubject: { readonly encodedList: string };
}

const DCC = "w3c/dcc/statusLists/didkey-ed25519Signature2020";

/** Positions of the bits that are set. */
function setBits(decoded: DecodedBitstring): readonly number[] {
  if (decoded.kind === "refused") throw new Error(decoded.reason);
  const { bits } = decoded;
  const positions: number[] = [];
  for (let index = 0; index < countEntries(bits, 1); index++)
    if (findValue(bits, { index, size: 1 }) === 1) positions.push(index);
  return positions;
}

function codeOf(decoded: DecodedBitstring): string {
  return decoded.kind === "refused" ? decoded.code : decoded.kind;
}

function toText(bytes: Uint8Array, prefix = "u"): string {
  return prefix + Buffer.from(bytes).toString("base64url");
}

describe("decodeBitstring", () => {
  const vectors: readonly [string, readonly number[], number, string][] = [
    ["w3c/1edtech-ob3/bit-string-list/testlist.json", [23], 131_072, "multibase"],
    [`${DCC}/e5WK8CbZ1GjycuPombrj.json`, [2, 6, 8], 100_000, "multibase"],
    ["blockcerts/status/blockcerts-status-list-2021.json", [], 131_072, "bare"],
  ];
  for (const [path, positions, entries, spelling] of vectors) {
    it(`reads ${path}`, async () => {
      const vector = findJsonVectors(path) as ListVector | undefined;
      if (vector === undefined) return;
      const decoded = await decodeBitstring(vector.credentialSubject.encodedList);
      expect(decoded).to.include({ kind: "list", spelling });
      if (positions.length > 0) expect(setBits(decoded)).to.deep.equal(positions);
      expect(decoded.kind === "list" && countEntries(decoded.bits, 1)).to.equal(entries);
    });
  }

  it("refuses the list of the DCC that was tampered with", async () => {
    const vector = findJsonVectors(`${DCC}/tampered.json`) as ListVector | undefined;
    if (vector === undefined) return;
    expect(codeOf(await decodeBitstring(vector.credentialSubject.encodedList))).to.equal("MALFORMED_VALUE_ERROR");
  });

  const small = gzipSync(Buffer.alloc(16_384));
  const malformed: readonly [string, string][] = [
    ["an empty text", ""],
    ["the letter u alone", "u"],
    ["padding", `${toText(small)}=`],
    ["letters of plain base64", toText(small).replace(/.$/, "+")],
    ["white space", ` ${toText(small)}`],
    ["another multibase", toText(small, "z")],
    ["a list that was cut short", toText(small.subarray(0, -4))],
    ["a wrong check sum", toText(Buffer.concat([small.subarray(0, -8), Buffer.alloc(8, 1)]))],
    ["something after the end", toText(Buffer.concat([small, Buffer.from("x")]))],
    ["zlib, as other lists use", toText(deflateSync(Buffer.alloc(16_384)))],
    ["bits that were not compressed", toText(Buffer.alloc(16_384))],
  ];
  for (const [what, text] of malformed) {
    it(`refuses ${what}`, async () => expect(codeOf(await decodeBitstring(text))).to.equal("MALFORMED_VALUE_ERROR"));
  }

  it("refuses a text of more than 1 MiB", async () => {
    expect(codeOf(await decodeBitstring("u".repeat(1024 * 1024 + 1)))).to.equal("STATUS_LIST_LENGTH_ERROR");
  });

  it("reads 16 MiB, and stops at one byte more without holding what follows", async () => {
    const limit = 16 * 1024 * 1024;
    expect(codeOf(await decodeBitstring(toText(gzipSync(Buffer.alloc(limit)))))).to.equal("list");
    expect(codeOf(await decodeBitstring(toText(gzipSync(Buffer.alloc(limit + 1)))))).to.equal(
      "STATUS_LIST_LENGTH_ERROR",
    );
    // so large that what the collector has not taken back yet cannot be mistaken for it
    const zeros = Buffer.alloc(400_000_000);
    const bomb = toText(gzipSync(zeros));
    const before = process.memoryUsage().arrayBuffers;
    expect(codeOf(await decodeBitstring(bomb))).to.equal("STATUS_LIST_LENGTH_ERROR");
    expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(zeros.length / 4);
  });

  it("never rejects, whatever it is shown", async () => {
    await holds(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.uint8Array().map((bytes) => toText(bytes)),
        ),
        async (text) => {
          expect(codeOf(await decodeBitstring(text))).to.be.oneOf(["list", "MALFORMED_VALUE_ERROR"]);
        },
      ),
    );
  });
});

describe("encodeBitstring", () => {
  it("writes what another GZIP reads, after the letter u", async () => {
    const bits = new Uint8Array(MIN_ENTRIES / 8);
    putValue(bits, { index: 0, size: 1 }, 1);
    const text = await encodeBitstring(bits);
    expect(text).to.match(/^uH4sI[A-Za-z0-9_-]+$/);
    expect([...gunzipSync(Buffer.from(text.slice(1), "base64url"))]).to.deep.equal([...bits]);
  });

  it("fills short lists up to the least length", async () => {
    const decoded = await decodeBitstring(await encodeBitstring(Uint8Array.of(0x80)));
    expect(setBits(decoded)).to.deep.equal([0]);
    expect(decoded.kind === "list" && countEntries(decoded.bits, 1)).to.equal(MIN_ENTRIES);
  });

  it("is read back as it was", async () => {
    await holds(
      fc.asyncProperty(fc.uint8Array({ minLength: 16_384, maxLength: 20_000 }), async (bits) => {
        const decoded = await decodeBitstring(await encodeBitstring(bits));
        expect(decoded).to.include({ kind: "list", spelling: "multibase" });
        expect(decoded.kind === "list" && Buffer.compare(decoded.bits, bits)).to.equal(0);
      }),
      0.2,
    );
  });
});

describe("findValue", () => {
  it("counts from the left-most bit of the first byte", () => {
    const bits = Uint8Array.of(0b1000_0001, 0b0100_0000);
    expect([0, 1, 7, 8, 9].map((index) => findValue(bits, { index, size: 1 }))).to.deep.equal([1, 0, 1, 0, 1]);
  });

  it("reads wider values with their highest bit first, across bytes too", () => {
    const bits = Uint8Array.of(0b1100_0110, 0b1010_0000);
    expect([0, 1, 2, 3].map((index) => findValue(bits, { index, size: 2 }))).to.deep.equal([3, 0, 1, 2]);
    expect([0, 1, 2, 3, 4].map((index) => findValue(bits, { index, size: 3 }))).to.deep.equal([6, 1, 5, 2, 0]);
    expect(findValue(Uint8Array.of(0xff, 0xff, 0xff, 0xfe), { index: 0, size: 32 })).to.equal(0xfffffffe);
  });

  it("finds nothing beyond the end, not even half an entry", () => {
    const bits = new Uint8Array(2);
    expect(findValue(bits, { index: 16, size: 1 })).to.equal(undefined);
    expect(findValue(bits, { index: 5, size: 3 })).to.equal(undefined);
    expect(findValue(bits, { index: Number.MAX_SAFE_INTEGER, size: 32 })).to.equal(undefined);
  });
});

describe("putValue", () => {
  it("writes one entry and touches no other", async () => {
    const place = fc
      .integer({ min: 1, max: 32 })
      .chain((size) =>
        fc.record({ size: fc.constant(size), index: fc.nat(Math.floor(640 / size) - 1), value: fc.maxSafeNat() }),
      );
    await holds(
      fc.property(fc.uint8Array({ minLength: 80, maxLength: 80 }), place, (bits, { size, index, value: any }) => {
        const value = any % 2 ** size;
        const before = Array.from({ length: countEntries(bits, size) }, (_, at) =>
          findValue(bits, { index: at, size }),
        );
        putValue(bits, { index, size }, value);
        const after = Array.from({ length: countEntries(bits, size) }, (_, at) => findValue(bits, { index: at, size }));
        expect(after).to.deep.equal(before.with(index, value));
      }),
    );
  });

  it("refuses what has no room", () => {
    expect(() => putValue(new Uint8Array(1), { index: 8, size: 1 }, 1)).to.throw(RangeError);
    expect(() => putValue(new Uint8Array(1), { index: 0, size: 1 }, 2)).to.throw(RangeError);
  });
});
