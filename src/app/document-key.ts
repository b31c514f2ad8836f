/** The key that signs documents, at rest: PKCS #8 encrypted with a password, and in the open which key it is. Pure functions on text. */

import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  type KeyObject,
} from "node:crypto";

import { findBase64url } from "../core/base64url.ts";
import { toUtf8 } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../core/json.ts";
import { findJwk } from "../core/jwk.ts";
import { findMultikey, toMultikey } from "../core/multikey.ts";
import type { PublicKey } from "../core/public-key.ts";
import type { DocumentCurve } from "./document-curves.ts";

/** A key in its file. */
export interface DocumentKeyFile {
  /** JSON, to be kept as it is. */
  readonly text: string;
  readonly publicKey: PublicKey;
}

/** A key that was unlocked; `privateKey` does not show its bytes by accident. */
export interface DocumentKey {
  readonly privateKey: KeyObject;
  readonly publicKey: PublicKey;
}

const TYPE = "testamur-document-key";
const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_SIZE = 8;

/** scrypt with N = 2^17, r = 8, p = 1, as for the keystores of accounts: 128 MB and about a second. */
const STANDARD_COST = 2 ** 17;
/** Above this, unlocking is an attack on our memory, not a defence of the key. */
const HIGHEST_COST = 2 ** 20;
/** scrypt takes 128 · N · r bytes and a little. */
const MEMORY_MARGIN = 2 ** 20;

/**
 * A new key from the system's secure generator.
 *
 * @param cost  scrypt's N, a power of two; lower than the standard only in tests.
 * @throws {TestamurError} `USAGE` for an empty password.
 */
export async function createDocumentKey(
  curve: DocumentCurve,
  password: string,
  cost: number = STANDARD_COST,
): Promise<DocumentKeyFile> {
  if (password === "") {
    throw new TestamurError("USAGE", "the password is empty: anybody who finds the file would have the key", {
      next: "choose a password, or give a file that holds one (--password-file)",
    });
  }
  const { privateKey } = generate(curve);
  const publicKey = publicKeyOf(privateKey);
  const secret = privateKey.export({ format: "der", type: "pkcs8" });
  return { text: `${JSON.stringify(await encrypt(secret, publicKey, password, cost), null, 2)}\n`, publicKey };
}

/**
 * @throws {TestamurError} `PASSWORD_WRONG`, also for a file that was altered: encryption cannot tell the two apart;
 *   `KEYSTORE_INVALID` when the text is no such file.
 */
export async function decryptDocumentKey(text: string, password: string): Promise<DocumentKey> {
  const { multikey, publicKey, sealed } = parseFile(text);
  const derived = await derive(password, sealed.salt, sealed.cost);
  const privateKey = createPrivateKey({ key: open(derived, multikey, sealed), format: "der", type: "pkcs8" });
  if (toMultikey(publicKeyOf(privateKey)) !== multikey) throw invalid("it does not hold the key it says");
  return { privateKey, publicKey };
}

/**
 * Which key a file holds, without unlocking it.
 *
 * @throws {TestamurError} `KEYSTORE_INVALID` when the text is no such file.
 */
export function readPublicKey(text: string): PublicKey {
  return parseFile(text).publicKey;
}

/** True for the text of such a file, whether or not it can be used. */
export function isDocumentKey(text: string): boolean {
  const file = parseJson(text);
  return isObject(file) && textOf(file, "type") === TYPE;
}

function generate(curve: DocumentCurve): { readonly privateKey: KeyObject } {
  return curve === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function publicKeyOf(privateKey: KeyObject): PublicKey {
  const key = findJwk(createPublicKey(privateKey).export({ format: "jwk" }) as JsonObject); // JSON by its definition
  if (key === undefined) throw invalid("its key is on no curve that documents are signed on");
  return key;
}

interface SealedSecret {
  readonly cost: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  /** The ciphertext, then the tag. */
  readonly ciphertext: Uint8Array;
}

/** The public key is authenticated with the secret one, so that a file cannot be given another name. */
async function encrypt(secret: Buffer, publicKey: PublicKey, password: string, cost: number): Promise<JsonObject> {
  const multikey = toMultikey(publicKey);
  const salt = randomBytes(KEY_BYTES);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, await derive(password, salt, cost), iv);
  cipher.setAAD(toUtf8(multikey));
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  const kdfparams = { n: cost, r: BLOCK_SIZE, p: 1, salt: salt.toString("base64url") };
  return {
    type: TYPE,
    version: 1,
    publicKeyMultibase: multikey,
    crypto: {
      kdf: "scrypt",
      kdfparams,
      cipher: CIPHER,
      iv: iv.toString("base64url"),
      ciphertext: ciphertext.toString("base64url"),
    },
  };
}

function open(key: Uint8Array, multikey: string, { iv, ciphertext }: SealedSecret): Buffer {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(toUtf8(multikey));
  decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new TestamurError("PASSWORD_WRONG", "the password does not open the document key", {
      next: "try again; without the password the key is lost: make a new one and list it in the DID document",
    });
  }
}

async function derive(password: string, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: MEMORY_MARGIN + 128 * cost * BLOCK_SIZE };
  return new Promise((done, fail) =>
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
      error === null ? done(key) : fail(error),
    ),
  );
}

function parseFile(text: string): {
  readonly multikey: string;
  readonly publicKey: PublicKey;
  readonly sealed: SealedSecret;
} {
  const file = parseJson(text);
  if (!isObject(file) || textOf(file, "type") !== TYPE) throw invalid("it is no file of a document key");
  if (memberOf(file, "version") !== 1) throw invalid("it is of another version");
  const multikey = textOf(file, "publicKeyMultibase") ?? "";
  const publicKey = findMultikey(multikey);
  if (publicKey === undefined) throw invalid("it does not say which key it holds");
  return { multikey, publicKey, sealed: parseCrypto(objectOf(file, "crypto") ?? {}) };
}

function parseCrypto(crypto: JsonObject): SealedSecret {
  const parameters = objectOf(crypto, "kdfparams") ?? {};
  const cost = memberOf(parameters, "n");
  const [salt, iv, ciphertext] = [textOf(parameters, "salt"), textOf(crypto, "iv"), textOf(crypto, "ciphertext")].map(
    (member) => findBase64url(member ?? ""),
  );
  const isKnown =
    textOf(crypto, "kdf") === "scrypt" &&
    textOf(crypto, "cipher") === CIPHER &&
    memberOf(parameters, "r") === BLOCK_SIZE &&
    memberOf(parameters, "p") === 1;
  if (!isKnown || typeof cost !== "number") throw invalid("it is encrypted in a way we do not know");
  if (!Number.isInteger(Math.log2(cost)) || cost < 2 || cost > HIGHEST_COST)
    throw invalid(`unlocking it would take ${cost} rounds of scrypt`);
  if (salt?.length !== KEY_BYTES || iv?.length !== IV_BYTES || (ciphertext?.length ?? 0) <= TAG_BYTES)
    throw invalid("a part of it is missing");
  return { cost, salt, iv, ciphertext: ciphertext ?? new Uint8Array() };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function invalid(why: string): TestamurError {
  return new TestamurError("KEYSTORE_INVALID", `the document key cannot be used: ${why}`, {
    next: "use the file that testamur key create --signing has written",
  });
}
