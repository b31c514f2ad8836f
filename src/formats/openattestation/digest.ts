/** From leaf texts to the digest of a document: the same in versions 2 and 3 of OpenAttestation. */

import { toUtf8, type Digest } from "../../core/bytes.ts";
import { keccakOfText } from "../../core/keccak.ts";
import { createKeccakBatch, type KeccakBatch } from "../../core/keccak/keccak-batch.ts";

const HASH_LENGTH = 64;
const DIGITS = toUtf8("0123456789abcdef");
const ascii = new TextDecoder();

let shared: KeccakBatch | undefined;

/**
 * The hash of each leaf, all of them digested in one call.
 *
 * @param texts  JSON texts of one member each, `{"path":value}`, without lone surrogates.
 * @returns 64 lower-case hexadecimal digits each, in the same order.
 */
export function hashLeaves(texts: readonly string[]): string[] {
  shared ??= createKeccakBatch();
  for (const text of texts) {
    shared.addText(text);
    shared.endMessage();
  }
  const digits = digitsOf(shared.flush());
  return texts.map((_, at) => digits.slice(at * HASH_LENGTH, (at + 1) * HASH_LENGTH));
}

/**
 * The digest of a document: keccak-256 of the JSON array of all its leaf hashes, shown and hidden, ascending.
 *
 * @param hashes  64 hexadecimal digits each, in any order, duplicates kept; none is allowed.
 */
export function digestOf(hashes: readonly string[]): Digest {
  return keccakOfText(hashes.length === 0 ? "[]" : `["${hashes.toSorted().join('","')}"]`);
}

/** Hexadecimal digits by way of bytes: one text for all hashes costs less than a hundred small ones. */
function digitsOf(bytes: Uint8Array): string {
  const text = new Uint8Array(2 * bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    text[2 * at] = DIGITS[byte >> 4] ?? 0;
    text[2 * at + 1] = DIGITS[byte & 0x0f] ?? 0;
  }
  return ascii.decode(text);
}
