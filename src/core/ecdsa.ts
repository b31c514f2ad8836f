/** ECDSA over the NIST curves P-256 (with SHA-256) and P-384 (with SHA-384). A door of `@noble/curves`. */

import { p256, p384 } from "@noble/curves/nist.js";

export type EcdsaCurve = "P-256" | "P-384";

const CURVES = { "P-256": p256, "P-384": p384 } as const;

/** Bytes of a compressed public key. */
const KEY_BYTES: Readonly<Record<EcdsaCurve, number>> = { "P-256": 33, "P-384": 49 };

/** Bytes of a signature, r then s. */
const ECDSA_SIGNATURE_BYTES: Readonly<Record<EcdsaCurve, number>> = { "P-256": 64, "P-384": 96 };

/** True for the compressed encoding of a point of the curve: 33 or 49 bytes. */
export function isEcdsaPublicKey(curve: EcdsaCurve, publicKey: Uint8Array): boolean {
  return publicKey.length === KEY_BYTES[curve] && CURVES[curve].utils.isValidPublicKey(publicKey, true);
}

/** The compressed encoding of the point (x, y), or undefined when it is not on the curve. */
export function findEcdsaPublicKey(curve: EcdsaCurve, x: Uint8Array, y: Uint8Array): Uint8Array | undefined {
  const size = KEY_BYTES[curve] - 1;
  if (x.length !== size || y.length !== size) return undefined;
  const uncompressed = new Uint8Array([4, ...x, ...y]);
  try {
    return CURVES[curve].Point.fromBytes(uncompressed).toBytes(true);
  } catch {
    return undefined;
  }
}

/**
 * Whether the key's owner signed the message. Never throws: a key or signature of wrong length signs nothing.
 *
 * @param publicKey  compressed: 33 or 49 bytes.
 * @param message  the bytes before hashing; the curve's own hash is taken of them.
 * @param signature  r then s, 64 or 96 bytes; a high s is accepted, since hardware and browsers make them.
 * @see FIPS 186-5 §6.4.2
 */
export function verifyEcdsa(
  curve: EcdsaCurve,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== KEY_BYTES[curve] || signature.length !== ECDSA_SIGNATURE_BYTES[curve]) return false;
  try {
    return CURVES[curve].verify(signature, message, publicKey, { lowS: false });
  } catch {
    return false; // bytes that encode no point, or an r or s out of range
  }
}

/**
 * The signature, r then s: always the same for the same key and message (RFC 6979), with a low s.
 *
 * @param secretKey  32 or 48 bytes.
 */
export function signEcdsa(curve: EcdsaCurve, secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return CURVES[curve].sign(message, secretKey);
}

/** The compressed public key of a secret key. */
export function toEcdsaPublicKey(curve: EcdsaCurve, secretKey: Uint8Array): Uint8Array {
  return CURVES[curve].getPublicKey(secretKey, true);
}
