/** A document encrypted for sharing, `OPEN-ATTESTATION-TYPE-1`: AES-256-GCM with a key that travels apart from it. */

import { concatBytes, fromHex, fromUtf8, toHexDigits, toUtf8 } from "../../core/bytes.ts";
import { fromBase64, toBase64 } from "../../core/base64.ts";
import type { RandomSource } from "../../core/ports/answer.ts";
import { isObject, textOf, type Json } from "../../core/json.ts";

const TYPE = "OPEN-ATTESTATION-TYPE-1";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY = /^[0-9a-f]{64}$/i;

/** What travels; every member but the type is base64 text. */
export interface EncryptedShare {
  readonly cipherText: string;
  readonly iv: string;
  readonly tag: string;
  readonly type: typeof TYPE;
}

/** The document, or why it could not be read. */
export type OpenedShare =
  | { readonly kind: "opened"; readonly document: string }
  | {
      readonly kind: "refused";
      readonly code: "SHARE_TYPE_UNKNOWN" | "SHARE_MALFORMED" | "SHARE_NOT_AUTHENTIC";
      readonly message: string;
    };

/**
 * Encrypts a document with a fresh key and initialisation vector, where the document is: never on a server.
 *
 * @param document  the document's JSON text.
 * @returns the share, and the key: 64 hexadecimal digits that must travel another way.
 */
export async function encryptShare(
  document: string,
  random: RandomSource,
): Promise<{ readonly share: EncryptedShare; readonly key: string }> {
  const key = random(KEY_BYTES);
  const iv = random(IV_BYTES);
  const plain = toUtf8(toBase64(toUtf8(document))); // the standard encrypts base64 text, and writes base64 once more
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(iv), await importKey(key), plain));
  const share = {
    cipherText: toBase64(sealed.subarray(0, -TAG_BYTES)),
    iv: toBase64(iv),
    tag: toBase64(sealed.subarray(-TAG_BYTES)),
    type: TYPE,
  } as const;
  return { share, key: toHexDigits(key) };
}

/**
 * Decrypts a share. What comes out is a document as any other: nothing about it is verified yet.
 *
 * @param share  untrusted: type, lengths and tag are checked before anything is used.
 * @param key  64 hexadecimal digits.
 */
export async function decryptShare(share: Json, key: string): Promise<OpenedShare> {
  if (!isObject(share)) return refused("SHARE_MALFORMED", "An encrypted share is a JSON object.");
  if (textOf(share, "type") !== TYPE)
    return refused(
      "SHARE_TYPE_UNKNOWN",
      `This kind of encrypted share is not known: ${textOf(share, "type") ?? "none"}.`,
    );
  const [cipherText, iv, tag] = ["cipherText", "iv", "tag"].map((name) => findBytes(textOf(share, name)));
  if (cipherText === undefined || iv === undefined || tag === undefined || !KEY.test(key))
    return refused("SHARE_MALFORMED", "The share or its key is not written as it should be.");
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return notAuthentic();
  const plain = await findPlain(concatBytes(cipherText, tag), iv, fromHex(key));
  return plain === undefined ? notAuthentic() : readPlain(plain);
}

/** What was encrypted, or undefined when key, content and tag do not belong together. */
async function findPlain(
  sealed: Uint8Array<ArrayBuffer>,
  iv: Uint8Array,
  key: Uint8Array,
): Promise<Uint8Array | undefined> {
  const imported = await importKey(key);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv), imported, sealed));
  } catch {
    return undefined;
  }
}

function readPlain(plain: Uint8Array): OpenedShare {
  try {
    return { kind: "opened", document: fromUtf8(fromBase64(fromUtf8(plain))) };
  } catch {
    return refused("SHARE_MALFORMED", "What was encrypted is not the base64 of a text.");
  }
}

function parameters(iv: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: new Uint8Array(iv), tagLength: TAG_BYTES * 8 };
}

async function importKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(key), "AES-GCM", false, ["encrypt", "decrypt"]);
}

function findBytes(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  try {
    return text === undefined ? undefined : fromBase64(text);
  } catch {
    return undefined;
  }
}

function notAuthentic(): OpenedShare {
  return refused("SHARE_NOT_AUTHENTIC", "The share was changed on its way, or the key is not its key.");
}

function refused(code: Extract<OpenedShare, { kind: "refused" }>["code"], message: string): OpenedShare {
  return { kind: "refused", code, message };
}
