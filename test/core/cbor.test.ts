/** Packed values: what is written is read back, and nothing else is read. */

import { expect } from "chai";
import fc from "fast-check";

import { fromHex } from "../../src/core/bytes.ts";
import { parseCbor, toCborBytes, type Cbor } from "../../src/core/cbor.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { holds } from "../support/property.ts";

const { item } = fc.letrec<{ item: Cbor; leaf: Cbor }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -(2 ** 40), max: Number.MAX_SAFE_INTEGER }).map((value): Cbor => ({ kind: "integer", value })),
    fc.uint8Array({ maxLength: 300 }).map((value): Cbor => ({ kind: "bytes", value })),
    fc.string({ unit: "binary", maxLength: 100 }).map((value): Cbor => ({ kind: "text", value })),
  ),
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("item"), { maxLength: 30 }).map((items): Cbor => ({ kind: "array", items })),
    fc.array(fc.tuple(tie("leaf"), tie("item")), { maxLength: 3 }).map((entries): Cbor => ({ kind: "map", entries })),
    fc.record({ kind: fc.constant("tag" as const), tag: fc.nat(), item: tie("leaf") }),
  ),
}));

function refusal(hex: string): unknown {
  try {
    return parseCbor(fromHex(hex));
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
}

describe("parseCbor", () => {
  it("reads what toCborBytes writes", async () => {
    await holds(fc.property(item, (value) => expect(parseCbor(toCborBytes(value))).to.deep.equal(value) && undefined));
  });

  it("reads the examples of RFC 8949, appendix A", () => {
    expect(refusal("1818")).to.deep.equal({ kind: "integer", value: 24 });
    expect(refusal("1b000000e8d4a51000")).to.deep.equal({ kind: "integer", value: 1_000_000_000_000 });
    expect(refusal("3903e7")).to.deep.equal({ kind: "integer", value: -1000 });
    expect(refusal("62c3bc")).to.deep.equal({ kind: "text", value: "ü" });
  });

  const refused: Readonly<Record<string, string>> = {
    "an integer written longer than it has to be": "1817",
    "a 16-bit integer that fits into a byte": "1900ff",
    "a 32-bit length that fits into 16 bits": "5a00000001aa",
    "an array of indefinite length": "9f01ff",
    "a float": "f93c00",
    true: "f5",
    "bytes after the item": "0101",
    "bytes that end too early": "4401",
    "an array that promises more than there is": "9b000000ffffffffff",
    "a text that is not UTF-8": "61ff",
    "an integer above 2^53": "1bffffffffffffffff",
    "nothing at all": "",
    "arrays nine levels deep": "818181818181818180",
  };
  for (const [what, hex] of Object.entries(refused))
    it(`refuses ${what}`, () => {
      expect(refusal(hex)).to.equal("SHAPE_WRONG");
    });
});
