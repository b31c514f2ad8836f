/** The signer of documents: the issuer's key from its encrypted file, under the name that the issuer's DID document gives it. */

import { sign, type KeyObject } from "node:crypto";

import { TestamurError } from "../core/errors.ts";
import { keyMethodOf } from "../core/issuer-methods.ts";
import { toMultikey } from "../core/multikey.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";
import type { PublicKey } from "../core/public-key.ts";
import type { Settings } from "./config.ts";
import { decryptDocumentKey, readPublicKey } from "./document-key.ts";
import { readSecret, readText, type AskPassword } from "./signing-key.ts";

/**
 * Unlocks the key that is set as `signingKey`.
 *
 * @throws {TestamurError} `KEY_MISSING` when none is set; `PASSWORD_WRONG`, `KEYSTORE_INVALID`, `FILE_UNREADABLE`.
 */
export async function openDocumentSigner(settings: Settings, askPassword: AskPassword): Promise<DocumentSigner> {
  const text = readKeyFile(settings);
  const passwordFile = settings.signingPasswordFile ?? settings.passwordFile;
  const { privateKey, publicKey } = await decryptDocumentKey(
    text,
    await readSecret(passwordFile, async () => askPassword("signing key")),
  );
  return { ...nameKey(settings, publicKey), sign: (bytes) => signWith(privateKey, publicKey, bytes) };
}

/** Who signs, and by which key, as far as that is known without a password. */
export type SigningIdentity = Pick<DocumentSigner, "issuer" | "verificationMethod" | "publicKey">;

/** @throws {TestamurError} `KEY_MISSING`, `KEYSTORE_INVALID`, `FILE_UNREADABLE`. */
export function readSigningIdentity(settings: Settings): SigningIdentity {
  return nameKey(settings, readPublicKey(readKeyFile(settings)));
}

function readKeyFile({ signingKey }: Settings): string {
  if (signingKey !== undefined) return readText(signingKey, "the signing key");
  throw new TestamurError("KEY_MISSING", "no key to sign documents with is set", {
    next: 'testamur key create --signing --out signing.json, then "signingKey": "signing.json" in testamur.json',
  });
}

/** Without a DID of its own, an issuer is the key itself: enough to sign, too little to vouch for a store. */
function nameKey({ issuer }: Settings, publicKey: PublicKey): SigningIdentity {
  return identityOf(issuer?.did ?? didOf(publicKey), publicKey);
}

/** The same signer under the name of its key: for readers that can look up no other. */
export function inNameOfKey(signer: DocumentSigner): DocumentSigner {
  return { ...signer, ...identityOf(didOf(signer.publicKey), signer.publicKey) };
}

function didOf(publicKey: PublicKey): string {
  return `did:key:${toMultikey(publicKey)}`;
}

function identityOf(did: string, publicKey: PublicKey): SigningIdentity {
  return { issuer: did, verificationMethod: keyMethodOf(did, publicKey), publicKey };
}

/** Ed25519 hashes for itself; ECDSA signatures are r then s, not DER. */
function signWith(privateKey: KeyObject, { curve }: PublicKey, bytes: Uint8Array): Uint8Array {
  return curve === "Ed25519"
    ? sign(null, bytes, privateKey)
    : sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
}
