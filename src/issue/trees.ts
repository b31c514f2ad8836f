/** From a batch's stored leaves to its tree: one line per kind of tree that formats ask for. */

import { compareBytes, fromHex, toHex, type Digest, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { SealedNotes } from "../core/ports/batches.ts";
import type { IssuingFormat, TreePlace } from "../formats/format.ts";
import { buildOrderedTree } from "../merkle/ordered-tree.ts";
import { buildPositionalTree } from "../merkle/positional-tree.ts";
import { orderLeaves } from "../merkle/sort-leaves.ts";
import { buildSortedTree } from "../merkle/sorted-tree.ts";
import type { MerkleTree } from "../merkle/tree.ts";

export type TreeKind = IssuingFormat["tree"];

const BUILDERS: Readonly<Record<TreeKind, (leaves: Uint8Array) => MerkleTree>> = {
  "keccak-sorted": buildSortedTree,
  "keccak-positional": buildPositionalTree,
  "sha256-ordered": buildOrderedTree,
};

/** A batch's leaves in the order in which they were sealed, and the tree over them. */
export interface BatchTree {
  readonly leaves: Uint8Array;
  readonly tree: MerkleTree;
  readonly root: Hex;
}

/** The leaves of sealed credentials, in the order in which these are stored: 32 bytes each. */
export interface StoredLeaves {
  readonly leaves: Uint8Array;
  /** How many are stored; of those that are more than was expected, no leaf is kept. */
  readonly count: number;
}

/** @param expected  how many should be there. */
export async function readLeaves(
  entries: AsyncIterable<Pick<SealedNotes, "leaf">>,
  expected: number,
): Promise<StoredLeaves> {
  const leaves = new Uint8Array(32 * expected);
  let count = 0;
  for await (const { leaf } of entries) {
    if (count < expected) leaves.set(fromHex(leaf), 32 * count);
    count++;
  }
  return { leaves, count };
}

/**
 * The tree over sealed credentials, from what is stored of them: 32 bytes a leaf stay in memory, and the nodes above.
 *
 * @param count  how many were sealed.
 * @throws {TestamurError} `BATCH_CORRUPT` when there are more or fewer, or two leaves are equal; `TREE_EMPTY` for none.
 */
export function treeOver(kind: TreeKind, { leaves, count: found }: StoredLeaves, count: number): BatchTree {
  if (found !== count)
    throw new TestamurError("BATCH_CORRUPT", `${count} credentials were sealed, but ${found} are stored`, {
      next: "restore the home directory from a backup",
    });
  const tree = buildTree(kind, leaves);
  refuseEqualLeaves(leaves);
  return { leaves, tree, root: toHex(tree.root) };
}

/** @throws {TestamurError} `TREE_EMPTY`. */
export function buildTree(kind: TreeKind, leaves: Uint8Array): MerkleTree {
  return BUILDERS[kind](leaves);
}

/** The place of the leaf that was sealed at `position`, from 0. */
export function placeOf({ leaves, tree }: BatchTree, position: number): TreePlace {
  return {
    leaf: leafAt(leaves, position),
    path: tree.pathOf(position),
    root: tree.root,
    index: tree.indexOf(position),
    size: tree.size,
  };
}

/** The leaf at a position, as a view. */
export function leafAt(leaves: Uint8Array, position: number): Digest {
  return leaves.subarray(32 * position, 32 * position + 32);
}

/** Salts are random: two credentials with one leaf mean that the generator is broken, or the memory. */
function refuseEqualLeaves(leaves: Uint8Array): void {
  const ascending = orderLeaves(leaves);
  for (let at = 1; at < ascending.length; at++)
    if (compareBytes(leafAt(leaves, ascending[at - 1] ?? 0), leafAt(leaves, ascending[at] ?? 0)) === 0)
      throw new TestamurError("BATCH_CORRUPT", "two credentials of the batch have the same digest", {
        next: "do not issue: the random generator of this machine is broken",
      });
}
