/** Bytes and hexadecimal text, compared with Node's own reading of it. */

import { expect } from "chai";
import fc from "fast-check";

import { fromHex, isDigestDigits, toHex, toHexDigits } from "../../src/core/bytes.ts";
import { holds } from "../support/property.ts";

const anyBytes = fc.uint8Array({ maxLength: 100 });

describe("toHex and fromHex", () => {
  it("write and read as Node does, in either case, with a prefix or without", async () => {
    await holds(
      fc.property(anyBytes, (bytes) => {
        const digits = Buffer.from(bytes).toString("hex");
        expect(toHexDigits(bytes)).to.equal(digits);
        expect(toHex(bytes)).to.equal(`0x${digits}`);
        for (const text of [digits, `0x${digits}`, digits.toUpperCase()]) expect(fromHex(text)).to.deep.equal(bytes);
      }),
    );
  });

  it("refuse every character that is no digit, and half a byte", async () => {
    await holds(
      fc.property(anyBytes, fc.nat(), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }), (bytes, at, odd) => {
        fc.pre(!/[0-9a-f]/i.test(odd));
        const digits = Buffer.from(bytes).toString("hex");
        const place = at % (digits.length + 1);
        const replaced = digits.slice(0, place) + odd + digits.slice(place + odd.length);
        expect(() => fromHex(replaced)).to.throw(RangeError);
        expect(() => fromHex(`${digits}a`)).to.throw(RangeError);
      }),
    );
    for (const text of ["0x0", "x", "0X00", "0x0x", "é0", "0Ġ", " 00", "00\n"])
      expect(() => fromHex(text), text).to.throw(RangeError);
  });
});

describe("isDigestDigits", () => {
  it("knows 64 lower-case digits, and nothing else", () => {
    const digits = "0123456789abcdef".repeat(4);
    expect(isDigestDigits(digits)).to.equal(true);
    for (const other of [
      digits.toUpperCase(),
      digits.slice(1),
      `${digits}0`,
      `${digits.slice(1)}g`,
      `${digits.slice(1)}A`,
      `${digits.slice(1)}\u0130`,
      `${digits}\n`,
      Array.from(digits),
      64,
      undefined,
      null,
    ])
      expect(isDigestDigits(other), String(other)).to.equal(false);
  });
});
