/** Multikey: a public key as one word, `z6Mk…` for Ed25519, `zDna…` for P-256, `z82L…` for P-384. */

import { findMultibase58, toMultibase58 } from "./base58.ts";
import { concatBytes } from "./bytes.ts";
import { isEcdsaPublicKey } from "./ecdsa.ts";
import { isEd25519PublicKey } from "./ed25519.ts";
import type { Curve, PublicKey } from "./public-key.ts";

/** The two bytes before the key (the multicodec table, as Controlled Identifiers 1.0 §2.2.2 lists them). */
const HEADERS: Readonly<Record<Curve, readonly [number, number]>> = {
  Ed25519: [0xed, 0x01],
  "P-256": [0x80, 0x24],
  "P-384": [0x81, 0x24],
};

const CURVES: readonly Curve[] = ["Ed25519", "P-256", "P-384"];

/** The key as `publicKeyMultibase` text. */
export function toMultikey(key: PublicKey): string {
  return toMultibase58(concatBytes(Uint8Array.from(HEADERS[key.curve]), key.bytes));
}

/**
 * The key that the text stands for, or undefined: other base, other header (secret keys among them), wrong length, or a
 * point that is not on the curve.
 */
export function findMultikey(text: string): PublicKey | undefined {
  const bytes = findMultibase58(text);
  return bytes === undefined ? undefined : findMultikeyIn(bytes);
}

/** The key that the bytes behind such a text stand for, or undefined. */
export function findMultikeyIn(bytes: Uint8Array): PublicKey | undefined {
  const curve = CURVES.find((name) => HEADERS[name][0] === bytes[0] && HEADERS[name][1] === bytes[1]);
  if (curve === undefined) return undefined;
  const key = bytes.slice(2);
  return isOnCurve(curve, key) ? { curve, bytes: key } : undefined;
}

function isOnCurve(curve: Curve, bytes: Uint8Array): boolean {
  return curve === "Ed25519" ? isEd25519PublicKey(bytes) : isEcdsaPublicKey(curve, bytes);
}
