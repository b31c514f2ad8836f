/** From leaf texts to the digest of a document: the same in versions 2 and 3 of OpenAttestation. */

import { fromHex, toHexDigits, toUtf8, type Digest } from "../../core/bytes.ts";
import { keccak256 } from "../../core/keccak.ts";
import { createKeccakBatch, type KeccakBatch } from "../../core/keccak/keccak-batch.ts";
import { sortLeaves } from "../../merkle/sort-leaves.ts";

/** 32 bytes a hash, one after the other. */
export type Hashes = Uint8Array;

const HASH_BYTES = 32;
const DIGITS = toUtf8("0123456789abcdef");
const QUOTE = 0x22;
const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d];
/** Of an item in the JSON array: 64 digits in quotation marks, and what stands before it. */
const ITEM_BYTES = 67;

let shared: KeccakBatch | undefined;

/**
 * The hash of each leaf, all of them digested in one call.
 *
 * @param texts  JSON texts of one member each, `{"path":value}`, without lone surrogates.
 * @returns the hashes, in the same order.
 */
export function hashLeaves(texts: readonly string[]): Hashes {
  shared ??= createKeccakBatch();
  shared.addMessages(texts);
  return shared.flush();
}

/**
 * The digest of a document: keccak-256 of the JSON array of all its leaf hashes, shown and hidden, ascending.
 *
 * @param shown  hashes of the leaves that are there, in any order, duplicates kept; there may be none.
 * @param hidden  of those that are not, 64 hexadecimal digits each.
 */
export function digestOf(shown: Hashes, hidden: readonly string[] = []): Digest {
  const hashes = new Uint8Array(shown.length + hidden.length * HASH_BYTES);
  hashes.set(shown);
  for (const [at, digits] of hidden.entries()) hashes.set(fromHex(digits), shown.length + at * HASH_BYTES);
  return keccak256(hashes.length === 0 ? toUtf8("[]") : toJsonArray(sortLeaves(hashes).leaves));
}

/** The hashes at these positions, in the order given. */
export function chooseHashes(hashes: Hashes, positions: readonly number[]): Hashes {
  const chosen = new Uint8Array(positions.length * HASH_BYTES);
  let to = 0;
  for (const position of positions)
    for (let from = position * HASH_BYTES; from < (position + 1) * HASH_BYTES; from++) chosen[to++] = hashes[from] ?? 0;
  return chosen;
}

/** The hashes as this standard writes them: 64 lower-case hexadecimal digits each. */
export function toTexts(hashes: Hashes): string[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, at) =>
    toHexDigits(hashes.subarray(HASH_BYTES * at, HASH_BYTES * (at + 1))),
  );
}

/** `["…","…"]`, as bytes: texts in between would be made only to be taken apart again. */
function toJsonArray(hashes: Hashes): Uint8Array {
  const text = new Uint8Array((hashes.length / HASH_BYTES) * ITEM_BYTES + 1);
  let to = 0;
  for (let from = 0; from < hashes.length;) {
    text[to++] = from === 0 ? OPEN : COMMA;
    text[to++] = QUOTE;
    for (const end = from + HASH_BYTES; from < end; from++) {
      const byte = hashes[from] ?? 0;
      text[to++] = DIGITS[byte >> 4] ?? 0;
      text[to++] = DIGITS[byte & 0x0f] ?? 0;
    }
    text[to++] = QUOTE;
  }
  text[to] = CLOSE;
  return text;
}
