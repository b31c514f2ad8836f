/** Sorts a batch of leaves and remembers where each went: a million in a fraction of a second, in flat memory. */

import { compareBytes } from "../core/bytes.ts";
import { countLeaves, digestAt } from "./tree.ts";

export interface SortedLeaves {
  /** The leaves, ascending, equal ones side by side: n × 32 bytes. */
  readonly leaves: Uint8Array;
  /** Where the leaf went that the caller had at a position. */
  readonly placeOf: Uint32Array;
}

const INDEX_BITS = 32n;

/**
 * Sorts leaves ascending, byte by byte; equal leaves keep the caller's order.
 *
 * @param leaves  n × 32 bytes; not changed.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function sortLeaves(leaves: Uint8Array): SortedLeaves {
  const order = orderOf(leaves);
  const sorted = new Uint8Array(leaves.length);
  const placeOf = new Uint32Array(order.length);
  for (const [place, position] of order.entries()) {
    sorted.set(digestAt(leaves, position), place * 32);
    placeOf[position] = place;
  }
  return { leaves: sorted, placeOf };
}

/** The caller's positions in ascending order of their leaves. */
function orderOf(leaves: Uint8Array): Uint32Array {
  const keys = sortedKeys(leaves);
  const order = Uint32Array.from(keys, (key) => Number(key & 0xffff_ffffn));
  const prefixAt = (place: number): bigint | undefined => {
    const key = keys[place];
    return key === undefined ? undefined : key >> INDEX_BITS;
  };
  // leaves that share their first four bytes are few, unless somebody made them: then this sorts them all
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && prefixAt(end) === prefixAt(start)) end++;
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => compareBytes(digestAt(leaves, a), digestAt(leaves, b)) || a - b);
    start = end;
  }
  return order;
}

/** A leaf's first four bytes above its position, sorted: one number a leaf sorts without a comparison function. */
function sortedKeys(leaves: Uint8Array): BigUint64Array {
  const count = countLeaves(leaves);
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  const keys = new BigUint64Array(count);
  for (let position = 0; position < count; position++)
    keys[position] = (BigInt(view.getUint32(position * 32)) << INDEX_BITS) | BigInt(position);
  return keys.sort();
}
