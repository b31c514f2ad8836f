/** What contracts return is read to the byte. */

import { expect } from "chai";
import fc from "fast-check";

import { parseBool, parseWords, toAddress, toSafeNumber } from "../../src/chain/abi-answers.ts";
import { toHex } from "../../src/core/bytes.ts";
import { holds } from "../support/property.ts";

describe("parseBool", () => {
  it("takes exactly 32 bytes that are 0 or 1, and nothing else", async () => {
    const yes = `${"00".repeat(31)}01`;
    expect(parseBool(`0x${yes}`)).to.equal(true);
    expect(parseBool(`0x${"00".repeat(32)}`)).to.equal(false);
    await holds(
      fc.property(fc.uint8Array({ maxLength: 96 }), (bytes) => {
        const isBool = bytes.length === 32 && bytes.slice(0, 31).every((byte) => byte === 0) && (bytes[31] ?? 2) < 2;
        expect(parseBool(toHex(bytes)) !== undefined).to.equal(isBool);
      }),
    );
    for (const data of ["0x", `0x${yes}00`, `0x${yes}${yes}`, `0x${yes.slice(2)}`] as const) {
      expect(parseBool(data), data).to.equal(undefined);
    }
  });
});

describe("parseWords", () => {
  it("gives back the numbers that were written, whatever their number", async () => {
    await holds(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), { maxLength: 5 }), (words) => {
        const data = words.map((word) => word.toString(16).padStart(64, "0")).join("");
        expect(parseWords(`0x${data}`, words.length)).to.deep.equal(words);
        expect(parseWords(`0x${data}`, words.length + 1)).to.equal(undefined);
      }),
    );
  });
});

describe("toSafeNumber and toAddress", () => {
  it("refuse what does not fit", () => {
    expect(toSafeNumber(2n ** 53n - 1n)).to.equal(Number.MAX_SAFE_INTEGER);
    expect(toSafeNumber(2n ** 53n)).to.equal(undefined);
    expect(toAddress(1n)).to.equal(`0x${"00".repeat(19)}01`);
    expect(toAddress(2n ** 160n)).to.equal(undefined);
  });
});
