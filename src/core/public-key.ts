/** Public keys that sign W3C documents, and the one question put to them: did this key sign this message? */

import { verifyEcdsa } from "./ecdsa.ts";
import { verifyEd25519 } from "./ed25519.ts";

/** The curves whose signatures are checked; each has exactly one algorithm, so none is ever chosen by a document. */
export type Curve = "Ed25519" | "P-256" | "P-384";

/** A key that was found on its curve: 32 bytes for Ed25519; compressed, 33 or 49 bytes, for P-256 and P-384. */
export interface PublicKey {
  readonly curve: Curve;
  readonly bytes: Uint8Array;
}

/**
 * Whether the key's owner signed the message. Never rejects.
 *
 * @param signature  64 bytes (Ed25519, P-256) or 96 (P-384).
 */
export async function verifySignature(key: PublicKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return key.curve === "Ed25519"
    ? verifyEd25519(key.bytes, message, signature)
    : verifyEcdsa(key.curve, key.bytes, message, signature);
}
