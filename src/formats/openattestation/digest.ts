/** From leaf texts to the digest of a document: the same in versions 2 and 3 of OpenAttestation. */

import { toHexDigits, type Digest } from "../../core/bytes.ts";
import { keccakOfText } from "../../core/keccak.ts";

/**
 * The hash of each leaf.
 *
 * @param texts  JSON texts of one member each, `{"path":value}`.
 * @returns 64 lower-case hexadecimal digits each, in the same order.
 */
export function hashLeaves(texts: readonly string[]): string[] {
  return texts.map((text) => toHexDigits(keccakOfText(text)));
}

/**
 * The digest of a document: keccak-256 of the JSON array of all its leaf hashes, shown and hidden, ascending.
 *
 * @param hashes  64 hexadecimal digits each, in any order, duplicates kept; none is allowed.
 */
export function digestOf(hashes: readonly string[]): Digest {
  return keccakOfText(hashes.length === 0 ? "[]" : `["${hashes.toSorted().join('","')}"]`);
}
