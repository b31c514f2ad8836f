/** Messages written in pieces, digested together: against `@noble/hashes`, over WebAssembly and without. */

import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import * as fc from "fast-check";

import { concatBytes, toHexDigits, toUtf8 } from "../../../src/core/bytes.ts";
import { createJavaScriptKernel } from "../../../src/core/keccak/javascript-kernel.ts";
import { createKeccakBatch, type KeccakBatch } from "../../../src/core/keccak/keccak-batch.ts";
import { holds } from "../../support/property.ts";

type Piece = { readonly text: string } | { readonly bytes: Uint8Array } | { readonly digits: Uint8Array };

const pieces: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({ text: fc.string({ unit: "binary", maxLength: 90, size: "max" }) }),
  fc.record({ text: fc.string({ unit: "grapheme-ascii", maxLength: 90, size: "max" }) }),
  fc.record({ bytes: fc.uint8Array({ maxLength: 200 }) }),
  fc.record({ digits: fc.uint8Array({ maxLength: 40 }) }),
);

function bytesOf(piece: Piece): Uint8Array {
  if ("text" in piece) return toUtf8(piece.text);
  return "bytes" in piece ? piece.bytes : toUtf8(toHexDigits(piece.digits));
}

function add(batch: KeccakBatch, piece: Piece): void {
  if ("text" in piece) batch.addText(piece.text);
  else if ("bytes" in piece) batch.addBytes(piece.bytes);
  else batch.addHexDigits(piece.digits);
}

for (const [name, create] of [
  ["over this engine's kernel", () => createKeccakBatch()],
  ["without WebAssembly", () => createKeccakBatch(createJavaScriptKernel())],
] as const) {
  describe(`createKeccakBatch, ${name}`, () => {
    it("digests every message, flush after flush", () => {
      const batch = create();
      return holds(
        fc.property(fc.array(fc.array(pieces, { maxLength: 5 }), { maxLength: 12 }), (messages) => {
          for (const message of messages) {
            for (const piece of message) add(batch, piece);
            batch.endMessage();
          }
          const expected = concatBytes(...messages.map((message) => keccak_256(concatBytes(...message.map(bytesOf)))));
          expect(batch.flush()).to.deep.equal(expected);
        }),
      );
    });

    it("digests texts that are messages of their own, as if they had come one by one", () => {
      const batch = create();
      const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme-ascii", maxLength: 200 }));
      return holds(
        fc.property(fc.array(text), (texts) => {
          batch.addMessages(texts);
          expect(batch.flush()).to.deep.equal(concatBytes(...texts.map((each) => keccak_256(toUtf8(each)))));
        }),
      );
    });

    it("grows with what is written, and keeps what was written before", () => {
      const batch = create();
      const texts = Array.from({ length: 3_000 }, (_, at) => `${at}${"é".repeat(at % 90)}`);
      for (const text of texts) {
        batch.addText(text);
        batch.endMessage();
      }
      batch.addBytes(new Uint8Array(300_000));
      batch.endMessage();
      const digests = batch.flush();
      for (const at of [0, 1, 1_500, 2_999])
        expect(digests.subarray(32 * at, 32 * at + 32)).to.deep.equal(keccak_256(toUtf8(texts[at]!)));
      expect(digests.subarray(32 * 3_000)).to.deep.equal(keccak_256(new Uint8Array(300_000)));
    });

    it("drops a message that was begun and not ended", () => {
      const batch = create();
      batch.addText("begun");
      expect(batch.flush()).to.have.length(0);
      batch.addText("whole");
      batch.endMessage();
      expect(batch.flush()).to.deep.equal(keccak_256(toUtf8("whole")));
    });
  });
}
