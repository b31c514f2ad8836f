/** Writes messages straight into the hash kernel's memory and digests them all at once: no copies, no strings between. */

import { createKernel } from "./create-kernel.ts";
import type { KeccakKernel } from "./kernel.ts";
import { MAX_BYTES_PER_UNIT, writeText } from "./write-text.ts";

/** Messages are written in pieces, ended, and digested together. One batch is used by one writer at a time. */
export interface KeccakBatch {
  /** Appends a text's UTF-8 bytes to the message. A lone surrogate becomes U+FFFD: refuse such texts before. */
  addText(text: string): void;
  addBytes(bytes: Uint8Array): void;
  /** Appends two lower-case hexadecimal digits a byte, as ASCII. */
  addHexDigits(bytes: Uint8Array): void;
  /** Ends the message; what is added next begins another. A message may be empty. */
  endMessage(): void;
  /**
   * Digests the messages that have ended, and empties the batch.
   *
   * @returns 32 bytes a message, in the order of writing, in an array of their own.
   */
  flush(): Uint8Array<ArrayBuffer>;
}

const HEX_DIGITS: Uint8Array = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** An empty batch with a kernel of its own. Its memory grows to the most that was ever written between two flushes. */
export function createKeccakBatch(kernel: KeccakKernel = createKernel()): KeccakBatch {
  const input = kernel.free;
  const ends: number[] = [];
  let memory = kernel.memory();
  let at = input;

  function makeRoom(bytes: number): void {
    if (at + bytes <= memory.length) return;
    kernel.reserve(Math.max(at + bytes, 2 * memory.length));
    memory = kernel.memory();
  }

  return {
    addText(text) {
      makeRoom(MAX_BYTES_PER_UNIT * text.length);
      at = writeText(memory, at, text);
    },
    addBytes(bytes) {
      makeRoom(bytes.length);
      memory.set(bytes, at);
      at += bytes.length;
    },
    addHexDigits(bytes) {
      makeRoom(2 * bytes.length);
      for (const byte of bytes) {
        memory[at++] = HEX_DIGITS[byte >> 4] ?? 0;
        memory[at++] = HEX_DIGITS[byte & 15] ?? 0;
      }
    },
    endMessage() {
      ends.push(at - input);
    },
    flush() {
      const digests = digestsOf(kernel, at, ends);
      memory = kernel.memory();
      at = input;
      ends.length = 0;
      return digests;
    },
  };
}

/** Digests the messages that lie from `kernel.free` up to `inputEnd`; the table of their ends is put behind them. */
function digestsOf(kernel: KeccakKernel, inputEnd: number, ends: readonly number[]): Uint8Array<ArrayBuffer> {
  const table = (inputEnd + 15) & ~7; // the kernel reads up to seven bytes behind the last message
  const out = table + 4 * ends.length;
  const outEnd = out + 32 * ends.length;
  kernel.reserve(outEnd);
  new Uint32Array(kernel.memory().buffer, table, ends.length).set(ends);
  kernel.hashMany(kernel.free, table, ends.length, out);
  return kernel.memory().slice(out, outEnd);
}
