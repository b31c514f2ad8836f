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

/** Digests each of the `pairs` pairs of neighbours in `nodes` into the next 32 bytes of `parents`. */
export type DigestPairs = (nodes: Uint8Array, pairs: number, parents: Uint8Array) => void;

/** Levels above the leaves, one after the other, the root last; each is one flat array of 32-byte digests. */
type Levels = readonly Uint8Array[];

const DIGEST_BYTES = 32;
/** Leaves that are brought into order together, to be paired. */
const ORDERED_AT_ONCE = 8_192;

/** More siblings than any tree has: 2^64 leaves. */
export const MAX_PATH = 64;

/**
 * The tree over leaves as they stand, or in the order that is given.
 *
 * @param leaves  n × 32 bytes; kept, not copied: they must not change.
 * @param order  which leaf is the first, the second, …; kept as well. `position` then is a place in this order.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 */
export function buildInOrder(leaves: Uint8Array, digestPairs: DigestPairs, order?: Uint32Array): MerkleTree {
  const size = countLeaves(leaves);
  const leafAt = (index: number): Digest => {
    const start = DIGEST_BYTES * (order === undefined ? index : (order[index] ?? 0));
    return leaves.slice(start, start + DIGEST_BYTES);
  };
  const levels = size === 1 ? [] : buildLevels(firstParents(leaves, digestPairs, order), digestPairs);
  return {
    root: levels.at(-1)?.slice() ?? leafAt(0),
    size,
    pathOf: (position) => siblingsOf(leafAt, size, levels, position),
    indexOf: (position) => position,
  };
}

/** The level above the leaves. Those in another order are laid side by side a few at a time. */
function firstParents(leaves: Uint8Array, digestPairs: DigestPairs, order: Uint32Array | undefined): Uint8Array {
  if (order === undefined) return parentsOf(leaves, digestPairs);
  const parents = new Uint8Array(Math.ceil(order.length / 2) * DIGEST_BYTES);
  const some = new Uint8Array(ORDERED_AT_ONCE * DIGEST_BYTES);
  for (let first = 0; first < order.length; first += ORDERED_AT_ONCE) {
    const positions = order.subarray(first, first + ORDERED_AT_ONCE);
    for (let at = 0; at < positions.length; at++) some.set(digestAt(leaves, positions[at] ?? 0), at * DIGEST_BYTES);
    const nodes = some.subarray(0, positions.length * DIGEST_BYTES);
    parents.set(parentsOf(nodes, digestPairs), (first / 2) * DIGEST_BYTES);
  }
  return parents;
}

function buildLevels(first: Uint8Array, digestPairs: DigestPairs): Levels {
  const levels = [first];
  for (let nodes = first; nodes.length > DIGEST_BYTES;) levels.push((nodes = parentsOf(nodes, digestPairs)));
  return levels;
}

/** The level above; an unpaired last node moves up unchanged. */
function parentsOf(nodes: Uint8Array, digestPairs: DigestPairs): Uint8Array {
  const width = nodes.length / DIGEST_BYTES;
  const pairs = width >> 1;
  const parents = new Uint8Array(((width + 1) >> 1) * DIGEST_BYTES);
  digestPairs(nodes, pairs, parents);
  if (width % 2 === 1) parents.set(digestAt(nodes, width - 1), pairs * DIGEST_BYTES);
  return parents;
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
function siblingsOf(leafAt: (index: number) => Digest, size: number, levels: Levels, index: number): Digest[] {
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  const path: Digest[] = [];
  if ((index ^ 1) < size) path.push(leafAt(index ^ 1));
  let at = index >> 1;
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
