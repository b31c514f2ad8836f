/** SHA-256, the hash of W3C and Blockcerts documents, and SHA-384, which signatures by P-384 keys want. The door of `@noble/hashes`. */

import { sha256 as nobleSha256, sha384 as nobleSha384 } from "@noble/hashes/sha2.js";

import { toUtf8, type Digest } from "./bytes.ts";

/** The SHA-256 digest, 32 bytes, of any number of bytes. */
export function sha256(bytes: Uint8Array): Digest {
  return nobleSha256(bytes);
}

/** The SHA-256 digest of a text's UTF-8 bytes. */
export function sha256OfText(text: string): Digest {
  return nobleSha256(toUtf8(text));
}

/** The SHA-384 digest, 48 bytes, of any number of bytes. */
export function sha384(bytes: Uint8Array): Uint8Array {
  return nobleSha384(bytes);
}
