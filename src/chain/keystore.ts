/** Encrypted keys: Web3 Secret Storage, as every wallet reads and writes it. Pure functions on text; files are somebody else's. */

import { Wallet, decryptKeystoreJson, encryptKeystoreJson, isKeystoreJson } from "ethers";

import { isAddress, isHex, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { toLower } from "./rpc-questions.ts";

export interface Keystore {
  /** JSON text to keep in a file. */
  readonly text: string;
  /** Lower case. */
  readonly address: Hex;
}

export interface KeystoreOptions {
  /** Cost of guessing a password; 2^17 unless told otherwise, about a second. Lower in tests only. */
  readonly scryptN?: number;
}

const SCRYPT_N = 131_072;

/** A new random key, encrypted. The key itself is never handed out. */
export async function createKeystore(password: string, options: KeystoreOptions = {}): Promise<Keystore> {
  const { address, privateKey } = Wallet.createRandom();
  return encrypt(address, privateKey, password, options);
}

/**
 * A key that exists already, encrypted.
 *
 * @param privateKey  0x and 64 hexadecimal digits; never repeated in a message.
 * @throws {TestamurError} `KEYSTORE_INVALID` when it is no private key.
 */
export async function importKey(
  privateKey: string,
  password: string,
  options: KeystoreOptions = {},
): Promise<Keystore> {
  return encrypt(addressOfKey(privateKey), privateKey, password, options);
}

/**
 * The private key.
 *
 * @throws {TestamurError} `KEYSTORE_INVALID` for a text that is no keystore; `PASSWORD_WRONG`.
 */
export async function decryptKeystore(text: string, password: string): Promise<Hex> {
  if (!isKeystoreJson(text)) throw notAKeystore();
  const { privateKey } = await decryptKeystoreJson(text, password).catch((cause: unknown) => explain(cause));
  if (!isHex(privateKey)) throw notAKeystore();
  return privateKey;
}

/**
 * Whose keystore it is, as it says itself: no password is needed, and nothing is proven.
 *
 * @throws {TestamurError} `KEYSTORE_INVALID`.
 */
export function addressOfKeystore(text: string): Hex {
  if (!isKeystoreJson(text)) throw notAKeystore();
  const { address } = JSON.parse(text) as { readonly address?: unknown };
  const prefixed = typeof address === "string" && !address.startsWith("0x") ? `0x${address}` : address;
  if (!isAddress(prefixed)) throw notAKeystore();
  return toLower(prefixed);
}

async function encrypt(
  address: string,
  privateKey: string,
  password: string,
  options: KeystoreOptions,
): Promise<Keystore> {
  const text = await encryptKeystoreJson({ address, privateKey }, password, {
    scrypt: { N: options.scryptN ?? SCRYPT_N },
  });
  return { text: `${text}\n`, address: addressOfKeystore(text) };
}

function addressOfKey(privateKey: string): string {
  try {
    return new Wallet(privateKey).address;
  } catch {
    throw new TestamurError("KEYSTORE_INVALID", "this is not a private key", {
      next: "a private key is 0x and 64 hexadecimal digits",
    });
  }
}

/** The library tells a wrong password by its message only. */
function explain(cause: unknown): never {
  if (cause instanceof Error && /incorrect password/i.test(cause.message)) {
    throw new TestamurError("PASSWORD_WRONG", "the password does not open the keystore", {
      next: "try again; without the password the key is lost",
    });
  }
  throw notAKeystore();
}

function notAKeystore(): TestamurError {
  return new TestamurError("KEYSTORE_INVALID", "this is not an encrypted keystore", {
    next: "make one with testamur key create, or key import",
  });
}
