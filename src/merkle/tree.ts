/** What every tree here offers, and the level-by-level climb they share: an unpaired last node moves up unchanged. */

import type { Digest } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";

/** A tree over the leaves of a batch; `position` is a leaf's place in the order in which the caller gave them, from 0. */
export interface MerkleTree {
  readonly root: Digest;
  readonly size: number;
  /** Siblings, the leaf's level first; none in a tree of one leaf. */
  pathOf(position: number): Digest[];
  /** The leaf's place inside the tree, where a tree has an order of its own. */
  indexOf(position: number): number;
}

/** Nodes of one level after the other, leaves first, root last; each level is one flat array of 32-byte digests. */
type Levels = readonly Uint8Array[];

/** Digests each of the `pairs` pairs of neighbours in `nodes` into the next 32 bytes of `parents`. */
export type DigestPairs = (nodes: Uint8Array, pairs: number, parents: Uint8Array) => void;

const DIGEST_BYTES = 32;

/** More siblings than any tree has: 2^64 leaves. */
export const MAX_PATH = 64;

/**
 * The tree over leaves as they stand.
 *
 * @param leaves  n × 32 bytes; kept, not copied: they must not change.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function buildInOrder(leaves: Uint8Array, digestPairs: DigestPairs): MerkleTree {
  const levels = buildLevels(leaves, digestPairs);
  return {
    root: (levels.at(-1) ?? leaves).slice(),
    size: countLeaves(leaves),
    pathOf: (position) => siblingsOf(levels, position),
    indexOf: (position) => position,
  };
}

function buildLevels(leaves: Uint8Array, digestPairs: DigestPairs): Levels {
  const levels = [leaves];
  let nodes = leaves;
  for (let width = countLeaves(leaves); width > 1; width = (width + 1) >> 1) {
    const pairs = width >> 1;
    const parents = new Uint8Array(((width + 1) >> 1) * DIGEST_BYTES);
    digestPairs(nodes, pairs, parents);
    if (width % 2 === 1) parents.set(digestAt(nodes, width - 1), pairs * DIGEST_BYTES);
    levels.push(parents);
    nodes = parents;
  }
  return levels;
}

/**
 * How many digests of 32 bytes there are.
 *
 * @throws {TestamurError} `TREE_EMPTY` for none, `INTERNAL` for a part of one.
 */
export function countLeaves(leaves: Uint8Array): number {
  if (leaves.length === 0) throw new TestamurError("TREE_EMPTY", "a tree needs at least one leaf");
  if (leaves.length % DIGEST_BYTES !== 0)
    throw new TestamurError("INTERNAL", `leaves are digests of 32 bytes each; got ${leaves.length} bytes`);
  return leaves.length / DIGEST_BYTES;
}

/**
 * The siblings on the way from the leaf at `index` to the root. Levels where it has none are left out.
 *
 * @throws {RangeError} when the tree has no such leaf.
 */
function siblingsOf(levels: Levels, index: number): Digest[] {
  const size = (levels[0]?.length ?? 0) / DIGEST_BYTES;
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  const path: Digest[] = [];
  let at = index;
  for (const level of levels) {
    const sibling = at ^ 1;
    const end = (sibling + 1) * DIGEST_BYTES;
    if (end <= level.length) path.push(level.slice(end - DIGEST_BYTES, end));
    at >>= 1;
  }
  return path;
}

/**
 * Stops a climb that no tree asks for.
 *
 * @throws {TestamurError} `PATH_TOO_LONG` above 64 siblings.
 */
export function refuseLongPath(path: readonly unknown[]): void {
  if (path.length > MAX_PATH)
    throw new TestamurError("PATH_TOO_LONG", `a path has at most ${MAX_PATH} siblings; got ${path.length}`);
}

/** The digest at a place of a level, as a view. */
export function digestAt(level: Uint8Array, index: number): Digest {
  return level.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
}
