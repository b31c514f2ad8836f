/** Ed25519 signatures by the strict rules of RFC 8032, so that every platform gives the same answer. A door of `@noble/curves`. */

import { ed25519 } from "@noble/curves/ed25519.js";

/** True for 32 bytes that are the canonical encoding of a point of the curve. */
export function isEd25519PublicKey(publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && ed25519.utils.isValidPublicKey(publicKey, false);
}

/**
 * Whether the key's owner signed the message. Never throws: a key or signature of wrong length signs nothing.
 *
 * @param publicKey  32 bytes.
 * @param signature  64 bytes; R and S in their one canonical encoding (not the wider rules of ZIP-215).
 * @see RFC 8032 §5.1.7
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // bytes that encode no point
  }
}

/**
 * The signature, 64 bytes: always the same for the same key and message.
 *
 * @param secretKey  the 32-byte seed of RFC 8032 §5.1.5.
 */
export function signEd25519(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, secretKey);
}

/** The public key, 32 bytes, of a 32-byte seed. */
export function toEd25519PublicKey(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey);
}
