/** Private keys at rest: the encrypted JSON keystore (Web3 Secret Storage, version 3). Pure functions on text; files are others' business. */

import { decryptKeystoreJson, encryptKeystoreJson, hexlify, isError, randomBytes } from "ethers";

import { isAddress, isHex, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../core/json.ts";
import { openAccount } from "./account.ts";
import { toLower } from "./rpc-questions.ts";

export interface Keystore {
  /** JSON, to be kept as it is. */
  readonly text: string;
  readonly address: Hex;
}

/** scrypt with N = 2^17, r = 8, p = 1: what go-ethereum calls "standard", 128 MB and about a second. */
const STANDARD_COST = 2 ** 17;
/** Above this, unlocking is an attack on our memory, not a defence of the key. */
const HIGHEST_COST = 2 ** 20;

/**
 * A new key from the system's secure generator.
 *
 * @param cost  scrypt's N; lower than the standard only in tests.
 * @throws {TestamurError} `USAGE` for an empty password.
 */
export async function createKeystore(password: string, cost: number = STANDARD_COST): Promise<Keystore> {
  return importKeystore(toHexText(hexlify(randomBytes(32))), password, cost);
}

/** @throws {TestamurError} `KEYSTORE_INVALID` when it is no private key, `USAGE` for an empty password. */
export async function importKeystore(
  privateKey: Hex,
  password: string,
  cost: number = STANDARD_COST,
): Promise<Keystore> {
  const { address } = openAccount(privateKey);
  if (password === "") {
    throw new TestamurError("USAGE", "the password is empty: anybody who finds the file would have the key", {
      next: "choose a password, or give a file that holds one (--password-file)",
    });
  }
  const text = await encryptKeystoreJson({ address, privateKey }, password, { scrypt: { N: cost } });
  return { text, address };
}

/**
 * @returns the private key, for `openAccount` and nothing else.
 * @throws {TestamurError} `KEYSTORE_INVALID`, `PASSWORD_WRONG`.
 */
export async function decryptKeystore(text: string, password: string): Promise<Hex> {
  const stated = keystoreAddress(text);
  const privateKey = await decrypt(text, password);
  const { address } = openAccount(privateKey);
  if (stated === undefined || stated === address) return privateKey;
  throw invalid(`it says that it holds ${stated}, but it holds ${address}`);
}

/**
 * The address a keystore states, without unlocking it; some leave it out.
 *
 * @throws {TestamurError} `KEYSTORE_INVALID` when the text is no keystore.
 */
export function keystoreAddress(text: string): Hex | undefined {
  const keystore = parseKeystore(text);
  const stated = textOf(keystore, "address");
  if (stated === undefined) return undefined;
  const address = stated.startsWith("0x") ? stated : `0x${stated}`;
  if (!isAddress(address)) throw invalid("its address is none");
  return toLower(address);
}

async function decrypt(text: string, password: string): Promise<Hex> {
  try {
    return toHexText((await decryptKeystoreJson(text, password)).privateKey);
  } catch (error) {
    if (isError(error, "INVALID_ARGUMENT") && error.argument === "password") {
      throw new TestamurError("PASSWORD_WRONG", "the password does not open this keystore", {
        next: "try again; without the password the key is lost, and an admin of the store can grant its role to another",
      });
    }
    throw invalid("it cannot be decrypted by any method we know");
  }
}

function parseKeystore(text: string): JsonObject {
  const keystore = parseJson(text);
  const crypto = isObject(keystore) ? (objectOf(keystore, "crypto") ?? objectOf(keystore, "Crypto")) : undefined;
  if (!isObject(keystore) || crypto === undefined) throw invalid("it is no JSON with an encrypted key in it");
  if (memberOf(keystore, "version") !== 3) throw invalid("it is not of version 3");
  const parameters = objectOf(crypto, "kdfparams");
  const cost = parameters && memberOf(parameters, "n");
  if (typeof cost === "number" && cost > HIGHEST_COST)
    throw invalid(`unlocking it would take ${cost} rounds of scrypt`);
  return keystore;
}

function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function invalid(why: string): TestamurError {
  return new TestamurError("KEYSTORE_INVALID", `the keystore cannot be used: ${why}`, {
    next: "use the JSON file that testamur key create, or another wallet, has written",
  });
}

function toHexText(text: string): Hex {
  if (!isHex(text)) throw invalid("the key in it is none");
  return text;
}
