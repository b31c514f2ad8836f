/** Keccak-256 one by one, many at a time and in pairs, against `@noble/hashes` and published digests. */

import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import * as fc from "fast-check";

import { compareBytes, concatBytes, toHexDigits, toUtf8 } from "../../src/core/bytes.ts";
import { keccak256, keccakMany, keccakOfText, keccakPairs } from "../../src/core/keccak.ts";
import { holds } from "../support/property.ts";

/** What a window of the kernel holds, and a little more. */
const MORE_THAN_A_WINDOW = (1 << 19) + 1;

function digestsOf(messages: readonly Uint8Array[]): Uint8Array {
  let end = 0;
  const ends = Uint32Array.from(messages, (message) => (end += message.length));
  const digests = new Uint8Array(32 * messages.length);
  keccakMany(concatBytes(...messages), ends, digests);
  return digests;
}

function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 131 + length * 17) & 0xff);
}

describe("keccak256", () => {
  it("gives Ethereum's digests of nothing and of abc", () => {
    // the code hash of an account without code, and the first of the published Keccak test vectors
    expect(toHexDigits(keccak256(new Uint8Array()))).to.equal(
      "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    );
    expect(toHexDigits(keccakOfText("abc"))).to.equal(
      "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    );
  });

  it("agrees with noble on every length up to 300, around every rate up to 10 kB, and beyond the window", () => {
    const lengths = [
      ...Array.from({ length: 301 }, (_, length) => length),
      ...Array.from({ length: 75 }, (_, blocks) => [-9, -8, -7, -1, 0, 1, 7, 8].map((by) => 136 * blocks + by)).flat(),
      MORE_THAN_A_WINDOW - 1,
      MORE_THAN_A_WINDOW,
    ].filter((length) => length >= 0);
    for (const length of lengths)
      expect(compareBytes(keccak256(patterned(length)), keccak_256(patterned(length))), `${length}`).to.equal(0);
  });

  it("keeps nothing of the message before", () => {
    keccak256(new Uint8Array(400).fill(0xff));
    expect(keccak256(patterned(3))).to.deep.equal(keccak_256(patterned(3)));
  });

  it("gives digests that are their own", () => {
    const first = keccak256(patterned(1));
    const before = first.slice();
    keccak256(patterned(2));
    expect(first).to.deep.equal(before);
  });
});

describe("keccakOfText", () => {
  it("agrees with noble on texts of every script and length", () =>
    holds(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        expect(keccakOfText(text)).to.deep.equal(keccak_256(toUtf8(text)));
      }),
    ));

  it("digests a text too long for the window", () => {
    const text = "é".repeat(MORE_THAN_A_WINDOW);
    expect(keccakOfText(text)).to.deep.equal(keccak_256(toUtf8(text)));
  });
});

describe("keccakMany", () => {
  it("agrees with noble on messages of mixed lengths", () =>
    holds(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300, size: "max" }), { maxLength: 9 }), (messages) => {
        const expected = concatBytes(...messages.map((message) => keccak_256(message)));
        expect(digestsOf(messages)).to.deep.equal(expected);
      }),
    ));

  it("agrees with noble on more messages and bytes than a window holds, the longest outside of it", () => {
    const messages = [
      ...Array.from({ length: 9_000 }, (_, at) => patterned(at % 7)),
      patterned(MORE_THAN_A_WINDOW),
      patterned(300_000),
      patterned(300_000),
      patterned(5),
    ];
    const digests = digestsOf(messages);
    for (const at of [0, 1, 8_191, 8_192, 8_193, 8_999, 9_000, 9_001, 9_002, 9_003])
      expect(digests.subarray(32 * at, 32 * at + 32), `${at}`).to.deep.equal(keccak_256(messages[at]!));
  });

  it("takes ends that begin late or leave bytes over, as the first message begins at 0", () => {
    const input = patterned(10);
    const digests = new Uint8Array(32);
    keccakMany(input, Uint32Array.of(4), digests);
    expect(digests).to.deep.equal(keccak_256(input.subarray(0, 4)));
  });

  it("refuses ends that descend, ends outside of the input and digests without room", () => {
    const input = new Uint8Array(10);
    expect(() => keccakMany(input, Uint32Array.of(5, 4), new Uint8Array(64))).to.throw(RangeError);
    expect(() => keccakMany(input, Uint32Array.of(11), new Uint8Array(32))).to.throw(RangeError);
    expect(() => keccakMany(input, Uint32Array.of(1, 2), new Uint8Array(63))).to.throw(RangeError);
  });
});

describe("keccakPairs", () => {
  const nodes = fc
    .array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 2, maxLength: 9 })
    .map((list) => (list.length % 2 === 0 ? list : list.slice(1)));

  it("agrees with noble, in the order given and in ascending order", () =>
    holds(
      fc.property(nodes, fc.boolean(), (list, sorted) => {
        const out = new Uint8Array(16 * list.length);
        keccakPairs(concatBytes(...list), list.length / 2, out, sorted);
        for (let at = 0; at < list.length; at += 2) {
          const pair = [list[at]!, list[at + 1]!];
          if (sorted) pair.sort(compareBytes);
          expect(out.subarray(16 * at, 16 * at + 32)).to.deep.equal(keccak_256(concatBytes(...pair)));
        }
      }),
    ));

  it("finds the first byte in which a pair differs, wherever it is, as an unsigned number", () => {
    for (let at = 0; at < 32; at++) {
      const [low, high] = [new Uint8Array(32).fill(0x41), new Uint8Array(32).fill(0x41)];
      low[at] = 0x7f;
      high[at] = 0x80;
      if (at < 31) low[at + 1] = 0xff;
      const out = new Uint8Array(64);
      keccakPairs(concatBytes(high, low, low, high), 2, out, true);
      const expected = keccak_256(concatBytes(low, high));
      expect(out, `${at}`).to.deep.equal(concatBytes(expected, expected));
    }
  });

  it("goes on where a window ends", () => {
    const pairs = 8_192 + 3;
    const input = patterned(64 * pairs);
    const out = new Uint8Array(32 * pairs);
    keccakPairs(input, pairs, out, false);
    for (const at of [0, 8_191, 8_192, 8_194])
      expect(out.subarray(32 * at, 32 * at + 32)).to.deep.equal(keccak_256(input.subarray(64 * at, 64 * at + 64)));
  });

  it("refuses arrays that are too short", () => {
    expect(() => keccakPairs(new Uint8Array(127), 2, new Uint8Array(64), true)).to.throw(RangeError);
    expect(() => keccakPairs(new Uint8Array(128), 2, new Uint8Array(63), true)).to.throw(RangeError);
  });
});
