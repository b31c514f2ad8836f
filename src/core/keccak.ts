/** Keccak-256 as Ethereum uses it (not SHA3-256): the hash of leaves, nodes and roots. A door of `@noble/hashes`. */

import { keccak_256 } from "@noble/hashes/sha3.js";

import { toUtf8, type Digest } from "./bytes.ts";
import { createKernel } from "./keccak/create-kernel.ts";
import type { KeccakKernel } from "./keccak/kernel.ts";
import { MAX_BYTES_PER_UNIT, writeText } from "./write-text.ts";

const DIGEST_BYTES = 32;
const PAIR_BYTES = 64;

/** What is handed to the kernel at a time; longer messages are digested outside, so that its memory stays small. */
const WINDOW_BYTES = 1 << 19;
const WINDOW_MESSAGES = 1 << 13;
const WINDOW_PAIRS = WINDOW_BYTES / PAIR_BYTES;

/** The kernel's memory: input, the table of ends, digests. Eight bytes are left behind the input. */
interface Window {
  readonly kernel: KeccakKernel;
  readonly memory: Uint8Array;
  readonly input: number;
  readonly ends: Uint32Array;
  readonly out: number;
}

/** The Keccak-256 digest, 32 bytes, of any number of bytes. */
export function keccak256(bytes: Uint8Array): Digest {
  if (bytes.length > WINDOW_BYTES) return keccak_256(bytes);
  const window = openWindow();
  window.memory.set(bytes, window.input);
  return digestOne(window, bytes.length);
}

/** The Keccak-256 digest of a text's UTF-8 bytes. */
export function keccakOfText(text: string): Digest {
  if (text.length * MAX_BYTES_PER_UNIT > WINDOW_BYTES) return keccak256(toUtf8(text));
  const window = openWindow();
  return digestOne(window, writeText(window.memory, window.input, text) - window.input);
}

/**
 * Digests many messages.
 *
 * @param input  the messages, one after the other.
 * @param ends  where each message ends in `input`, ascending; a message may be empty.
 * @param digests  receives 32 bytes a message; may not share memory with `input`.
 * @throws {RangeError} when the ends descend or leave the input, or the digests have no room.
 */
export function keccakMany(input: Uint8Array, ends: Uint32Array, digests: Uint8Array): void {
  refuseShort(digests, ends.length * DIGEST_BYTES, "digests");
  refuseDisorder(ends, input.length);
  for (let first = 0; first < ends.length;) {
    const start = first === 0 ? 0 : (ends[first - 1] ?? 0);
    const next = windowEnd(ends, first, start);
    if (next === first) {
      digests.set(keccak_256(input.subarray(start, ends[first])), first * DIGEST_BYTES);
      first++;
    } else {
      digestWindow(input, start, ends.subarray(first, next), digests.subarray(first * DIGEST_BYTES));
      first = next;
    }
  }
}

/**
 * The parents of one level of a tree.
 *
 * @param nodes  at least `pairs` × 64 bytes: the children, two digests a pair.
 * @param out  receives `pairs` × 32 bytes.
 * @param sorted  whether the smaller child of a pair is hashed first; else the order is kept.
 * @throws {RangeError} when either array is shorter than that.
 */
export function keccakPairs(nodes: Uint8Array, pairs: number, out: Uint8Array, sorted: boolean): void {
  refuseShort(nodes, pairs * PAIR_BYTES, "nodes");
  refuseShort(out, pairs * DIGEST_BYTES, "out");
  const window = openWindow();
  for (let first = 0; first < pairs; first += WINDOW_PAIRS) {
    const count = Math.min(WINDOW_PAIRS, pairs - first);
    window.memory.set(nodes.subarray(first * PAIR_BYTES, (first + count) * PAIR_BYTES), window.input);
    window.kernel.hashPairs(window.input, count, window.out, sorted);
    out.set(window.memory.subarray(window.out, window.out + count * DIGEST_BYTES), first * DIGEST_BYTES);
  }
}

/**
 * The parent of two nodes: what `keccakPairs` makes of one pair, without an array to lay it in.
 *
 * @param a  32 bytes, as `b`.
 */
export function keccakPair(a: Digest, b: Digest, sorted: boolean): Digest {
  if (a.length !== DIGEST_BYTES || b.length !== DIGEST_BYTES) throw new RangeError("nodes have 32 bytes each");
  const { kernel, memory, input, out } = openWindow();
  memory.set(a, input);
  memory.set(b, input + DIGEST_BYTES);
  kernel.hashPairs(input, 1, out, sorted);
  return memory.slice(out, out + DIGEST_BYTES);
}

/** The first message, at or after `first`, that does not fit into the window any more. */
function windowEnd(ends: Uint32Array, first: number, start: number): number {
  const most = Math.min(ends.length, first + WINDOW_MESSAGES);
  let next = first;
  while (next < most && (ends[next] ?? 0) - start <= WINDOW_BYTES) next++;
  return next;
}

function digestWindow(input: Uint8Array, start: number, theirEnds: Uint32Array, digests: Uint8Array): void {
  const { kernel, memory, input: at, ends, out } = openWindow();
  memory.set(input.subarray(start, theirEnds.at(-1)), at);
  for (const [index, end] of theirEnds.entries()) ends[index] = end - start;
  kernel.hashMany(at, ends.byteOffset, theirEnds.length, out);
  digests.set(memory.subarray(out, out + theirEnds.length * DIGEST_BYTES));
}

/** The digest of the message that the window holds. */
function digestOne({ kernel, memory, input, ends, out }: Window, length: number): Digest {
  ends[0] = length;
  kernel.hashMany(input, ends.byteOffset, 1, out);
  return memory.slice(out, out + DIGEST_BYTES);
}

let shared: Window | undefined;

/** Made at the first digest: compiling takes about a millisecond. */
function openWindow(): Window {
  shared ??= createWindow(createKernel());
  return shared;
}

function createWindow(kernel: KeccakKernel): Window {
  const table = kernel.free + WINDOW_BYTES + 8;
  const out = table + 4 * WINDOW_MESSAGES;
  kernel.reserve(out + DIGEST_BYTES * WINDOW_MESSAGES);
  const memory = kernel.memory();
  return { kernel, memory, input: kernel.free, ends: new Uint32Array(memory.buffer, table, WINDOW_MESSAGES), out };
}

function refuseShort(bytes: Uint8Array, needed: number, name: string): void {
  if (bytes.length < needed) throw new RangeError(`${name} must have ${needed} bytes or more; got ${bytes.length}`);
}

function refuseDisorder(ends: Uint32Array, length: number): void {
  let last = 0;
  for (const end of ends) {
    if (end < last || end > length)
      throw new RangeError(`messages end in order and within ${length} bytes; got ${end}`);
    last = end;
  }
}
