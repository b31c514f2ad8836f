/** Whether a key made the signature that a W3C document claims: the last step of every Data Integrity suite. */

import { fromHex } from "./bytes.ts";
import type { SignatureClaim } from "./claims.ts";
import { verifySignature, type PublicKey } from "./public-key.ts";

export type DataIntegrityClaim = Extract<SignatureClaim, { kind: "data-integrity" }>;

/**
 * True when the key signed the claim's message. Never rejects.
 *
 * @param key  found in the issuer's own document, under the claim's purpose: never taken from the signed document. A key
 *   on another curve than the suite's signed nothing, whatever its bytes are.
 */
export async function isSignedBy(claim: DataIntegrityClaim, key: PublicKey): Promise<boolean> {
  return key.curve === claim.curve && verifySignature(key, fromHex(claim.message), fromHex(claim.signature));
}
