/** OpenAttestation's tree: keccak-256, leaves ascending, the smaller node of a pair first, so that paths need no sides. */

import type { Digest } from "../core/bytes.ts";
import { keccakPairs } from "../core/keccak.ts";
import { buildAscending } from "./build-ascending.ts";
import { buildInOrder, refuseLongPath, type MerkleTree } from "./tree.ts";

/**
 * The tree over a batch of leaves.
 *
 * @param leaves  n × 32 bytes in the caller's order; not changed. Equal leaves are kept, each with a place of its own.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 * @see OpenAttestation's wrapping of several documents; OpenZeppelin MerkleProof for the pairing
 */
export function buildSortedTree(leaves: Uint8Array): MerkleTree {
  return buildAscending(leaves, (ascending) => buildInOrder(ascending, digestSorted));
}

function digestSorted(nodes: Uint8Array, pairs: number, parents: Uint8Array): void {
  keccakPairs(nodes, pairs, parents, true);
}

/**
 * Every node from `leaf` to the root that `path` leads to, both included.
 *
 * @param leaf  32 bytes, before any pairing.
 * @param path  siblings, the leaf's level first; 0 to 64 digests of 32 bytes; empty for a tree of one leaf.
 * @returns path.length + 1 nodes; the caller compares the last one: this function never says "valid".
 * @throws {TestamurError} `PATH_TOO_LONG` above 64 siblings.
 * @see OpenZeppelin MerkleProof.processProof, the contract's side of the same climb
 */
export function foldSorted(leaf: Digest, path: readonly Digest[]): Digest[] {
  refuseLongPath(path);
  const nodes = [leaf];
  let node = leaf;
  for (const sibling of path) {
    node = pairUp(node, sibling);
    nodes.push(node);
  }
  return nodes;
}

/** Where two nodes are laid side by side. */
const pair = new Uint8Array(64);

function pairUp(a: Digest, b: Digest): Digest {
  if (a.length !== 32 || b.length !== 32) throw new RangeError("nodes have 32 bytes each");
  const parent = new Uint8Array(32);
  pair.set(a);
  pair.set(b, 32);
  keccakPairs(pair, 1, parent, true);
  return parent;
}
