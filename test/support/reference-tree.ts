/** The tree of merkle-jcs-2026 written a second time, by its definition (RFC 6962 §2.1), slowly and without loops over levels. */

import { concatBytes, type Digest } from "../../src/core/bytes.ts";
import { keccak256 } from "../../src/core/keccak.ts";

/** The largest power of two below n. */
function splitOf(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}

/** The root over the leaves, without their number. */
export function treeHash(leaves: readonly Digest[]): Digest {
  const [only] = leaves;
  if (only === undefined) throw new Error("a tree has a leaf");
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return keccak256(concatBytes(Uint8Array.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split))));
}

/** What is anchored: number and root. */
export function referenceRoot(leaves: readonly Digest[]): Digest {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(leaves.length));
  return keccak256(concatBytes(Uint8Array.of(2), size, treeHash(leaves)));
}

/** Siblings of leaf `index`, its own level first. */
export function referencePath(leaves: readonly Digest[], index: number): Digest[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...referencePath(left, index), treeHash(right)]
    : [...referencePath(right, index - split), treeHash(left)];
}
