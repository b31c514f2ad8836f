/** Keccak-256 as Ethereum uses it (not SHA3-256): the hash of leaves, nodes and roots. The door of `@noble/hashes`. */

import { keccak_256 } from "@noble/hashes/sha3.js";

import { compareBytes, toUtf8, type Digest } from "./bytes.ts";

/** The Keccak-256 digest, 32 bytes, of any number of bytes. */
export function keccak256(bytes: Uint8Array): Digest {
  return keccak_256(bytes);
}

/** The Keccak-256 digest of a text's UTF-8 bytes. */
export function keccakOfText(text: string): Digest {
  return keccak_256(toUtf8(text));
}

/**
 * The parents of one level of a tree.
 *
 * @param nodes  at least `pairs` × 64 bytes: the children, two digests a pair.
 * @param out  receives `pairs` × 32 bytes; not the memory of `nodes`.
 * @param sorted  whether the smaller child of a pair is hashed first; else the order is kept.
 */
export function keccakPairs(nodes: Uint8Array, pairs: number, out: Uint8Array, sorted: boolean): void {
  const pair = new Uint8Array(64);
  for (let at = 0; at < pairs; at++) {
    const left = nodes.subarray(at * 64, at * 64 + 32);
    const right = nodes.subarray(at * 64 + 32, at * 64 + 64);
    const swap = sorted && compareBytes(left, right) > 0;
    pair.set(swap ? right : left);
    pair.set(swap ? left : right, 32);
    out.set(keccak_256(pair), at * 32);
  }
}
