/**
 * Documents encrypted for one reader, each in the form of its own world: OpenAttestation's for its documents, JSON Web
 * Encryption for all others. File and key travel apart.
 */

import { randomBytes } from "node:crypto";

import { fromUtf8, toUtf8 } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { textOf, type JsonObject } from "../core/json.ts";
import { documentIn } from "../formats/document-in.ts";
import { decryptShare, encryptShare } from "../formats/openattestation-v2/encrypted-share.ts";
import { decryptJwe, encryptJwe, isJwe } from "./jwe.ts";
import { openOwnDocument, readObject } from "./own-document.ts";

export interface EncryptedDocument {
  /** The share: JSON text. */
  readonly text: string;
  /** 64 hexadecimal digits. */
  readonly key: string;
}

/** @throws {TestamurError} `USAGE` for a file that is no document. */
export async function encryptDocument(bytes: Uint8Array): Promise<EncryptedDocument> {
  const { format } = await openOwnDocument(bytes);
  const text = fromUtf8(documentIn(bytes));
  const random = (count: number): Uint8Array => randomBytes(count);
  const { share, key } = format.id.startsWith("openattestation")
    ? await encryptShare(text, random)
    : await encryptJwe(text, random);
  return { text: `${JSON.stringify(share)}\n`, key };
}

/**
 * The document in a share; nothing of it is verified.
 *
 * @param key  64 hexadecimal digits.
 * @throws {TestamurError} `USAGE` for a file that is no share, or a key that is not its key.
 */
export async function openShare(bytes: Uint8Array, key: string): Promise<Uint8Array> {
  const share = readObject(bytes);
  const opened = isJwe(share) ? await decryptJwe(share, key) : await openOpenAttestation(share, key);
  if (opened !== undefined) return toUtf8(opened);
  throw new TestamurError("USAGE", "the share does not open: the key is not its key, or it was changed on its way", {
    next: "ask whoever sent it for the key once more: 64 digits and letters a to f",
  });
}

/** True for a file that is an encrypted share, whatever it is encrypted with. */
export function isShare(bytes: Uint8Array): boolean {
  try {
    const share = readObject(bytes);
    return isJwe(share) || textOf(share, "type") === "OPEN-ATTESTATION-TYPE-1";
  } catch {
    return false;
  }
}

async function openOpenAttestation(share: JsonObject, key: string): Promise<string | undefined> {
  const opened = await decryptShare(share, key);
  if (opened.kind === "opened") return opened.document;
  if (opened.code === "SHARE_NOT_AUTHENTIC") return undefined;
  throw new TestamurError("USAGE", opened.message);
}
