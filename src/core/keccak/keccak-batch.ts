/** Writes messages straight into the hash kernel's memory and digests them all at once: no copies, no strings between. */

import { createKernel } from "./create-kernel.ts";
import type { KeccakKernel } from "./kernel.ts";
import { MAX_BYTES_PER_UNIT, MAX_JSON_BYTES_PER_UNIT, writeJsonText, writeText } from "../write-text.ts";

/** Messages are written in pieces, ended, and digested together. One batch is used by one writer at a time. */
export interface KeccakBatch {
  /** Appends a text's UTF-8 bytes to the message. A lone surrogate becomes U+FFFD: refuse such texts before. */
  addText(text: string): void;
  /** Appends texts that are messages of their own, as `addText` and `endMessage` for each, but all at once. */
  addMessages(texts: readonly string[]): void;
  /** Appends bytes, or those of them between two places. */
  addBytes(bytes: Uint8Array, from?: number, to?: number): void;
  addByte(byte: number): void;
  /** Appends a text as JSON writes it, in quotation marks. */
  addJsonText(text: string): void;
  /** Appends two lower-case hexadecimal digits a byte, as ASCII. */
  addHexDigits(bytes: Uint8Array): void;
  /** Drops what was written and not digested. */
  clear(): void;
  /** Ends the message; what is added next begins another. A message may be empty. */
  endMessage(): void;
  /**
   * Digests the messages that have ended, and empties the batch.
   *
   * @returns 32 bytes a message, in the order of writing, in an array of their own.
   */
  flush(): Uint8Array<ArrayBuffer>;
}

/** Above this, the engine's copying costs less than a loop. */
const SHORT_BYTES = 128;
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
    addMessages(texts) {
      const joined = texts.join("");
      makeRoom(MAX_BYTES_PER_UNIT * joined.length);
      const start = at;
      at = writeText(memory, at, joined);
      const isAscii = at - start === joined.length;
      let end = start - input;
      for (const text of texts) {
        end += isAscii ? text.length : bytesOf(text);
        ends.push(end);
      }
    },
    addBytes(bytes, from = 0, to = bytes.length) {
      makeRoom(to - from);
      if (to - from > SHORT_BYTES) {
        memory.set(bytes.subarray(from, to), at);
        at += to - from;
      } else for (let each = from; each < to; each++) memory[at++] = bytes[each] ?? 0;
    },
    addByte(byte) {
      makeRoom(1);
      memory[at++] = byte;
    },
    addJsonText(text) {
      makeRoom(MAX_JSON_BYTES_PER_UNIT * text.length + 2);
      at = writeJsonText(memory, at, text);
    },
    addHexDigits(bytes) {
      makeRoom(2 * bytes.length);
      for (const byte of bytes) {
        memory[at++] = HEX_DIGITS[byte >> 4] ?? 0;
        memory[at++] = HEX_DIGITS[byte & 15] ?? 0;
      }
    },
    clear() {
      at = input;
      ends.length = 0;
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

/** How many bytes UTF-8 takes for a text; a lone surrogate counts as U+FFFD, which is written for it. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    if (code > 0xffff) at++;
  }
  return bytes;
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
