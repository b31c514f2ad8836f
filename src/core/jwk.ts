/** JSON Web Keys as DID documents list them: read, never written, and only public ones. */

import { findBase64url } from "./base64url.ts";
import { findEcdsaPublicKey } from "./ecdsa.ts";
import { isEd25519PublicKey } from "./ed25519.ts";
import { textOf, type JsonObject } from "./json.ts";
import type { PublicKey } from "./public-key.ts";

/**
 * The key of a `publicKeyJwk`, or undefined: another type or curve, coordinates off the curve, or a secret member `d`.
 *
 * @see RFC 7518 §6.2 (EC), RFC 8037 §2 (OKP)
 */
export function findJwk(jwk: JsonObject): PublicKey | undefined {
  if (Object.hasOwn(jwk, "d")) return undefined;
  const curve = textOf(jwk, "crv");
  const x = findBase64url(textOf(jwk, "x") ?? "");
  const y = findBase64url(textOf(jwk, "y") ?? "");
  if (x === undefined || y === undefined) return undefined;
  const type = textOf(jwk, "kty");
  if (type === "OKP" && curve === "Ed25519") return isEd25519PublicKey(x) ? { curve, bytes: x } : undefined;
  if (type !== "EC" || (curve !== "P-256" && curve !== "P-384")) return undefined;
  const bytes = findEcdsaPublicKey(curve, x, y);
  return bytes === undefined ? undefined : { curve, bytes };
}
