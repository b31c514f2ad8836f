/** OpenAttestation's tree: keccak-256, leaves ascending, the smaller node of a pair first, so that paths need no sides. */

import type { Digest } from "../core/bytes.ts";
import { keccakPair, keccakPairs } from "../core/keccak.ts";
import { buildAscending } from "./build-ascending.ts";
import { refuseLongPath, type MerkleTree } from "./tree.ts";

/**
 * The tree over a batch of leaves.
 *
 * @param leaves  n × 32 bytes in the caller's order; kept, not copied: they must not change. Equal leaves have places of their own.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 * @see OpenAttestation's wrapping of several documents; OpenZeppelin MerkleProof for the pairing
 */
export function buildSortedTree(leaves: Uint8Array): MerkleTree {
  return buildAscending(leaves, digestSorted);
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
    node = keccakPair(node, sibling, true);
    nodes.push(node);
  }
  return nodes;
}
