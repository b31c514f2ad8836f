/** Who signed? The Ethereum address behind a signature by a secp256k1 key. The door of `@noble/curves` for that curve. */

import { secp256k1 } from "@noble/curves/secp256k1.js";

import { concatBytes, fromHex, isHex, toHex, toUtf8, type Hex } from "./bytes.ts";
import { keccak256 } from "./keccak.ts";

const SIGNATURE_BYTES = 65;

/**
 * The account that signed `message` as an Ethereum personal message (EIP-191, version 0x45).
 *
 * @param message  the raw bytes that were signed; their number is part of what is signed.
 * @param signature  65 bytes: r, s and a last byte of 27 or 28 (or 0 or 1); the document chose it.
 * @returns the address, lower case; undefined when this is no signature of anybody: another length, another last byte,
 * r or s out of range, or s in the upper half of the curve's order. Every signature has a twin with the other s; Ethereum
 * takes the lower one only (EIP-2), and so do we: one signature, one spelling.
 * @see https://eips.ethereum.org/EIPS/eip-191
 */
export function recoverAddress(message: Uint8Array, signature: Hex): Hex | undefined {
  return recoverSigner(personalDigest(message), signature);
}

/** The same for a digest of 32 bytes that was signed as it is, such as a transaction's. */
export function recoverSigner(digest: Uint8Array, signature: Hex): Hex | undefined {
  const parts = isHex(signature) ? findParts(fromHex(signature)) : undefined;
  if (parts === undefined) return undefined;
  try {
    const recoverable = secp256k1.Signature.fromBytes(parts, "recovered");
    if (recoverable.hasHighS()) return undefined;
    return toAddress(recoverable.recoverPublicKey(digest).toBytes(false));
  } catch {
    return undefined; // r or s out of range, or an r that is no point of the curve
  }
}

/**
 * The account of a public key.
 *
 * @param publicKey  33 bytes (compressed) or 65; others wrote it.
 * @returns the address, lower case; undefined when the bytes are no point of the curve.
 */
export function findAddress(publicKey: Uint8Array): Hex | undefined {
  try {
    return toAddress(secp256k1.Point.fromBytes(publicKey).toBytes(false));
  } catch {
    return undefined;
  }
}

/** The recovery bit first, then r and s: the order the curve's library wants. */
function findParts(signature: Uint8Array): Uint8Array | undefined {
  const last = signature[SIGNATURE_BYTES - 1] ?? 0;
  const recovery = last >= 27 ? last - 27 : last;
  if (signature.length !== SIGNATURE_BYTES || recovery > 1) return undefined;
  return concatBytes(Uint8Array.of(recovery), signature.subarray(0, SIGNATURE_BYTES - 1));
}

function personalDigest(message: Uint8Array): Uint8Array {
  return keccak256(concatBytes(toUtf8(`\x19Ethereum Signed Message:\n${message.length}`), message));
}

/** @param point  65 bytes, the first of them 4. */
function toAddress(point: Uint8Array): Hex {
  return toHex(keccak256(point.subarray(1)).subarray(12));
}
