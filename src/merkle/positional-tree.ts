/** The position-bound tree of merkle-jcs-2026: RFC 6962's shape over keccak-256, with the size bound into the root. */

import { concatBytes, type Digest } from "../core/bytes.ts";
import { keccak256 } from "../core/keccak.ts";

/** Where a leaf hangs: its index from 0, and the number of leaves. */
export interface Position {
  readonly index: number;
  readonly size: number;
}

/**
 * Every node from `leaf` to the anchored root, both included, or undefined when the path does not fit the position.
 *
 * @see RFC 9162 §2.1.3.2
 */
export function foldPositional(
  leaf: Digest,
  path: readonly Digest[],
  { index, size }: Position,
): readonly Digest[] | undefined {
  let fn = index;
  let sn = size - 1;
  let node = leaf;
  const nodes = [leaf];
  for (const sibling of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      node = keccak256(concatBytes(Uint8Array.of(1), sibling, node));
      while (fn % 2 === 0 && fn > 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      node = keccak256(concatBytes(Uint8Array.of(1), node, sibling));
    }
    nodes.push(node);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) return undefined;
  const width = new Uint8Array(8);
  new DataView(width.buffer).setBigUint64(0, BigInt(size));
  return [...nodes, keccak256(concatBytes(Uint8Array.of(2), width, node))];
}
