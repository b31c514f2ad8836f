/** The position-bound tree of merkle-jcs-2026: RFC 6962's shape over keccak-256, with the size bound into the root. */

import { concatBytes, type Digest } from "../core/bytes.ts";
import { keccak256, keccakMany } from "../core/keccak.ts";
import { buildAscending } from "./build-ascending.ts";
import { buildInOrder, type MerkleTree } from "./tree.ts";

/** Where a leaf hangs: its index from 0, and the number of leaves. */
export interface Position {
  readonly index: number;
  readonly size: number;
}

/** Before two nodes, and before the number of leaves and the top node: neither can pass for the other, nor for a leaf (0). */
const NODE_TAG = 1;
const ROOT_TAG = 2;

const NODE_BYTES = 65;
const PAIRS_AT_ONCE = 4_096;

/**
 * The tree over a batch of leaves, in ascending order: an index then tells nothing of a learner.
 *
 * @param leaves  n × 32 bytes in the caller's order, tagged already; kept, not copied: they must not change. That no two are
 *   equal is the caller's to see to.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function buildPositionalTree(leaves: Uint8Array): MerkleTree {
  return withSize(buildAscending(leaves, digestTagged));
}

/**
 * The tree over leaves as they stand: what verifiers accept, and what vectors are made of.
 *
 * @param leaves  n × 32 bytes in the order of their indices; kept, not copied.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 * @see RFC 6962 §2.1; splitting at the largest power of two is the same as moving an unpaired last node up
 */
export function buildPositionalTreeInOrder(leaves: Uint8Array): MerkleTree {
  return withSize(buildInOrder(leaves, digestTagged));
}

function withSize(tree: MerkleTree): MerkleTree {
  return { ...tree, root: toAnchoredRoot(tree.root, tree.size) };
}

/**
 * Every node from `leaf` to the anchored root, both included, or undefined when the path does not fit the position.
 *
 * @param leaf  32 bytes, tagged already.
 * @param path  siblings, the leaf's level first.
 * @returns path.length + 2 nodes, the last of them the anchored root; the caller compares it: this function never says "valid".
 * @see RFC 9162 §2.1.3.2
 */
export function foldPositional(leaf: Digest, path: readonly Digest[], position: Position): Digest[] | undefined {
  const { index, size } = position;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return undefined;
  const nodes = [leaf];
  let node = leaf;
  let place = index;
  let last = size - 1;
  for (const sibling of path) {
    if (last === 0) return undefined;
    // levels on which the node stands alone and just moves up
    while (place % 2 === 0 && place === last) [place, last] = [place / 2, last / 2];
    node = place % 2 === 1 ? parentOf(sibling, node) : parentOf(node, sibling);
    nodes.push(node);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? [...nodes, toAnchoredRoot(node, size)] : undefined;
}

function digestTagged(nodes: Uint8Array, pairs: number, parents: Uint8Array): void {
  for (let first = 0; first < pairs; first += PAIRS_AT_ONCE) {
    const count = Math.min(PAIRS_AT_ONCE, pairs - first);
    const messages = new Uint8Array(NODE_BYTES * count).fill(NODE_TAG);
    for (let at = 0; at < count; at++)
      messages.set(nodes.subarray(64 * (first + at), 64 * (first + at + 1)), NODE_BYTES * at + 1);
    const ends = Uint32Array.from({ length: count }, (_, at) => NODE_BYTES * (at + 1));
    keccakMany(messages, ends, parents.subarray(32 * first));
  }
}

function parentOf(left: Digest, right: Digest): Digest {
  return keccak256(concatBytes(Uint8Array.of(NODE_TAG), left, right));
}

/** The path alone does not fix the number of leaves, so the number is digested with the top node, as eight bytes. */
function toAnchoredRoot(top: Digest, size: number): Digest {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(size));
  return keccak256(concatBytes(Uint8Array.of(ROOT_TAG), number, top));
}
