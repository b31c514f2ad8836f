/** Keccak-256 as Ethereum uses it (not SHA3-256): the hash of leaves, nodes and roots. The door of `@noble/hashes`. */

import { keccak_256 } from "@noble/hashes/sha3.js";

import { toUtf8, type Digest } from "./bytes.ts";

/** The Keccak-256 digest, 32 bytes, of any number of bytes. */
export function keccak256(bytes: Uint8Array): Digest {
  return keccak_256(bytes);
}

/** The Keccak-256 digest of a text's UTF-8 bytes. */
export function keccakOfText(text: string): Digest {
  return keccak_256(toUtf8(text));
}
