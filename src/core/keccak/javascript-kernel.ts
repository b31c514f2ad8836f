/** The kernel's place taken by `@noble/hashes`, where WebAssembly is missing or forbidden: the same work, slower. */

import { keccak_256 } from "@noble/hashes/sha3.js";

import { compareBytes } from "../bytes.ts";
import type { KeccakKernel } from "./kernel.ts";

/** A new kernel without WebAssembly. */
export function createJavaScriptKernel(): KeccakKernel {
  let memory = new Uint8Array(65_536);
  const pair = new Uint8Array(64);
  return {
    kind: "javascript",
    free: 0,
    memory: () => memory,
    reserve(end) {
      if (end <= memory.length) return;
      const grown = new Uint8Array(2 ** Math.ceil(Math.log2(end)));
      grown.set(memory);
      memory = grown;
    },
    hashMany(input, ends, count, out) {
      const table = new Uint32Array(memory.buffer, ends, count);
      let start = 0;
      for (const [at, end] of table.entries()) {
        memory.set(keccak_256(memory.subarray(input + start, input + end)), out + at * 32);
        start = end;
      }
    },
    hashPairs(nodes, pairs, out, sorted) {
      for (let at = 0; at < pairs; at++) {
        const left = memory.subarray(nodes + at * 64, nodes + at * 64 + 32);
        const right = memory.subarray(nodes + at * 64 + 32, nodes + at * 64 + 64);
        const swapped = sorted && compareBytes(left, right) > 0;
        pair.set(swapped ? right : left);
        pair.set(swapped ? left : right, 32);
        memory.set(keccak_256(pair), out + at * 32);
      }
    },
  };
}
