/** Trees written as their definitions read, slow and recursive, to compare the contracts' folds with. */
import { concat, keccak256, toBeHex, toUtf8Bytes } from "ethers";

export interface Tree {
  readonly root: string;
  /** The node over all leaves: the root itself where the root is not tagged. */
  readonly top: string;
  /** Siblings of the leaf at `index`, the leaf's first. */
  readonly pathOf: (index: number) => readonly string[];
  /** Every node below the top with the path from it upwards, leaves included. */
  readonly inner: readonly { readonly node: string; readonly path: readonly string[] }[];
}

/** A leaf of the native format: H(00 || canonical JSON). */
export function nativeLeaf(canonicalJson: string): string {
  return keccak256(concat(["0x00", toUtf8Bytes(canonicalJson)]));
}

type Pair = (left: string, right: string) => string;

interface Level {
  readonly top: string;
  readonly paths: readonly (readonly string[])[];
  readonly inner: readonly { readonly node: string; readonly path: readonly string[] }[];
}

/** RFC 6962, 2.1 and 2.1.1: split at the largest power of two below the size. */
function levelOf(leaves: readonly string[], pair: Pair): Level {
  const [only] = leaves;
  if (only === undefined) throw new Error("a tree has leaves");
  if (leaves.length === 1) return { top: only, paths: [[]], inner: [] };
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const left = levelOf(leaves.slice(0, split), pair);
  const right = levelOf(leaves.slice(split), pair);
  const under = (half: Level, sibling: string): Level["inner"] =>
    [{ node: half.top, path: [] }, ...half.inner].map(({ node, path }) => ({ node, path: [...path, sibling] }));
  return {
    top: pair(left.top, right.top),
    paths: [...left.paths.map((path) => [...path, right.top]), ...right.paths.map((path) => [...path, left.top])],
    inner: [...under(left, right.top), ...under(right, left.top)],
  };
}

function treeOf(level: Level, root: string): Tree {
  return {
    root,
    top: level.top,
    inner: level.inner,
    pathOf: (index) => {
      const path = level.paths[index];
      if (path === undefined) throw new Error(`no leaf ${index}`);
      return path;
    },
  };
}

/** The native tree: nodes tagged 01, the root tagged 02 with the size. */
export function positionedTree(leaves: readonly string[]): Tree {
  const level = levelOf(leaves, (left, right) => keccak256(concat(["0x01", left, right])));
  return treeOf(level, keccak256(concat(["0x02", toBeHex(leaves.length, 8), level.top])));
}

/** Sorted pairs, shaped the same way: the path does not tell left from right. */
export function sortedTree(leaves: readonly string[]): Tree {
  const level = levelOf(leaves, (a, b) => keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a])));
  return treeOf(level, level.top);
}
