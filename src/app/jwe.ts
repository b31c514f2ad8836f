/** JSON Web Encryption with a key that both sides have: `dir` and A256GCM, in the flattened JSON form. */

import { findBase64url, toBase64url } from "../core/base64url.ts";
import { concatBytes, fromHex, fromUtf8, toHexDigits, toUtf8 } from "../core/bytes.ts";
import { textOf, type JsonObject } from "../core/json.ts";
import type { RandomSource } from "../core/ports/answer.ts";

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY = /^[0-9a-f]{64}$/i;

/** The one header that is written and read, as base64url text: nothing in it is up to the sender. */
const HEADER: string = toBase64url(toUtf8('{"alg":"dir","enc":"A256GCM","cty":"vc"}'));

/** All members are base64url text. */
export interface Jwe extends JsonObject {
  readonly protected: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

/**
 * Encrypts a text with a fresh key.
 *
 * @returns the key beside it: 64 hexadecimal digits.
 * @see RFC 7516 §7.2.2, RFC 7518 §4.5 and §5.3
 */
export async function encryptJwe(
  text: string,
  random: RandomSource,
): Promise<{ readonly share: Jwe; readonly key: string }> {
  const key = random(KEY_BYTES);
  const iv = random(IV_BYTES);
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(iv), await importKey(key), toUtf8(text)));
  const share = {
    protected: HEADER,
    iv: toBase64url(iv),
    ciphertext: toBase64url(sealed.subarray(0, -TAG_BYTES)),
    tag: toBase64url(sealed.subarray(-TAG_BYTES)),
  };
  return { share, key: toHexDigits(key) };
}

/** True for what looks like such an encryption, by whatever algorithm. */
export function isJwe(share: JsonObject): boolean {
  return textOf(share, "protected") !== undefined && textOf(share, "ciphertext") !== undefined;
}

/**
 * The text, or undefined where key and share do not belong together, or the share is made another way.
 *
 * @param share  untrusted.
 */
export async function decryptJwe(share: JsonObject, key: string): Promise<string | undefined> {
  const [iv, ciphertext, tag] = ["iv", "ciphertext", "tag"].map((name) => findBase64url(textOf(share, name) ?? ""));
  if (textOf(share, "protected") !== HEADER || !KEY.test(key)) return undefined;
  if (iv?.length !== IV_BYTES || ciphertext === undefined || tag?.length !== TAG_BYTES) return undefined;
  try {
    const sealed = concatBytes(ciphertext, tag);
    return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(parameters(iv), await importKey(fromHex(key)), sealed)));
  } catch {
    return undefined;
  }
}

function parameters(iv: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: new Uint8Array(iv), additionalData: toUtf8(HEADER), tagLength: TAG_BYTES * 8 };
}

async function importKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(key), "AES-GCM", false, ["encrypt", "decrypt"]);
}
