/** Builds a tree over leaves in ascending order, so that a leaf's index tells nothing of the order in which they came. */

import { orderLeaves } from "./sort-leaves.ts";
import { buildInOrder, type DigestPairs, type MerkleTree } from "./tree.ts";

/**
 * The tree over the leaves once they are sorted; positions stay the caller's. The sorted leaves are not kept: each is found
 * where the caller has it.
 *
 * @param leaves  n × 32 bytes in the caller's order; kept, not copied: they must not change. Equal leaves have places of their own.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function buildAscending(leaves: Uint8Array, digestPairs: DigestPairs): MerkleTree {
  const order = orderLeaves(leaves);
  const placeOf = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place] ?? 0] = place;
  const tree = buildInOrder(leaves, digestPairs, order);
  const indexOf = (position: number): number => placeOf[position] ?? -1;
  return { root: tree.root, size: tree.size, pathOf: (position) => tree.pathOf(indexOf(position)), indexOf };
}
