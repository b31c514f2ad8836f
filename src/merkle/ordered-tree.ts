/** Blockcerts' tree: SHA-256, leaves in the issuer's order, left and right as they stand, so that paths need sides. */

import { concatBytes, type Digest } from "../core/bytes.ts";
import { sha256 } from "../core/sha256.ts";
import { buildInOrder, digestAt, refuseLongPath, type MerkleTree } from "./tree.ts";

/** A sibling and the side on which it stands. */
export interface Step {
  readonly side: "left" | "right";
  readonly digest: Digest;
}

/**
 * The tree over a batch of leaves, as they stand. Nothing tells a leaf from a node: what a leaf is the digest of must not
 * have 64 bytes, which no document has.
 *
 * @param leaves  n × 32 bytes in the issuer's order, kept, not copied.
 * @throws {TestamurError} `TREE_EMPTY` without leaves.
 * @see cert-issuer, merkle_tree_generator.py
 */
export function buildOrderedTree(leaves: Uint8Array): MerkleTree {
  return buildInOrder(leaves, digestPairs);
}

function digestPairs(nodes: Uint8Array, pairs: number, parents: Uint8Array): void {
  for (let pair = 0; pair < pairs; pair++)
    parents.set(sha256(concatBytes(digestAt(nodes, 2 * pair), digestAt(nodes, 2 * pair + 1))), pair * 32);
}

/**
 * Every node from `leaf` to the root that `path` leads to, both included.
 *
 * @param leaf  32 bytes, before any pairing.
 * @param path  siblings with their sides, the leaf's level first; 0 to 64; empty for a tree of one leaf.
 * @returns path.length + 1 nodes; the caller compares the last one: this function never says "valid".
 * @throws {TestamurError} `PATH_TOO_LONG` above 64 siblings.
 */
export function foldOrdered(leaf: Digest, path: readonly Step[]): Digest[] {
  refuseLongPath(path);
  const nodes = [leaf];
  let node = leaf;
  for (const { side, digest } of path) {
    node = sha256(side === "left" ? concatBytes(digest, node) : concatBytes(node, digest));
    nodes.push(node);
  }
  return nodes;
}

/**
 * The siblings of a leaf with their sides, which follow from its place.
 *
 * @param path  siblings as `pathOf` gives them: levels on which the leaf has none are left out.
 * @throws {RangeError} when the path has not as many siblings as a leaf at that place has.
 */
export function toSteps(path: readonly Digest[], index: number, size: number): Step[] {
  const steps: Step[] = [];
  for (let at = index, width = size; width > 1; at >>= 1, width = (width + 1) >> 1) {
    const digest = path[steps.length];
    if ((at ^ 1) >= width) continue;
    if (digest === undefined) throw new RangeError(`leaf ${index} of ${size} has more than ${path.length} siblings`);
    steps.push({ side: at % 2 === 1 ? "left" : "right", digest });
  }
  if (steps.length !== path.length) throw new RangeError(`leaf ${index} of ${size} has not ${path.length} siblings`);
  return steps;
}
