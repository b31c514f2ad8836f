/** Every hash kernel there is, held to the same behaviour; and the compiled file, to its sources. */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import * as fc from "fast-check";

import { KERNEL_FILE, kernelFile } from "../../../scripts/build-kernel.ts";
import { compareBytes, concatBytes } from "../../../src/core/bytes.ts";
import { createKernel } from "../../../src/core/keccak/create-kernel.ts";
import { createJavaScriptKernel } from "../../../src/core/keccak/javascript-kernel.ts";
import type { KeccakKernel } from "../../../src/core/keccak/kernel.ts";
import { findWasmKernel } from "../../../src/core/keccak/wasm-kernel.ts";
import { holds } from "../../support/property.ts";

const kernels: readonly (readonly [string, () => KeccakKernel | undefined])[] = [
  ["pair", () => findWasmKernel("pair")],
  ["single", () => findWasmKernel("single")],
  ["javascript", createJavaScriptKernel],
];

const TABLE = 40_000;
const OUT = 50_000;

function digestsOf(kernel: KeccakKernel, messages: readonly Uint8Array[]): Uint8Array {
  kernel.reserve(OUT + 32 * messages.length);
  const memory = kernel.memory();
  memory.fill(0xa5, kernel.free); // whatever lies behind a message must not count
  memory.set(concatBytes(...messages), kernel.free);
  let end = 0;
  const ends = Uint32Array.from(messages, (message) => (end += message.length));
  new Uint32Array(memory.buffer, TABLE, ends.length).set(ends);
  kernel.hashMany(kernel.free, TABLE, messages.length, OUT);
  return memory.slice(OUT, OUT + 32 * messages.length);
}

for (const [kind, create] of kernels) {
  describe(`the ${kind} kernel`, () => {
    let kernel: KeccakKernel;

    before(() => {
      const created = create();
      if (created === undefined) throw new Error(`this engine has no ${kind} kernel`);
      kernel = created;
    });

    it("is of that kind", () => expect(kernel.kind).to.equal(kind));

    it("digests messages of every length up to 300, and of lengths around the rate up to ten blocks", () => {
      const lengths = [
        ...Array.from({ length: 301 }, (_, length) => length),
        ...Array.from({ length: 10 }, (_, blocks) => [-8, -7, -1, 0, 1, 8].map((by) => 136 * (blocks + 1) + by)).flat(),
      ];
      for (const length of lengths) {
        const message = Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 0xff);
        const short = message.subarray(0, length >> 2);
        const expected = concatBytes(keccak_256(message), keccak_256(short), keccak_256(message));
        expect(compareBytes(digestsOf(kernel, [message, short, message]), expected), `${length}`).to.equal(0);
      }
    });

    it("digests many messages of mixed lengths in their order", () =>
      holds(
        fc.property(fc.array(fc.uint8Array({ maxLength: 500, size: "max" }), { maxLength: 40 }), (messages) => {
          const expected = concatBytes(...messages.map((message) => keccak_256(message)));
          expect(compareBytes(digestsOf(kernel, messages), expected)).to.equal(0);
        }),
      ));

    it("digests pairs, an odd number of them too, in the order given and in ascending order", () =>
      holds(
        fc.property(
          fc.nat(5),
          fc.boolean(),
          fc.uint8Array({ minLength: 384, maxLength: 384 }),
          (pairs, sorted, nodes) => {
            kernel.reserve(OUT + 32 * 6);
            const memory = kernel.memory();
            memory.fill(0, OUT, OUT + 32 * 6);
            memory.set(nodes, kernel.free);
            kernel.hashPairs(kernel.free, pairs, OUT, sorted);
            const digests = Array.from({ length: 6 }, (_, at) => {
              if (at >= pairs) return new Uint8Array(32); // not a byte beyond
              const pair = [nodes.subarray(64 * at, 64 * at + 32), nodes.subarray(64 * at + 32, 64 * at + 64)];
              return keccak_256(concatBytes(...(sorted ? pair.toSorted(compareBytes) : pair)));
            });
            expect(compareBytes(memory.slice(OUT, OUT + 32 * 6), concatBytes(...digests))).to.equal(0);
          },
        ),
      ));

    it("keeps what its memory holds when it grows", () => {
      kernel.memory().set([1, 2, 3], kernel.free);
      kernel.reserve(kernel.memory().length + 1);
      kernel.reserve(10);
      expect(kernel.memory().subarray(kernel.free, kernel.free + 3)).to.deep.equal(Uint8Array.of(1, 2, 3));
      const message = new Uint8Array(100);
      expect(digestsOf(kernel, [message])).to.deep.equal(keccak_256(message));
    });

    it("has memory that no other kernel has", () => {
      const other = create();
      expect(other?.memory().buffer).not.to.equal(kernel.memory().buffer);
    });
  });
}

describe("createKernel", () => {
  it("takes the fastest kernel this engine has", () => expect(createKernel().kind).to.equal("pair"));
});

describe(KERNEL_FILE, () => {
  it("equals a fresh build: `node scripts/build-kernel.ts` writes it anew", async () => {
    const text = await readFile(resolve(import.meta.dirname, "../../..", KERNEL_FILE), "utf8");
    expect((await kernelFile()) === text, `${KERNEL_FILE} is not what its sources compile to`).to.equal(true);
  });
});
