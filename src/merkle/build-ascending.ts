/** Builds a tree over leaves in ascending order, so that a leaf's index tells nothing of the order in which they came. */

import { sortLeaves } from "./sort-leaves.ts";
import type { MerkleTree } from "./tree.ts";

/**
 * The tree that `build` makes of the leaves once they are sorted; positions stay the caller's.
 *
 * @param leaves  n × 32 bytes in the caller's order; not changed. Equal leaves are kept, each with a place of its own.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function buildAscending(leaves: Uint8Array, build: (ascending: Uint8Array) => MerkleTree): MerkleTree {
  const { leaves: ascending, placeOf } = sortLeaves(leaves);
  const tree = build(ascending);
  const indexOf = (position: number): number => placeOf[position] ?? -1;
  return { root: tree.root, size: tree.size, pathOf: (position) => tree.pathOf(indexOf(position)), indexOf };
}
