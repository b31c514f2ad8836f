/** Sorts a batch of leaves and remembers where each went: a million in a fraction of a second, in flat memory. */

import { compareBytes } from "../core/bytes.ts";
import { countLeaves, digestAt } from "./tree.ts";

export interface SortedLeaves {
  /** The leaves, ascending, equal ones side by side: n × 32 bytes. */
  readonly leaves: Uint8Array;
  /** Where the leaf went that the caller had at a position. */
  readonly placeOf: Uint32Array;
}

/** Whole numbers that a double holds exactly have so many bits. */
const DOUBLE_BITS = 53;
const PREFIX_BITS = 32;

const DIGEST_WORDS = 8;

/**
 * Sorts leaves ascending, byte by byte; equal leaves keep the caller's order.
 *
 * @param leaves  n × 32 bytes, n up to 2^32; not changed.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function sortLeaves(leaves: Uint8Array): SortedLeaves {
  const order = orderLeaves(leaves);
  const from = wordsOf(leaves);
  const to = new Uint32Array(from.length);
  const placeOf = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const position = order[place] ?? 0;
    for (let word = 0; word < DIGEST_WORDS; word++)
      to[place * DIGEST_WORDS + word] = from[position * DIGEST_WORDS + word] ?? 0;
    placeOf[position] = place;
  }
  return { leaves: new Uint8Array(to.buffer), placeOf };
}

/** The same bytes four at a time, which copy faster than as parts of an array. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/**
 * The caller's positions in ascending order of their leaves, equal ones in the caller's order. One number a leaf is sorted, which needs no comparison
 * function: the leaf's first bits above its position. Leaves that share these bits are few, unless somebody made them;
 * they are sorted once more, by all their bytes.
 *
 * @param leaves  n × 32 bytes, n up to 2^32; not changed.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function orderLeaves(leaves: Uint8Array): Uint32Array {
  const count = countLeaves(leaves);
  const positions = 2 ** Math.ceil(Math.log2(count));
  const dropped = Math.max(0, PREFIX_BITS + Math.log2(positions) - DOUBLE_BITS);
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  const keys = new Float64Array(count);
  for (let position = 0; position < count; position++)
    keys[position] = (view.getUint32(position * 32) >>> dropped) * positions + position;
  keys.sort();
  const order = new Uint32Array(count);
  for (let place = 0; place < count; place++) order[place] = (keys[place] ?? 0) % positions;
  sortRuns(leaves, order, (place) => Math.floor((keys[place] ?? -1) / positions));
  return order;
}

/** Sorts the positions of leaves whose first bits are the same, and which therefore stand side by side already. */
function sortRuns(leaves: Uint8Array, order: Uint32Array, prefixAt: (place: number) => number): void {
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && prefixAt(end) === prefixAt(start)) end++;
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => compareBytes(digestAt(leaves, a), digestAt(leaves, b)) || a - b);
    start = end;
  }
}
