/** The proof value: the specification's own vector, one text for each place, and every other text refused. */

import { expect } from "chai";
import * as fc from "fast-check";

import { toBase64url } from "../../../src/core/base64url.ts";
import { concatBytes, fromHex, toHexDigits } from "../../../src/core/bytes.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { leafOf } from "../../../src/formats/w3c-vc-v2/anchor.ts";
import { parseProofValue, toProofValue } from "../../../src/formats/w3c-vc-v2/proof-value.ts";
import { holds } from "../../support/property.ts";
import { referencePath, referenceRoot } from "../../support/reference-tree.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

const hanging = fc.integer({ min: 1, max: 2 ** 32 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    index: fc.integer({ min: 0, max: size - 1 }),
    path: fc.array(digest, { maxLength: 32 }),
  }),
);

function codeOf(text: string): string {
  try {
    parseProofValue(text);
    return "none";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

function fromCbor(digits: string): string {
  return `u${toBase64url(fromHex(digits))}`;
}

describe("toProofValue", () => {
  // the specification's vectors, made there with two implementations
  it("gives the specification's proof value of leaf 4 of 7, and its leaf and roots", () => {
    const leaves = Array.from({ length: 7 }, (_, i) => leafOf({ i }));
    const [first = new Uint8Array()] = leaves;
    expect(toHexDigits(first)).to.equal("6e9bca7352239d998c8161458921e38637264e735a7dd96d8df9283d5eff8bc6");
    expect(toHexDigits(referenceRoot([first]))).to.equal(
      "5c65e7ea328277712dbd2495980133649c47e7238d9c64e7139ecac1d636cdd6",
    );
    expect(toHexDigits(referenceRoot(leaves))).to.equal(
      "2f436fc7f2802d61e2eec73ee72adb8f032d41542c39bc83a6031c989f603b49",
    );
    expect(toProofValue({ size: 7, index: 4, path: referencePath(leaves, 4) })).to.equal(
      "uhAEHBINYIMM5EQ-02cOJQp7XGr9QR1_uB7KPzVMsFWApcRWoeTV0WCCzhJG3fYoDuKC3WOQvkVJMBy7a4avSYgAsxL8WkeoglFggWjr9rysH65uaNp-hE34e-Cs6FQqputOEUeSIWeqSnt4",
    );
  });
});

describe("parseProofValue", () => {
  it("reads back every place, whatever its size", async () => {
    await holds(
      fc.property(hanging, (place) => {
        expect(parseProofValue(toProofValue(place))).to.deep.equal(place);
      }),
    );
  });

  it("refuses longer spellings of a number, bytes after the end and other versions", () => {
    expect(codeOf(fromCbor("8401010080"))).to.equal("none");
    for (const digits of [
      "840118010080", // size 1 in two bytes
      "84010119000080", // index 0 in three bytes
      "840101009800", // length 0 in two bytes
      "840101008000", // a byte after the end
      "8402010080", // version 2
      "850101008000", // five items
      "9f01010080ff", // an array without a stated length
      "8401012080", // index -1
      "8401f93c000080", // size as a float
      "c18401010080", // a tag around it
      "84010100", // nothing where the path should be
      "",
    ]) {
      expect(codeOf(fromCbor(digits)), digits).to.equal("SHAPE_WRONG");
    }
    for (const text of ["hAEBAIA", "uhAEBAIA=", "zhAEBAIA", "uhAEBAIB", " uhAEBAIA", "u"]) {
      expect(codeOf(text), text).to.equal("SHAPE_WRONG");
    }
  });

  it("refuses path items that are not 32 bytes, the last one cut off among them", () => {
    const item = "11".repeat(32);
    expect(codeOf(fromCbor(`84010200815820${item}`))).to.equal("none");
    for (const digits of [
      `581f${item.slice(2)}`,
      `5821${item}11`,
      `5820${item.slice(2)}`,
      `6020${item}`,
      `7820${item}`,
    ]) {
      expect(codeOf(fromCbor(`8401020081${digits}`)), digits).to.equal("SHAPE_WRONG");
    }
  });

  it("refuses sizes and indices out of range, and paths and texts that are too long", () => {
    expect(codeOf(fromCbor("8401000080"))).to.equal("SHAPE_WRONG");
    expect(codeOf(fromCbor("8401010180"))).to.equal("SHAPE_WRONG");
    expect(codeOf(fromCbor("84011b00000001000000010080"))).to.equal("SHAPE_WRONG");
    expect(codeOf(fromCbor("84011b00000001000000000080"))).to.equal("none");
    const path = (length: number): string =>
      toProofValue({ size: 2, index: 0, path: Array.from({ length }, () => new Uint8Array(32)) });
    expect(codeOf(path(32))).to.equal("none");
    expect(codeOf(path(33))).to.equal("PROOF_TOO_LONG");
    expect(codeOf(`u${"A".repeat(2048)}`)).to.equal("PROOF_TOO_LONG");
  });

  it("refuses any text but the one it would write", async () => {
    await holds(
      fc.property(hanging, fc.nat(), fc.integer({ min: 1, max: 255 }), (place, at, flip) => {
        const bytes = Uint8Array.from(Buffer.from(toProofValue(place).slice(1), "base64url"));
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
        const text = `u${toBase64url(concatBytes(bytes))}`;
        if (codeOf(text) === "none") expect(toProofValue(parseProofValue(text))).to.equal(text);
      }),
    );
  });
});
