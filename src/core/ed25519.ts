/** Ed25519 signatures by the strict rules of RFC 8032, so that every platform gives the same answer. A door of `@noble/curves`. */

import { ed25519 } from "@noble/curves/ed25519.js";

import { toHex, type Hex } from "./bytes.ts";

/** True for 32 bytes that are the canonical encoding of a point of the curve. */
export function isEd25519PublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  const text = toHex(publicKey);
  if (text === latestKey) return true;
  if (!ed25519.utils.isValidPublicKey(publicKey, false)) return false;
  latestKey = text;
  return true;
}

/** The key found valid most recently: a batch names the same one in every document, and looking takes a quarter of a millisecond. */
let latestKey: Hex | undefined;

/**
 * Whether the key's owner signed the message. Never rejects: a key or signature of wrong length signs nothing.
 *
 * The platform is asked first, since it is ten times as quick. Only its yes counts, which it gives by the narrower of the
 * two equations that RFC 8032 allows; whatever it does not accept, or cannot tell, is judged here.
 *
 * @param publicKey  32 bytes.
 * @param signature  64 bytes; R and S in their one canonical encoding (not the wider rules of ZIP-215).
 * @see RFC 8032 §5.1.7; Web Cryptography Level 2, Ed25519
 */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return (await isAcceptedByPlatform(publicKey, message, signature)) || isSignedStrictly(publicKey, message, signature);
}

/** The strict rules alone: what the quick way must agree with. */
export function isSignedStrictly(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
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

/** A batch has one key; a document must not be able to fill the memory. */
const MAX_KEYS = 64;
const platformKeys = new Map<Hex, Promise<CryptoKey | undefined>>();

async function isAcceptedByPlatform(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const id = toHex(key);
  const imported = platformKeys.get(id) ?? importKey(key);
  platformKeys.set(id, imported);
  const [oldest] = platformKeys.keys();
  if (platformKeys.size > MAX_KEYS && oldest !== undefined) platformKeys.delete(oldest);
  const platformKey = await imported;
  if (platformKey === undefined) return false;
  try {
    return await crypto.subtle.verify("Ed25519", platformKey, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return false; // it cannot tell
  }
}

/** Undefined where the platform knows no Ed25519, and for keys that the strict rules refuse: no canonical text, or of small order. */
async function importKey(key: Uint8Array): Promise<CryptoKey | undefined> {
  try {
    if (ed25519.Point.fromBytes(key, false).isSmallOrder()) return undefined;
    return await crypto.subtle.importKey("raw", Uint8Array.from(key), "Ed25519", false, ["verify"]);
  } catch {
    return undefined;
  }
}
